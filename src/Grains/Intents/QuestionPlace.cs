using FteAgent.Answering;
using FteAgent.Knowledge;

namespace FteAgent.Intents;

/// <summary>A question that the documents themselves put, and the place where they answer it.</summary>
/// <param name="Label">The intent: the document, or the document and the headings down to the question.</param>
/// <param name="Question">The question's words.</param>
/// <param name="DocumentId">The document.</param>
/// <param name="Heading">The headings above the answer, as a passage under them bears them.</param>
/// <param name="Chunk">The number of the chunk in which the answer begins.</param>
internal sealed record QuestionPlace(string Label, string Question, string DocumentId, string Heading, int Chunk)
{
    /// <summary>Fewer telling words are no question by themselves: "Need help?", "What's next?".</summary>
    private const int FewestTerms = 2;

    /// <summary>
    /// The questions of some documents: what learned ones answer, titles that are questions, and headings that are. The first of those with the same
    /// label counts.
    /// </summary>
    /// <param name="chunks">All chunks, in the order of their documents and places.</param>
    public static List<QuestionPlace> Of(IEnumerable<SearchHit> chunks)
    {
        var places = new List<QuestionPlace>();
        var seen = new HashSet<string>(StringComparer.Ordinal);
        string? before = null;
        foreach (var (number, hit) in chunks.Index())
        {
            var isFirst = hit.DocumentId != before;
            before = hit.DocumentId;
            var isLearned = Document.IsLearned(hit.DocumentId);
            var asks = isLearned || IsQuestion(hit.Title);
            if (!(isFirst && asks) && !HasQuestion(hit)) continue;
            var units = TextUnits.Read(hit);
            if (isFirst && asks && seen.Add(hit.DocumentId))
                places.Add(new(hit.DocumentId, hit.Title, hit.DocumentId, units.Count > 0 ? units[0].Heading : hit.Heading, number));
            // An article answers one question.
            if (isLearned) continue;
            foreach (var heading in units.Select(unit => unit.Heading).Distinct())
            {
                var question = heading[(heading.LastIndexOf(Chunker.PathSeparator, StringComparison.Ordinal) is >= 0 and var at ? at + Chunker.PathSeparator.Length : 0)..];
                var label = $"{hit.DocumentId}{Chunker.PathSeparator}{heading}";
                if (IsQuestion(question) && seen.Add(label)) places.Add(new(label, question, hit.DocumentId, heading, number));
            }
        }

        return places;
    }

    private static bool IsQuestion(string text) => text.AsSpan().TrimEnd(" *_`\"”'").EndsWith('?') && Terms(text) >= FewestTerms;

    // Most chunks have none, and are not read further.
    private static bool HasQuestion(SearchHit hit)
    {
        if (hit.Heading.Contains('?')) return true;
        foreach (var line in hit.Text.AsSpan().EnumerateLines())
            if (line.StartsWith('#') && line.Contains('?')) return true;
        return false;
    }

    private static int Terms(string text)
    {
        var terms = 0;
        var reader = new TermReader(text);
        while (reader.MoveNext()) terms += Chatter.IsTelling(reader.Current) ? 1 : 0;
        return terms;
    }
}
