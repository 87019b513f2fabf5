using System.Collections.Immutable;

namespace FteAgent.Answering.Rules;

/// <summary>Topics that a deployment keeps for people: neither asked about nor spoken of by the assistant, whatever its documents say.</summary>
internal static class NeverTopics
{
    /// <summary>The customer asks about one.</summary>
    public static Rule Asked { get; } = new("P.never", RuleFamily.Handbook, EscalationReason.Policy, Urgency.Normal)
    {
        Test = input => First(input) is not null,
    };

    /// <summary>The rule by which a draft is stopped that speaks of one.</summary>
    public const string DraftRule = "P.draft-never";

    /// <summary>The first topic that a message is about.</summary>
    public static HandbookTrigger? First(RuleInput input) =>
        input.Policy.NeverTopics.FirstOrDefault(topic => input.Messages.Any(message => HandbookRules.Holds(topic, message)));

    /// <summary>The first topic that a text speaks of.</summary>
    public static HandbookTrigger? First(string text, EscalationPolicy policy)
    {
        if (policy.NeverTopics.IsDefaultOrEmpty)
            return null;
        var read = Reading.Of(text);
        return policy.NeverTopics.FirstOrDefault(topic => HandbookRules.Holds(topic, read));
    }
}
