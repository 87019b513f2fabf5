using System.Collections.Immutable;
using System.Globalization;
using System.Text.RegularExpressions;
using FteAgent.Knowledge;

namespace FteAgent.Answering.Rules;

/// <summary>
/// Looks for a claim that no quote carries. What a model that says which quote carries which sentence adds of its own is a courtesy, a question, or a
/// line that introduces what follows; everything else it has from the documents or has made up. Of a model that does not say so, what does not stand
/// in a quote may only help to find the way.
/// </summary>
internal static partial class Uncited
{
    /// <summary>The least share of a sentence's telling words that its quotes have to hold: the model may say it in other words, not another thing.</summary>
    private const double LeastCovered = 0.5;

    /// <summary>The largest share of words that neither its quotes, nor the customer, nor the way through a screen bring in.</summary>
    private const double MostStrange = 1.0 / 3;

    /// <summary>Whether it holds a claim that its quotes do not carry, or says more than its sentences do.</summary>
    /// <param name="draft">The draft.</param>
    /// <param name="undocumented">Its sentences that do not stand in a quote.</param>
    /// <param name="input">What the customer said.</param>
    public static bool Holds(Draft draft, ImmutableArray<string> undocumented, ExchangeText input)
    {
        if (Disguise.IsCode(draft.Text))
            return true;
        var said = string.Join('\n', input.Messages);
        var asked = TermsOf(said).ToHashSet(StringComparer.Ordinal);
        if (draft.Sentences.IsDefault)
        {
            var quoted = Quoted(draft.Citations);
            var sources = TermsOf(quoted).ToHashSet(StringComparer.Ordinal);
            return undocumented.Any(sentence => !IsOwn(sentence, quoted, term => AnswerWords.IsHelp(term) || sources.Contains(term) || IsAsked(term, asked)));
        }

        // An answer that stands on nothing is none, however polite.
        if (draft.Sentences.All(sentence => sentence.Citations.IsDefaultOrEmpty) || Bare(draft.Text) != Bare(string.Concat(draft.Sentences.Select(sentence => sentence.Text))))
            return true;
        return draft.Sentences.Any(told => Parts(told.Text).Any(sentence => !IsCarried(sentence, CitedBy(told, draft), asked, said)));
    }

    // What a model calls a sentence may be several, of which its quote carries one.
    private static IEnumerable<string> Parts(string text) => text.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
        .SelectMany(line => SentenceSplitter.Split(line, 0, line.Length).Select(part => line[part.Start..part.End].Trim()))
        .Where(part => part.Length > 0);

    private static ImmutableArray<Citation> CitedBy(DraftSentence sentence, Draft draft) => sentence.Citations.IsDefaultOrEmpty
        ? []
        : [.. sentence.Citations.Where(place => place >= 0 && place < draft.Citations.Length).Select(place => draft.Citations[place])];

    private static bool IsCarried(string text, ImmutableArray<Citation> citations, HashSet<string> asked, string said)
    {
        var quoted = Quoted(citations);
        if (!HasFigures(text, $"{quoted}\n{said}"))
            return false;

        text = Disguise.Plain(text).TrimEnd();
        var telling = Telling(text);
        if (telling.Count == 0)
            return !Grants(text);
        var held = TermsOf(quoted).ToHashSet(StringComparer.Ordinal);
        if (text.EndsWith('?') && IsOwn(text, quoted, term => AnswerWords.IsHelp(term) || held.Contains(term) || IsAsked(term, asked)))
            return true;
        if (text.EndsWith(':') && telling.TrueForAll(term => IsAsked(term, asked)))
            return true;
        var further = telling.Where(term => !held.Contains(term)).ToList();
        var strange = further.Count(term => !AnswerWords.IsHelp(term) && !IsAsked(term, asked));
        return further.Count <= (1 - LeastCovered) * telling.Count && strange <= MostStrange * telling.Count
            && !further.Exists(AnswerWords.IsFavour)
            && !NamesFurther(text, further)
            && IsNoMore(text, quoted) && !(ForYou().IsMatch(text) && telling.Exists(AnswerWords.IsFavour))
            && (!Negations().IsMatch(text) || Negations().IsMatch(quoted));
    }

    /// <summary>Whether it is made of words that it may be made of, and gives nothing away with them.</summary>
    private static bool IsOwn(string sentence, string quoted, Func<string, bool> isKnown)
    {
        var text = Disguise.Plain(sentence);
        var telling = Telling(text);
        return telling.Count == 0 ? !Grants(text) : telling.TrueForAll(term => isKnown(term)) && IsNoMore(text, quoted) && !(ForYou().IsMatch(text) && telling.Exists(AnswerWords.IsFavour));
    }

    /// <summary>Whether it says of us, and for how long, no more than its quotes do.</summary>
    private static bool IsNoMore(string text, string quoted) =>
        (!Commits().IsMatch(text) || Commits().IsMatch(quoted)) && (!Absolutes().IsMatch(text) || Absolutes().IsMatch(quoted));

    // Whoever says "refund" first has not made it ours to give.
    private static bool IsAsked(string term, HashSet<string> asked) => asked.Contains(term) && !AnswerWords.IsFavour(term);

    /// <summary>"Yes, we will" and "you get it for nothing" are made of little words alone.</summary>
    private static bool Grants(string text) => Favours().IsMatch(text) && !Courtesies().IsMatch(text);

    /// <summary>A name that no source has, inside the sentence.</summary>
    private static bool NamesFurther(string text, List<string> further) =>
        Names().Matches(text).Any(name => TermsOf(name.Value).Exists(term => further.Contains(term) && !AnswerWords.IsHelp(term)));

    /// <summary>Whether each figure of a sentence stands where it may come from.</summary>
    private static bool HasFigures(string text, string sources)
    {
        var known = Figures().Matches(sources).Select(match => match.Value.Trim('.', ',')).ToHashSet(StringComparer.Ordinal);
        // The number of a step is the answer's own.
        return Figures().Matches(StepNumber().Replace(Disguise.Plain(text), "")).All(match => known.Contains(match.Value.Trim('.', ',')));
    }

    private static string Quoted(ImmutableArray<Citation> citations) => citations.IsDefaultOrEmpty
        ? ""
        : string.Join('\n', citations.Select(citation => $"{citation.Title}\n{citation.Heading}\n{citation.Quote}"));

    private static List<string> Telling(string text) => [.. TermsOf(Phrases().Replace(text, "")).Where(AnswerWords.IsTelling).Distinct()];

    private static List<string> TermsOf(string text) => TermReader.All(text);

    private static string Bare(string text) => string.Concat(Disguise.Plain(text).Where(c => char.IsLetterOrDigit(c) || char.IsSurrogate(c) || char.GetUnicodeCategory(c) is UnicodeCategory.OtherSymbol));

    [GeneratedRegex(@"[0-9][0-9.,]*", RegexOptions.CultureInvariant)]
    private static partial Regex Figures();

    [GeneratedRegex(@"^\s*[0-9]{1,2}[.)]\s", RegexOptions.CultureInvariant | RegexOptions.Multiline)]
    private static partial Regex StepNumber();

    [GeneratedRegex(@"\b(?:not|never|no|none|cannot|can't|without|neither|nor|unable|impossible|unsupported|disabled)\b|n['’]t\b", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Negations();

    [GeneratedRegex(@"\b(?:I|we)(?:['’]ll| will| shall| are going to)\b|\bI(?:['’]ve| have| did| am going to)\b|\b(?:I|we) (?:just |already |now )?(?!need)(?:\w{2,20}ed|sent|made|gave|put)\b|\b(?:by|on) (?:us|me)\b", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Commits();

    [GeneratedRegex(@"\b(?:will|shall|gets?|got|gives?|given|done|nothing|yours|always|never|everything|anything)\b|['’]ll\b", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Favours();

    [GeneratedRegex(@"\b(?:help|helps|helped|questions?|know|ask|here (?:is|are|it)|here['’]s|how|let|try|see|look|read|answers?|reply)\b", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Courtesies();

    [GeneratedRegex(@"\b(?:always|never|forever|ever)\b", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Absolutes();

    [GeneratedRegex(@"\bfor (?:you|nothing|free)\b", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex ForYou();

    // Courtesies that are made of other words.
    [GeneratedRegex(@"\bfeel free\b|\bgood news\b", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Phrases();

    [GeneratedRegex(@"(?<=[\p{Ll},;] )\p{Lu}[\p{L}'’-]+", RegexOptions.CultureInvariant)]
    private static partial Regex Names();
}
