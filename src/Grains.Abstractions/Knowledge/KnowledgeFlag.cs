namespace FteAgent.Knowledge;

/// <summary>What is doubtful about a page.</summary>
public enum FlagKind
{
    /// <summary>A sentence speaks to the assistant rather than to readers. It is neither shown to a model nor quoted.</summary>
    Instructions,

    /// <summary>Two pages of the same subject say otherwise in nearly the same words. The newer one is quoted; where neither is newer, a person is asked.</summary>
    Contradicts,

    /// <summary>A page has not been changed for long, and a newer one is about the same.</summary>
    Stale,

    /// <summary>Two pages whose titles name different subjects say otherwise in nearly the same words: both may be right, and both are quoted.</summary>
    Differs,
}

/// <summary>One doubtful place.</summary>
/// <param name="Kind">What is doubtful.</param>
/// <param name="DocumentId">The page that somebody should look at: the older of two.</param>
/// <param name="ChunkId">The chunk, where it is about a sentence.</param>
/// <param name="Sentence">The sentence exactly as it stands in the chunk.</param>
/// <param name="OtherDocumentId">The page that it is held against: the newer one.</param>
/// <param name="OtherChunkId">The chunk of that page.</param>
/// <param name="OtherSentence">The sentence there.</param>
/// <param name="IsOpen">Whether neither of two that contradict each other is newer.</param>
public sealed record KnowledgeFlag(
    FlagKind Kind, string DocumentId, string? ChunkId = null, string? Sentence = null, string? OtherDocumentId = null, string? OtherChunkId = null,
    string? OtherSentence = null, bool IsOpen = false);
