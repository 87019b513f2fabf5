using System.Collections.Immutable;

namespace FteAgent.Answering.Rules;

/// <summary>
/// The rules of one deployment: the same words give the same verdict on every silo, with every model and with none. What was found a moment ago is
/// remembered, which changes no verdict.
/// </summary>
public sealed class RuleBook
{
    private readonly ImmutableArray<Rule> _before;
    private readonly Verdicts _verdicts = new();

    /// <summary>Makes the book for a policy.</summary>
    public RuleBook(EscalationPolicy policy)
    {
        Policy = policy;
        _before = [.. RuleTable.Before.Where(rule => RuleTable.InForce(rule, policy))];
    }

    /// <summary>The policy it was made for.</summary>
    public EscalationPolicy Policy { get; }

    /// <summary>Whether a person is needed by what the customer wrote, before any model is asked.</summary>
    public RuleVerdict? Before(ExchangeText input) => Once(null, input, () => FindBefore(input));

    /// <summary>Whether a person is needed by what the draft says; null lets it be sent.</summary>
    public RuleVerdict? After(Draft draft, ExchangeText input) => Once(draft, input, () => DraftRules.First(draft, input, Policy));

    /// <summary>Whether words that are no answer, such as what a matter is called, say what a machine must not say to a customer.</summary>
    public RuleVerdict? Naming(string words, ExchangeText input) =>
        ReadingTime.OrUnread(() => DraftRules.First(new Draft(words, [], 1), input, Policy, isAnswer: false));

    /// <summary>Who should look at an escalation for this reason.</summary>
    public string RouteOf(EscalationReason reason) => Policy.Routes.GetValueOrDefault(reason) ?? EscalationRoute.Of(reason);

    /// <summary>What a message is: small talk, a closing, nothing, or a matter.</summary>
    /// <param name="text">What the customer wrote.</param>
    /// <param name="answered">Whether an answer was given before: then "ok" takes it in, while otherwise it says nothing.</param>
    public Speech Classify(string text, bool answered = false) => SmallTalk.Classify(Reading.Of(text), answered);

    /// <summary>How the customer feels about us: 0 to 1, neutral 0.5, truly unhappy below 0.3.</summary>
    public double Sentiment(string text) => SentimentScorer.Score(text);

    private RuleVerdict? Once(Draft? draft, ExchangeText input, Func<RuleVerdict?> find)
    {
        if (_verdicts.TryTake(draft, input, out var known))
            return known;
        var verdict = ReadingTime.OrUnread(find);
        _verdicts.Keep(draft, input, verdict);
        return verdict;
    }

    private RuleVerdict? FindBefore(ExchangeText input)
    {
        var read = new RuleInput(input, Policy);
        foreach (var rule in _before)
        {
            if (rule.Holds(read))
                return rule == HandbookRules.Triggered ? Named(rule, HandbookRules.First(read)) : rule == NeverTopics.Asked ? Named(rule, NeverTopics.First(read)) : rule.Verdict();
        }

        return null;
    }

    /// <summary>With the reason and the urgency that the policy gives.</summary>
    private static RuleVerdict Named(Rule rule, HandbookTrigger? trigger) => trigger is null ? rule.Verdict() : new(rule.Id, trigger.Reason, trigger.Urgency);
}
