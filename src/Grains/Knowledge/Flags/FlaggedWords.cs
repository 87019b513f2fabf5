using System.Collections.Immutable;

namespace FteAgent.Knowledge.Flags;

/// <summary>
/// What flags mean for whoever searches or reads: sentences that speak to the assistant, and those that a newer page contradicts, are not shown; those of
/// which nobody can say whether they hold are told.
/// </summary>
internal sealed class FlaggedWords
{
    private readonly ILookup<string, string> hidden;
    private readonly ILookup<string, string> disputed;
    private readonly HashSet<string> hides;

    public FlaggedWords(IReadOnlyList<KnowledgeFlag> flags)
    {
        hidden = flags.Where(flag => flag is { Kind: FlagKind.Instructions } or { Kind: FlagKind.Contradicts, IsOpen: false })
            .ToLookup(flag => flag.ChunkId!, flag => flag.Sentence!, StringComparer.Ordinal);
        hides = flags.Where(flag => hidden.Contains(flag.ChunkId ?? "")).Select(flag => flag.DocumentId).ToHashSet(StringComparer.Ordinal);
        disputed = flags.Where(flag => flag is { Kind: FlagKind.Contradicts, IsOpen: true })
            .SelectMany(flag => new[] { (Chunk: flag.ChunkId!, Sentence: flag.Sentence!), (Chunk: flag.OtherChunkId!, Sentence: flag.OtherSentence!) })
            .ToLookup(place => place.Chunk, place => place.Sentence, StringComparer.Ordinal);
    }

    public static FlaggedWords None { get; } = new([]);

    /// <summary>Whether anything of a document is not shown.</summary>
    public bool MayHide(string document) => hides.Contains(document);

    /// <summary>A hit as it may be read; null where nothing of it is left.</summary>
    public SearchHit? Shown(SearchHit hit)
    {
        if (disputed.Contains(hit.ChunkId)) hit = hit with { Disputed = [.. disputed[hit.ChunkId]] };
        if (!hidden.Contains(hit.ChunkId)) return hit;
        // The longest first: a short one may stand within it.
        var text = hidden[hit.ChunkId].OrderByDescending(sentence => sentence.Length).Aggregate(hit.Text, (text, sentence) => text.Replace(sentence, "", StringComparison.Ordinal));
        return text.Any(char.IsLetterOrDigit) ? hit with { Text = text } : null;
    }

    /// <summary>The hits as they may be read.</summary>
    public ImmutableArray<SearchHit> Shown(ImmutableArray<SearchHit> hits) =>
        hits.Any(hit => hidden.Contains(hit.ChunkId) || disputed.Contains(hit.ChunkId)) ? [.. hits.Select(Shown).OfType<SearchHit>()] : hits;
}
