using System.Collections.Immutable;

namespace FteAgent.Knowledge;

/// <summary>Makes the vectors of one version searchable. Where there are several ways, the first that can do it is taken.</summary>
public interface IVectorSearch
{
    /// <summary>
    /// Opens a version's vectors of one embedder, or gives null where this way cannot: the version has none, or what it needs is missing.
    /// </summary>
    Task<IVersionVectors?> Open(KnowledgeVersion version, string embedder, CancellationToken cancellationToken);
}

/// <summary>The vectors of one version, and of no other, for as long as anyone searches it.</summary>
public interface IVersionVectors
{
    /// <summary>How they are searched, in a few words for the log.</summary>
    string Way { get; }

    /// <summary>Finds the chunks nearest to each question, in the order of the questions.</summary>
    /// <param name="questions">Vectors of unit length.</param>
    /// <param name="limit">How many chunks at most for each.</param>
    /// <param name="categories">Only chunks of documents whose category is one of these, letter by letter; null for all.</param>
    /// <param name="cancellationToken">Ends the search early.</param>
    Task<ImmutableArray<NearestChunks>> Nearest(
        IReadOnlyList<float[]> questions, int limit, IReadOnlyCollection<string>? categories, CancellationToken cancellationToken);
}

/// <summary>What is nearest to one question.</summary>
/// <param name="Hits">Best first.</param>
/// <param name="Average">The mean cosine of all chunks that were searched, found or not: what "near" has to be measured against.</param>
public sealed record NearestChunks(ImmutableArray<NearChunk> Hits, float Average)
{
    /// <summary>Nothing is near.</summary>
    public static NearestChunks None { get; } = new([], 0);
}

/// <summary>One chunk that is near.</summary>
/// <param name="Chunk">Its place in <see cref="KnowledgeVersion.Chunks"/>.</param>
/// <param name="Cosine">1 for the same direction.</param>
public readonly record struct NearChunk(int Chunk, float Cosine);
