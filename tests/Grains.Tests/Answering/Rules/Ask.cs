using FteAgent.Answering;
using FteAgent.Answering.Rules;

namespace FteAgent.Tests.Answering.Rules;

/// <summary>Asks the book of rules in few words.</summary>
internal static class Ask
{
    public static RuleBook Book { get; } = new(EscalationPolicy.Default);

    public static string? Rule(string message) => Book.Before(ExchangeText.Of(message))?.RuleId;

    public static RuleVerdict? After(string question, string answer, string next) =>
        Book.Before(new ExchangeText([next], [new Utterance(true, question), new Utterance(false, answer)]));

    /// <summary>Whether one rule by itself holds, whatever stands above it in the table.</summary>
    public static bool Holds(string ruleId, string message, EscalationPolicy? policy = null) =>
        RuleTable.Before.Single(rule => rule.Id == ruleId).Holds(new RuleInput(ExchangeText.Of(message), policy ?? EscalationPolicy.Default));
}
