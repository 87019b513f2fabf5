using System.Collections.Frozen;

namespace FteAgent.Answering.Rules;

/// <summary>Whether a question comes again after it was answered: in nearly the same words, or by saying that the answer did not help.</summary>
internal static class Repetition
{
    private const double SameWords = 0.6;
    private const double WithinTheOther = 0.85;
    private const int FewestWords = 3;

    private static readonly FrozenSet<string> Empty =
        ("a an and are as at be been but by can could did do does for from had has have how i if in into is it its me my of on or our so than that the their them then there they this to too was we were what when where which who why will " +
         "with would you your am hi hello hey please thanks thank dear again still just also us not no yes ok okay tell know help need want").Split(' ').ToFrozenSet();

    private static readonly PhraseSet DidNotHelp = new([
        "that|this|it|which|your ..4 not ..2 work|working|help|helped|helpful|solve|solved|fix|fixed|answer|what",
        "still ..1 not ..2 work|working|works|worked|fixed|solved|resolved|able|help",
        "still ..2 broken|failing|fails|same|happening|getting|stuck|there|no",
        "not ..1 working|work|help|solved|resolved|fixed|answered ..2 $",
        "same ..1 problem|issue|error|thing|result|question|answer",
        "did not ..1 work|help|fix|solve|answer|understand|change",
        "does not ..1 help|work|answer|solve|fix",
        "no luck",
        "not ..2 what ..3 asked|meant|mean|need|needed|want|wanted|expected|looking|asking|question",
        "already ..2 tried|did|done",
        "tried ..2 that|this|it|everything|all",
        "as i|we ..1 said|asked|wrote|mentioned",
        "i|we ..1 asked ..6",
        "you ..2 not ..1 answer|answered|understand|understood|read|listening",
        "wrong|useless answer|reply|response",
        "again $",
        "not ..1 my|the|our question|issue|problem",
    ]);

    /// <summary>Whether it does.</summary>
    public static bool Holds(RuleInput input)
    {
        var answered = input.AnsweredBefore().ToList();
        if (answered.Count < input.Policy.AnswersBeforePerson)
            return false;
        var asked = input.Messages.Select(TellingWords).ToList();
        var repeats = answered.Select(earlier => TellingWords(Reading.Of(earlier))).Count(earlier => asked.Exists(now => AreSame(now, earlier)));
        if (repeats >= input.Policy.AnswersBeforePerson)
            return true;
        // "That did not help" speaks of the answer just given, so the last word must have been ours.
        return !input.History[^1].FromCustomer && input.Messages.Any(message => DidNotHelp.Matches(message));
    }

    // Whether two texts ask the same: most of their telling words are shared.
    private static bool AreSame(HashSet<string> first, HashSet<string> second)
    {
        if (Math.Min(first.Count, second.Count) == 0)
            return false;
        var shared = first.Count(second.Contains);
        var all = first.Count + second.Count - shared;
        var smaller = Math.Min(first.Count, second.Count);
        return shared >= SameWords * all || (smaller >= FewestWords && shared >= WithinTheOther * smaller);
    }

    private static HashSet<string> TellingWords(Reading reading) =>
        reading.Tokens.Where(token => !Empty.Contains(token.Word)).Select(token => Stem.Of(token.Word)).ToHashSet(StringComparer.Ordinal);
}
