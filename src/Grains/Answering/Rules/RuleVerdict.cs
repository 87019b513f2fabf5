namespace FteAgent.Answering.Rules;

/// <summary>A rule said that a person is needed.</summary>
/// <param name="RuleId">The rule, such as <c>A4.refund</c>: kept with the decision, so that each can be explained.</param>
/// <param name="Reason">Why.</param>
/// <param name="Urgency">How soon.</param>
public sealed record RuleVerdict(string RuleId, EscalationReason Reason, Urgency Urgency)
{
    /// <summary>Whether the assistant says nothing on the matter beyond that a person comes: a chat about a breach helps the intruder.</summary>
    public bool NoChat => Reason is EscalationReason.Security;
}
