using System.Collections.Immutable;
using System.Text.RegularExpressions;
using FteAgent.Knowledge;

namespace FteAgent.Answering.Rules.Claims;

/// <summary>
/// What a claim may rest on: the quotes it names, and the customer's words. A clause is carried when its words stand in the quotes, when it turns
/// nothing round, leaves out no condition, says of nothing that it is done that only can be, counts nothing otherwise, and adds nothing that gives or
/// dates something. A model may say a thing in other words, and not another thing.
/// </summary>
internal sealed partial class Support
{
    /// <summary>Of the words that say something, at least so many must stand in a quote.</summary>
    private const double LeastCarried = 0.5;

    /// <summary>One word in so many may be the customer's: what they call what a quote calls "it".</summary>
    private const int OneAskedIn = 3;

    private readonly ImmutableArray<Clause> quoted;
    private readonly Dictionary<Clause, Conditions> conditions = [];
    private readonly HashSet<string> held;
    private readonly HashSet<string> heldWords;
    private readonly HashSet<string> doers;
    private readonly ImmutableArray<string> asked;
    private readonly string sources;
    private readonly string said;

    /// <summary>Gathers it.</summary>
    /// <param name="citations">The quotes.</param>
    /// <param name="said">What the customer wrote.</param>
    public Support(ImmutableArray<Citation> citations, Clause said)
    {
        sources = string.Join('\n', citations.Select(citation => $"{citation.Title}\n{citation.Heading}\n{citation.Quote}\n{PlainText.Of(citation.Quote)}"));
        this.said = said.Text;
        quoted = [.. Clause.SentencesOf(sources).SelectMany(Read)];
        held = [.. quoted.SelectMany(clause => clause.Stems)];
        // Who stands first in a clause does what it says, unless that is done to them.
        doers = [.. quoted.SelectMany(clause => Weights.DoersOf(clause).Select(Synonyms.Of).Concat(clause.Stems.Take(clause.Words.Contains("by") ? 0 : 1)))];
        heldWords = [.. quoted.SelectMany(clause => clause.Words)];
        asked = said.Stems;
    }

    /// <summary>Whether a sentence is carried wholly, in words that its quotes have.</summary>
    /// <param name="sentence">The sentence, as it looks.</param>
    public bool Carries(string sentence)
    {
        if (quoted.IsEmpty)
            return false;
        var clauses = Clause.Of(Reminder().Replace(sentence, "")).ToList();
        return clauses.Exists(IsOfQuotes) && clauses.TrueForAll(clause => Stands(clause, clauses));
    }

    /// <summary>Whether a clause is a courtesy, of the matter at hand if it is of some matter.</summary>
    public bool MayBeSaid(Clause clause) => Courtesies.Is(clause, word => (IsKnown(word) || AnswerWords.IsInquiry(word)) && !Weights.IsHeavy(word) && !AnswerWords.IsFavour(TermOf(word)));

    /// <summary>Whether a question asks, and tells nothing besides.</summary>
    public bool MayAsk(string sentence)
    {
        var question = new Clause(sentence);
        return Asking().IsMatch(sentence) && Telling(question).All(word => AnswerWords.IsInquiry(word) || (IsKnown(word) && !IsForbidden(word))) && Quantities.AreKnown(sentence, $"{sources}\n{said}");
    }

    /// <summary>Whether a line leads over to what follows, in words of the matter.</summary>
    public bool MayLead(string line) => MayLead(new Clause(line));

    private bool MayLead(Clause clause) =>
        Courtesies.IsLead(clause.Words) && (Courtesies.IsCondition(clause.Words) || !Weights.PredicatesOf(clause).Any()) && (!IsOfQuotes(clause) || IsNotTurnedRound(clause, null))
        && Telling(clause).All(word => IsKnown(word) && !IsForbidden(word)) && !NamesFurther(clause.Text) && IsOurs(clause)
        && Quantities.AreKnown(clause.Text, $"{sources}\n{said}");

    private IEnumerable<Clause> Read(string sentence)
    {
        var clauses = Clause.Of(sentence).ToList();
        var under = new Conditions([.. clauses.SelectMany(clause => clause.Words).Where(Polarity.IsHard)], [.. clauses.Where(clause => Courtesies.IsCondition(clause.Words))]);
        foreach (var clause in clauses)
            conditions[clause] = under;
        return clauses;
    }

    /// <summary>Under which conditions a quoted sentence holds.</summary>
    /// <param name="Words">"Only", "until": words that must be told with it.</param>
    /// <param name="Clauses">"Once approved": of which something must be told with what is given.</param>
    private sealed record Conditions(ImmutableArray<string> Words, ImmutableArray<Clause> Clauses);

    private bool Stands(Clause clause, List<Clause> sentence)
    {
        if (MayBeSaid(clause) || Greets(clause) || (sentence.Count > 1 && Courtesies.IsAnswer(clause)))
            return true;
        // "If you are on the Settings page" says where, and not that anything is so.
        if (sentence.Count > 1 && MayLead(clause))
            return true;
        if (!IsOfQuotes(clause))
            return sentence.Count > 1 && clause.Negations == 0 && !Telling(clause).Any() && !Quantities.Any(clause.Text) && IsOurs(clause);
        var telling = Telling(clause).ToList();
        return telling.TrueForAll(word => IsKnown(word) && !IsForbidden(word))
            && CarriedOf(clause) >= LeastCarried * telling.Count
            && telling.Count(word => !held.Contains(Synonyms.Of(word)) && !AnswerWords.IsHelp(TermOf(word))) <= telling.Count / OneAskedIn
            && !NamesFurther(clause.Text, held) && IsOurs(clause)
            && Quantities.AreKnown(clause.Text, sources)
            && (Courtesies.IsCondition(clause.Words) || ArePredicatesStated(clause))
            && IsOfAll(clause)
            && Weights.DoersOf(clause).All(word => doers.Contains(Synonyms.Of(word)))
            && IsNotTurnedRound(clause, sentence);
    }

    /// <summary>"Hi Maria": who calls themselves so may be called so.</summary>
    private bool Greets(Clause clause) =>
        clause.Words is ["hi" or "hello" or "hey" or "dear" or "thanks", _] or ["hi" or "hello" or "hey" or "dear", _, _]
        && clause.Words.Skip(1).All(word => asked.Contains(Synonyms.Of(word)) && !AnswerWords.IsFavour(TermOf(word)));

    /// <summary>Whether anything in it stands in a quote: a word that says something, or a number.</summary>
    private bool IsOfQuotes(Clause clause) => CarriedOf(clause) > 0 || (!quoted.IsEmpty && Quantities.Any(clause.Text) && !Telling(clause).Any() && Quantities.AreKnown(clause.Text, sources));

    /// <summary>What holds for all is told of all in a quote.</summary>
    private bool IsOfAll(Clause clause) => !clause.Words.Any(word => word is "all" or "every") || heldWords.Overlaps(["all", "every", "each", "any", "everything", "whole"]);

    private int CarriedOf(Clause clause) => Telling(clause).Count(word => held.Contains(Synonyms.Of(word)));

    private static IEnumerable<string> Telling(Clause clause) => clause.Words.Where(Weights.Tells).Distinct();

    private static string TermOf(string word) => TermReader.All(word) is [var term, ..] ? term : word;

    /// <summary>What gives or dates something, and no quote says.</summary>
    private bool IsForbidden(string word) => (Weights.IsHeavy(word) || AnswerWords.IsFavour(TermOf(word))) && !heldWords.Contains(word) && !held.Contains(Synonyms.Of(word));

    private bool IsKnown(string word)
    {
        var stem = Synonyms.Of(word);
        return held.Contains(stem) || AnswerWords.IsHelp(TermOf(word)) || (asked.Contains(stem) && !AnswerWords.IsFavour(TermOf(word)));
    }

    /// <summary>A name that no source has, inside the sentence.</summary>
    private bool NamesFurther(string text, HashSet<string>? among = null) =>
        Names().Matches(text).Any(name => new Clause(name.Value).Words.Where(Weights.Tells).Any(word => among is null ? !IsKnown(word) : !among.Contains(Synonyms.Of(word)) && !AnswerWords.IsHelp(TermOf(word))));

    /// <summary>What we do is told as our doing in a quote, too; nobody's quote tells of what the assistant did.</summary>
    private bool IsOurs(Clause clause) =>
        !clause.Words.Any(word => word is "i" or "me" or "my" && !heldWords.Contains(word)) && (!clause.Words.Any(word => word is "we" or "us") || heldWords.Contains("we") || heldWords.Contains("us"));

    private bool ArePredicatesStated(Clause clause) => Weights.PredicatesOf(clause).All(word => quoted.Any(other => Weights.IsStated(word, other)));

    /// <summary>Held against the clause of the quotes that has most of its words: that must deny what it denies, and no more, and its conditions must be told.</summary>
    /// <param name="clause">The clause.</param>
    /// <param name="sentence">All that its sentence says; null where it only leads over, and conditions are told by what follows.</param>
    private bool IsNotTurnedRound(Clause clause, List<Clause>? sentence)
    {
        var told = sentence?.SelectMany(part => part.Words.Concat(part.Stems)).ToHashSet(StringComparer.Ordinal);
        var gives = clause.Words.Any(word => Weights.IsHeavy(word) || AnswerWords.IsFavour(TermOf(word)));
        var stems = clause.Stems.Where(stem => held.Contains(stem)).ToHashSet(StringComparer.Ordinal);
        var most = quoted.Max(other => other.Stems.Count(stems.Contains));
        return quoted.Where(other => other.Stems.Count(stems.Contains) == most)
            .Any(other => IsAlike(clause, other) && !Polarity.Opposes(clause, other) && (told is null || (conditions[other].Words.All(told.Contains) && (!gives || conditions[other].Clauses.All(condition => other == condition || condition.Stems.IsEmpty || condition.Stems.Any(told.Contains))))));
    }

    private static bool IsAlike(Clause clause, Clause other) => clause.Negations % 2 == other.Negations % 2;

    [GeneratedRegex(@"(?<=[\p{Ll},;] )\p{Lu}[\p{L}\p{N}'’-]+", RegexOptions.CultureInvariant)]
    private static partial Regex Names();

    [GeneratedRegex(@"^(?:(?:and|or|so|just to check|to be sure|quick question)\W+)?(?:which|what|when|where|who|how (?:many|much|do|did|often|long|old|large|big)|do you|did you(?! know)|have you|has (?:it|the|your)|have the|are you|is (?:it|the|your|this|that)|can you|could you|were you|was (?:it|the)|does (?:it|the|your|this|that)|would you (?:mind|like to (?:know|see|share))|on which|in which|for which|with which)\b", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Asking();

    // "Keep in mind that" says nothing of what it reminds of.
    [GeneratedRegex(@"^(?:(?:please|also|and|just|but)\s)*(?:note|remember|keep in mind|bear in mind|be aware)(?:\s(?:also|too))?(?:\sthat|,|:)?\s", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Reminder();
}
