using FteAgent.Answering;
using FteAgent.Operators;
using FteAgent.Tickets;

namespace FteAgent.Conversations;

/// <summary>The need for a person, with its reason. Open until it is ended by a hand-back or a resolution.</summary>
/// <param name="Id">Its id, which notices about it bear.</param>
/// <param name="TicketId">The matter.</param>
/// <param name="Reason">Why.</param>
/// <param name="Rule">The id of the rule that decided it.</param>
/// <param name="Urgency">How soon; rises while nobody acknowledges it.</param>
/// <param name="Route">Who should look: billing, technical, sales, legal, security or support.</param>
/// <param name="Summary">What happened so far, for the operator.</param>
/// <param name="RaisedBy">Who asked for a person: the customer, the assistant or an operator.</param>
/// <param name="RaisedAt">When.</param>
/// <param name="AckDue">When a person should have acknowledged it, by business hours; null once one has.</param>
/// <param name="Reminders">How often the time passed without anybody.</param>
/// <param name="AcknowledgedBy">Who took it.</param>
/// <param name="AcknowledgedAt">When.</param>
/// <param name="EndedAt">When it was over.</param>
[GenerateSerializer, Immutable, Alias("fte.escalation")]
public sealed record Escalation(
    [property: Id(0)] Guid Id,
    [property: Id(1)] TicketId TicketId,
    [property: Id(2)] EscalationReason Reason,
    [property: Id(3)] string Rule,
    [property: Id(4)] Urgency Urgency,
    [property: Id(5)] string Route,
    [property: Id(6)] string Summary,
    [property: Id(7)] Actor RaisedBy,
    [property: Id(8)] DateTimeOffset RaisedAt,
    [property: Id(9)] DateTimeOffset? AckDue,
    [property: Id(10)] int Reminders = 0,
    [property: Id(11)] Operator? AcknowledgedBy = null,
    [property: Id(12)] DateTimeOffset? AcknowledgedAt = null,
    [property: Id(13)] DateTimeOffset? EndedAt = null)
{
    /// <summary>The rule that somebody else may have written than whoever the conversation is with: a person is to look.</summary>
    public const string UnprovedRule = "M2.unproved";

    /// <summary>The rule that a message of the customer's was acknowledged, and could not be taken: a person is to look.</summary>
    public const string NotTakenRule = "N6.not_taken";

    /// <summary>The rule that what was said to somebody who was parted from the customer did not reach them: a person is to look.</summary>
    public const string PartedUndeliveredRule = "M3.undeliverable";

    /// <summary>
    /// Whether it was raised for what somebody else may have written, or for what could not be taken. The customer asked for nobody and knows nothing of
    /// it, and the assistant goes on answering them.
    /// </summary>
    public bool IsAnothers => IsOfAnother(Rule);

    /// <summary>Whether nobody took it in all the time that it was brought up again: nobody is reminded of it any more.</summary>
    public bool IsForgotten => this is { AckDue: null, AcknowledgedAt: null, EndedAt: null };

    /// <summary>Whether this rule raises one such.</summary>
    public static bool IsOfAnother(string rule) => rule is UnprovedRule or NotTakenRule or PartedUndeliveredRule;
}
