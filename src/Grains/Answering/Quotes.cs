using System.Text;
using FteAgent.Knowledge;
using FteAgent.Texts;

namespace FteAgent.Answering;

/// <summary>
/// Holds a draft's citations against the chunks that its model was given. What a model says that it quotes is shown to customers as the documents'
/// words, so it has to stand there.
/// </summary>
internal static class Quotes
{
    /// <summary>The longest quote of a model that writes sentences of its own, in words.</summary>
    public const int MostWords = 40;

    /// <summary>The shortest, so that a quote says something.</summary>
    public const int FewestWords = 3;

    /// <summary>What is wrong with the citations, in a sentence for the model; null when each quote stands in the chunk that it names.</summary>
    /// <param name="draft">The draft.</param>
    /// <param name="given">The chunks that the model was given, by id.</param>
    public static string? Fault(Draft draft, IReadOnlyDictionary<string, SearchHit> given)
    {
        if (draft.Citations.IsDefaultOrEmpty)
            return null;
        foreach (var citation in draft.Citations)
        {
            if (!given.TryGetValue(citation.ChunkId, out var hit))
                return $"There is no chunk \"{Cut(citation.ChunkId)}\" among those found; name the chunk_id of the chunk that you quote.";
            if (!draft.Sentences.IsDefault && WordsOf(citation.Quote) is < FewestWords or > MostWords)
                return $"A quote of chunk \"{hit.ChunkId}\" has to be {FewestWords} to {MostWords} words long.";
            if (!Stands(citation.Quote, hit))
                return $"The quote \"{Cut(citation.Quote)}\" is not in chunk \"{hit.ChunkId}\"; quote its words exactly as they stand there.";
            if (!IsFrom(citation, hit))
                return $"A citation of chunk \"{hit.ChunkId}\" names another source than that chunk's.";
        }

        return draft.Sentences.IsDefault || draft.Sentences.All(sentence => sentence.Citations.IsDefault || sentence.Citations.All(place => place >= 0 && place < draft.Citations.Length))
            ? null
            : "A sentence names a citation that is not there.";
    }

    /// <summary>Whether a draft quotes a sentence of which nobody can say whether it holds.</summary>
    public static bool AreDisputed(Draft draft, IReadOnlyDictionary<string, SearchHit> given) =>
        !draft.Citations.IsDefaultOrEmpty && draft.Citations.Any(citation =>
            given.TryGetValue(citation.ChunkId, out var hit) && !hit.Disputed.IsDefaultOrEmpty && hit.Disputed.Any(sentence => Overlap(Folded(citation.Quote), Folded(sentence))));

    /// <summary>The sentences of the paragraphs that a citation quotes from, as they stand in its chunk. Items, rows and code stand each by themselves.</summary>
    public static IEnumerable<string> Around(Citation citation, SearchHit hit)
    {
        var places = PlacesOf(Folded(citation.Quote), Folded(hit.Text));
        return TextUnits.Parts(TextUnits.Read(hit)).Where(part => part[0].Kind is UnitKind.Sentence)
            .Where(paragraph => (Start: Folded(hit.Text[..paragraph[0].Start]).Length, End: Folded(hit.Text[..paragraph[^1].End]).Length) is var span
                // A space may stand between both.
                && places.Exists(place => place.Start < span.End && place.End > span.Start + 1))
            .SelectMany(paragraph => paragraph.Select(unit => hit.Text[unit.Start..unit.End]));
    }

    private static List<(int Start, int End)> PlacesOf(string words, string text)
    {
        var places = new List<(int, int)>();
        for (var at = words.Length == 0 ? -1 : text.IndexOf(words, StringComparison.Ordinal); at >= 0; at = text.IndexOf(words, at + 1, StringComparison.Ordinal))
            places.Add((at, at + words.Length));
        return places;
    }

    private static bool Overlap(string quote, string sentence) =>
        quote.Contains(sentence, StringComparison.Ordinal) || sentence.Contains(quote, StringComparison.Ordinal);

    /// <summary>The name of a source is shown as the document's, too: it has to be the chunk's, with headings in words of the chunk.</summary>
    private static bool IsFrom(Citation citation, SearchHit hit) =>
        citation.DocumentId == hit.DocumentId && citation.Title == hit.Title && citation.Url == hit.Url
        && (citation.Heading == hit.Heading || !TermReader.All(citation.Heading).Except(TermReader.All($"{hit.Title}\n{hit.Heading}\n{hit.Text}\n{PlainText.Of(hit.Text)}")).Any());

    /// <summary>Whether the words of a quote stand in a chunk, whole: "able" stands in no "unable".</summary>
    private static bool Stands(string quote, SearchHit hit)
    {
        var (words, text) = (Folded(quote), Folded(hit.Text));
        if (words.Length == 0)
            return false;
        for (var at = text.IndexOf(words, StringComparison.Ordinal); at >= 0; at = text.IndexOf(words, at + 1, StringComparison.Ordinal))
        {
            if (!IsInside(text, at) && !IsInside(text, at + words.Length))
                return true;
        }

        return false;
    }

    /// <summary>Whether a word goes on over a place. Scripts without spaces part words anywhere.</summary>
    private static bool IsInside(string text, int at) =>
        at > 0 && at < text.Length
        && (char.IsLowSurrogate(text[at])
            || (Letters.Belongs(text[at - 1]) && Letters.Belongs(text[at]) && !Letters.StandsAlone(text[at - 1]) && !Letters.StandsAlone(text[at])));

    /// <summary>Line breaks, runs of spaces, and the several shapes of quotation marks, dashes and dots make no other words.</summary>
    private static string Folded(string text)
    {
        var folded = new StringBuilder(text.Length);
        foreach (var c in text.Normalize(NormalizationForm.FormC))
        {
            if (char.IsWhiteSpace(c))
            {
                if (folded.Length > 0 && folded[^1] != ' ')
                    folded.Append(' ');
                continue;
            }

            _ = c switch
            {
                '‘' or '’' or '‚' or '′' => folded.Append('\''),
                '“' or '”' or '„' or '«' or '»' or '″' => folded.Append('"'),
                '‐' or '‑' or '‒' or '–' or '—' or '−' => folded.Append('-'),
                '…' => folded.Append("..."),
                '\u00ad' or '\u200b' or '\ufeff' => folded,
                _ => folded.Append(c),
            };
        }

        return folded.ToString().TrimEnd();
    }

    private static int WordsOf(string text) => text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries).Length;

    private static string Cut(string text) => text.Length <= 80 ? text : $"{SafeCut.At(text, 80)}…";
}
