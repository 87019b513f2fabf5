using System.Collections.Immutable;
using FteAgent.Learning;

namespace FteAgent.Intents;

/// <summary>
/// The classifier of intents that all silos share. It is kept as a whole, with the articles that it learned from, and forgotten as a whole when one of them
/// is erased with its customer.
/// </summary>
public interface IIntents
{
    /// <summary>What is kept now, without its bytes; <see cref="KeptIntents.None"/> where nothing ever was.</summary>
    Task<KeptIntents> Current(CancellationToken cancellationToken);

    /// <summary>The bytes that are kept under this number; null where they are not there any more.</summary>
    Task<byte[]?> Load(long number, CancellationToken cancellationToken);

    /// <summary>
    /// Keeps a classifier in place of the one before. False, and nothing is kept, where something came between, or where an article that it learned
    /// from has been erased since.
    /// </summary>
    Task<bool> Keep(TrainedIntents trained, CancellationToken cancellationToken);
}

/// <summary>A classifier as it is kept.</summary>
/// <param name="Number">Rises whenever another one is kept, and when one is forgotten; 0 before the first.</param>
/// <param name="Format">How its bytes are to be read; 0 where there are none, since somebody was erased from whom it had learned.</param>
/// <param name="Fingerprint">Of the examples that it was trained on.</param>
/// <param name="Labels">How many intents it knows.</param>
/// <param name="Examples">By how many examples.</param>
/// <param name="Age">How long ago it was kept, by the record's clock.</param>
public sealed record KeptIntents(long Number, int Format, string Fingerprint, int Labels, int Examples, TimeSpan Age)
{
    /// <summary>Nothing.</summary>
    public static KeptIntents None { get; } = new(0, 0, "", 0, 0, TimeSpan.Zero);
}

/// <summary>A classifier to be kept.</summary>
/// <param name="After">The number in whose place it comes.</param>
/// <param name="Format">How its bytes are to be read, above 0.</param>
/// <param name="Fingerprint">Of the examples that it was trained on.</param>
/// <param name="Labels">How many intents it knows.</param>
/// <param name="Examples">By how many examples.</param>
/// <param name="Bytes">The classifier: labels and hashes of words, and no text.</param>
/// <param name="Articles">The articles whose questions, or whose customers' words, are among the examples.</param>
public sealed record TrainedIntents(
    long After, int Format, string Fingerprint, int Labels, int Examples, ReadOnlyMemory<byte> Bytes, ImmutableArray<ArticleId> Articles);
