using System.Collections.Immutable;
using FteAgent.Conversations;
using FteAgent.Knowledge;

namespace FteAgent.Answering;

/// <summary>Answers with quotes that no model of ours wrote, made into drafts that the same rules can judge.</summary>
internal sealed class QuotedDrafts(IKnowledgeReader knowledge) : IQuotedDrafts
{
    /// <inheritdoc/>
    public QuotedDraft Make(string text, ImmutableArray<QuotedWords> quotes)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(quotes.Length, IQuotedDrafts.MostQuotes);
        var given = quotes.Select(quote => quote.ChunkId).Distinct(StringComparer.Ordinal).Select(knowledge.Chunk).OfType<SearchHit>()
            .ToDictionary(hit => hit.ChunkId, StringComparer.Ordinal);
        var words = SafeText.Clean(text);
        var draft = new Draft(words, [.. quotes.Select(quote => Cite(quote, given.GetValueOrDefault(quote.ChunkId)))], 1)
        {
            // Which quote carries which sentence is not told, so each may rest on all. Where there is none nothing is told: courtesies need none.
            Sentences = quotes.IsEmpty ? default : [new(words, [.. Enumerable.Range(0, quotes.Length)])],
        };
        return Quotes.Fault(draft, given) is { } fault ? new(null, fault) : new(draft, null);
    }

    private static Citation Cite(QuotedWords quote, SearchHit? hit) => hit is null
        ? new(quote.ChunkId, "", "", "", SafeText.Clean(quote.Quote), default)
        : new(hit.ChunkId, hit.DocumentId, hit.Title, hit.Heading, SafeText.Clean(quote.Quote).Trim(), hit.ChangedAt, hit.Url);
}
