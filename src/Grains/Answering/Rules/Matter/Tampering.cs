using System.Collections.Immutable;
using FteAgent.Knowledge;

namespace FteAgent.Answering.Rules.Matter;

/// <summary>
/// Finds paragraphs in which something is written for a machine: a tool's result, a role's mark, an order to the assistant. Whoever slips words into a page
/// seldom marks all of them so. What stands in the same paragraph, plain as it may look, is then not taken for the page's.
/// </summary>
internal static class Tampering
{
    /// <summary>Whether a draft quotes such a paragraph.</summary>
    /// <param name="draft">The draft.</param>
    /// <param name="given">The chunks that its model was given, by id.</param>
    /// <param name="asked">What the customer has said. A page on machines may show what is written for them, to who asks about it or by its headings.</param>
    public static bool IsQuoted(Draft draft, IReadOnlyDictionary<string, SearchHit> given, ImmutableArray<string> asked) =>
        !draft.Citations.IsDefaultOrEmpty && draft.Citations.Any(citation => given.TryGetValue(citation.ChunkId, out var hit) && IsQuoted(citation, hit, asked));

    private static bool IsQuoted(Citation citation, SearchHit hit, ImmutableArray<string> asked)
    {
        var isRaised = asked.Append(hit.Title).Append(hit.Heading).Append(citation.Heading).Any(text => Themes.Machines.Raising.Matches(Reading.Whole(text)));
        return Quotes.Around(citation, hit).Any(sentence =>
            Disguise.Plain(sentence) is var plain && ((!isRaised && (Machinery.NamesTools(sentence) || Machinery.IsIn(sentence) || Machinery.IsIn(plain))) || DraftPhrases.Instructions.Matches(Reading.Whole(plain))));
    }
}
