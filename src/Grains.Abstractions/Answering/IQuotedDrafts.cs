using System.Collections.Immutable;

namespace FteAgent.Answering;

/// <summary>Makes a draft of an answer that comes from outside with quotes, and holds each quote against the chunk that it names.</summary>
public interface IQuotedDrafts
{
    /// <summary>How many quotes one answer may rest on.</summary>
    const int MostQuotes = 24;

    /// <summary>Makes the draft.</summary>
    /// <param name="text">The whole answer.</param>
    /// <param name="quotes">What it rests on, at most <see cref="MostQuotes"/>; without any it may state nothing.</param>
    QuotedDraft Make(string text, ImmutableArray<QuotedWords> quotes);
}

/// <summary>Words of a document, as whoever quotes them says.</summary>
/// <param name="ChunkId">The chunk that holds them, of the version that is searched now.</param>
/// <param name="Quote">The words, 3 to 40.</param>
public sealed record QuotedWords(string ChunkId, string Quote);

/// <summary>What became of an answer with quotes.</summary>
/// <param name="Draft">The draft; null where a quote does not stand where it is said to.</param>
/// <param name="Fault">What is wrong, in a sentence for whoever wrote it; null where nothing is.</param>
public sealed record QuotedDraft(Draft? Draft, string? Fault);
