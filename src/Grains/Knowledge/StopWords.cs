using System.Collections.Frozen;

namespace FteAgent.Knowledge;

/// <summary>Words too common to tell one document from another. Apostrophes are gone by the time they are looked up.</summary>
internal static class StopWords
{
    private static readonly FrozenSet<string> Words = FrozenSet.ToFrozenSet(
    [
        "a", "an", "and", "are", "as", "at", "be", "been", "but", "by", "can", "could", "did", "do", "does", "for", "from", "had",
        "has", "have", "how", "i", "if", "in", "into", "is", "it", "its", "me", "my", "of", "on", "or", "our", "so", "than", "that",
        "the", "their", "them", "then", "there", "they", "this", "to", "too", "was", "we", "were", "what", "when", "where", "which",
        "who", "why", "will", "with", "would", "you", "your", "am", "im", "ive", "s", "t",
    ]);

    private static readonly FrozenSet<string>.AlternateLookup<ReadOnlySpan<char>> Lookup = Words.GetAlternateLookup<ReadOnlySpan<char>>();

    public static bool Holds(ReadOnlySpan<char> word) => Lookup.Contains(word);
}
