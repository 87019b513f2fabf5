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
        input.Policy.NeverTopics.FirstOrDefault(topic => input.Messages.Concat(input.Disguised).Any(message => HandbookRules.Holds(topic, message)));

    /// <summary>The first topic that a draft speaks of.</summary>
    public static HandbookTrigger? First(DraftReading draft, EscalationPolicy policy) =>
        policy.NeverTopics.IsDefaultOrEmpty ? null : policy.NeverTopics.FirstOrDefault(topic => draft.Readings.Any(reading => HandbookRules.Holds(topic, reading)));
}
