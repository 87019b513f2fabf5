using System.Text.RegularExpressions;
using FteAgent.Knowledge;

namespace FteAgent.Answering.Rules;

/// <summary>
/// Looks for a claim that no quote carries, in the drafts of models that say which quote carries which sentence. What such a model adds of its own
/// is a courtesy, a question, or a line that introduces what follows; everything else it has from the documents or has made up.
/// </summary>
internal static partial class Uncited
{
    /// <summary>The least share of a sentence's telling words that its quotes have to hold: the model may say it in other words, not another thing.</summary>
    private const double LeastCovered = 0.5;

    // What an answer says about itself.
    private static readonly HashSet<string> OfAnswers =
    [
        .. new[]
        {
            "step", "steps", "follow", "following", "documentation", "document", "docs", "guide", "article", "page", "section", "describe", "described", "explain",
            "explained", "according", "answer", "answers", "reply", "person", "human", "agent", "colleague", "team", "support", "happy", "glad", "welcome", "let",
            "details", "detail", "information", "example", "note", "overview", "summary", "short",
        }.SelectMany(word => TermReader.All(word)),
    ];

    /// <summary>Whether it holds a claim that its quotes do not carry, or says more than its sentences do.</summary>
    public static bool Holds(Draft draft, ExchangeText input)
    {
        if (draft.Sentences.IsDefault)
            return false;
        if (Bare(draft.Text) != Bare(string.Concat(draft.Sentences.Select(sentence => sentence.Text))))
            return true;
        var asked = TermsOf(string.Join('\n', input.Messages)).ToHashSet(StringComparer.Ordinal);
        return draft.Sentences.Any(sentence => !IsCarried(sentence, draft, asked, input));
    }

    private static bool IsCarried(DraftSentence sentence, Draft draft, HashSet<string> asked, ExchangeText input)
    {
        var quoted = string.Join('\n', sentence.Citations.Where(place => place >= 0 && place < draft.Citations.Length)
            .Select(place => draft.Citations[place]).Select(citation => $"{citation.Title}\n{citation.Heading}\n{citation.Quote}"));
        if (!HasFigures(sentence.Text, $"{quoted}\n{string.Join('\n', input.Messages)}"))
            return false;

        var telling = TermsOf(sentence.Text).Where(term => Chatter.IsTelling(term) && !OfAnswers.Contains(term)).Distinct().ToList();
        var text = sentence.Text.TrimEnd();
        if (telling.Count == 0 || text.EndsWith('?') || (text.EndsWith(':') && telling.TrueForAll(asked.Contains)))
            return true;
        if (quoted.Length == 0)
            return false;
        var held = TermsOf(quoted).ToHashSet(StringComparer.Ordinal);
        return telling.Count(held.Contains) >= LeastCovered * telling.Count && (!Negations().IsMatch(sentence.Text) || Negations().IsMatch(quoted));
    }

    /// <summary>Whether each figure of a sentence stands where it may come from.</summary>
    private static bool HasFigures(string text, string sources)
    {
        var known = Figures().Matches(sources).Select(match => match.Value.Trim('.', ',')).ToHashSet(StringComparer.Ordinal);
        // The number of a step is the answer's own.
        return Figures().Matches(StepNumber().Replace(text, "")).All(match => known.Contains(match.Value.Trim('.', ',')));
    }

    private static List<string> TermsOf(string text) => TermReader.All(text);

    private static string Bare(string text) => string.Concat(text.Where(char.IsLetterOrDigit));

    [GeneratedRegex(@"[0-9][0-9.,]*", RegexOptions.CultureInvariant)]
    private static partial Regex Figures();

    [GeneratedRegex(@"^\s*[0-9]{1,2}[.)]\s", RegexOptions.CultureInvariant | RegexOptions.Multiline)]
    private static partial Regex StepNumber();

    [GeneratedRegex(@"\b(?:not|never|no|none|cannot|can't|without|neither|nor|unable|impossible|unsupported|disabled)\b|n['’]t\b", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Negations();
}
