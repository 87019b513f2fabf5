using System.Collections.Immutable;

namespace FteAgent.Answering.Rules;

/// <summary>Every rule, the weightiest first: of two that hold, the earlier one names the reason.</summary>
internal static class RuleTable
{
    /// <summary>The rules before the model.</summary>
    public static ImmutableArray<Rule> Before { get; } =
    [
        SafetyRules.Security,
        SafetyRules.Legal,
        SafetyRules.Privacy,
        .. PersonRules.Rules,
        ConductRules.Injection,
        MoneyRules.Refund,
        MoneyRules.BillingDispute,
        MoneyRules.Negotiation,
        MoneyRules.Price,
        ProductRules.DataLoss,
        ProductRules.OwnerLeft,
        ConductRules.Profanity,
        ConductRules.Aggression,
        CompetitorRules.Compared,
        CompetitorRules.Named,
        ProductRules.FixFailed,
        ConductRules.AskedBefore,
        ConductRules.AskedAgain,
        ConductRules.Unhappy,
        ConductRules.UnhappyTwice,
        SafetyRules.Compliance,
        ProductRules.Outage,
        MoneyRules.Cancellation,
        ConductRules.Churn,
        ConductRules.PublicReview,
        NeverTopics.Asked,
        HandbookRules.Triggered,
        LanguageRules.Foreign,
    ];

    /// <summary>Whether a rule is in force under a policy.</summary>
    public static bool InForce(Rule rule, EscalationPolicy policy) =>
        rule == ConductRules.UnhappyTwice || rule == NeverTopics.Asked
        || (!policy.Off.Contains(rule.Family)
            && (!rule.OnlyWhenNamed || policy.Named.Contains(rule.Family))
            && !(rule == MoneyRules.Price && policy.ListPricesAreAnswered));
}
