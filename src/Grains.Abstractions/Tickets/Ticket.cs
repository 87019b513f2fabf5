using FteAgent.Conversations;

namespace FteAgent.Tickets;

/// <summary>Where a ticket stands.</summary>
public enum TicketStatus
{
    /// <summary>Opened; nobody has answered yet.</summary>
    Open,

    /// <summary>A person works on it.</summary>
    InProgress,

    /// <summary>Answered; it is the customer's turn.</summary>
    Waiting,

    /// <summary>A person is needed and none has taken it yet.</summary>
    Escalated,

    /// <summary>An operator says that it is done; not verified yet.</summary>
    Resolved,

    /// <summary>Done for good; a further message opens a new ticket.</summary>
    Closed,
}

/// <summary>What a ticket is about, as the customer chose it.</summary>
public enum TicketCategory
{
    /// <summary>Anything else.</summary>
    General,

    /// <summary>How to use the product.</summary>
    Technical,

    /// <summary>Invoices and payments.</summary>
    Billing,

    /// <summary>Praise, wishes, complaints.</summary>
    Feedback,

    /// <summary>Something is broken.</summary>
    BugReport,
}

/// <summary>How pressing it is, as the customer chose it.</summary>
public enum TicketPriority
{
    /// <summary>When there is time.</summary>
    Low,

    /// <summary>Usual.</summary>
    Medium,

    /// <summary>Before others.</summary>
    High,
}

/// <summary>How a resolution was verified.</summary>
public enum Verification
{
    /// <summary>The customer said that it is solved.</summary>
    CustomerConfirmed,

    /// <summary>The customer stayed quiet for the set time, with no repeat.</summary>
    Quiet,
}

/// <summary>
/// A matter was settled. It counts as resolved by the assistant only when no person took part and it is verified:
/// never because the assistant spoke last.
/// </summary>
/// <param name="By">Who settled it.</param>
/// <param name="At">When.</param>
/// <param name="Notes">What was done; empty when nothing needs saying.</param>
/// <param name="VerifiedBy">How it was verified; null until it is.</param>
/// <param name="VerifiedAt">When it was verified.</param>
[GenerateSerializer, Immutable, Alias("fte.resolution")]
public sealed record Resolution(
    [property: Id(0)] Actor By,
    [property: Id(1)] DateTimeOffset At,
    [property: Id(2)] string Notes,
    [property: Id(3)] Verification? VerifiedBy = null,
    [property: Id(4)] DateTimeOffset? VerifiedAt = null);

/// <summary>One matter: the obligation to answer and settle it.</summary>
/// <param name="Id">Its public id.</param>
/// <param name="Subject">What it is about, in the customer's words; at most 200 characters.</param>
/// <param name="Status">Where it stands.</param>
/// <param name="Category">What kind of matter.</param>
/// <param name="Priority">How pressing.</param>
/// <param name="Channel">The channel it came by.</param>
/// <param name="OpenedAt">When its first message was received.</param>
/// <param name="FirstResponseDue">When the first answer is due; null once given, or once a person is called, whose own promise takes its place.</param>
/// <param name="FirstResponseAt">When the first answer (the assistant's or an operator's) was committed. That a person comes is none.</param>
/// <param name="EscalatedAt">When it was first escalated, if ever: such a ticket is not resolved without a person.</param>
/// <param name="Resolution">How it was settled; null until it is.</param>
/// <param name="ClosedAt">When it was closed.</param>
[GenerateSerializer, Immutable, Alias("fte.ticket")]
public sealed record Ticket(
    [property: Id(0)] TicketId Id,
    [property: Id(1)] string Subject,
    [property: Id(2)] TicketStatus Status,
    [property: Id(3)] TicketCategory Category,
    [property: Id(4)] TicketPriority Priority,
    [property: Id(5)] Channel Channel,
    [property: Id(6)] DateTimeOffset OpenedAt,
    [property: Id(7)] DateTimeOffset? FirstResponseDue,
    [property: Id(8)] DateTimeOffset? FirstResponseAt = null,
    [property: Id(9)] DateTimeOffset? EscalatedAt = null,
    [property: Id(10)] Resolution? Resolution = null,
    [property: Id(11)] DateTimeOffset? ClosedAt = null)
{
    /// <summary>Its id, and nobody's words: an engine may write what it passes on to its log.</summary>
    public override string ToString() => $"ticket {Id}";

    /// <summary>The subject of a matter that only people of the team are called to, such as a mail in the customer's conversation that nobody vouches for.</summary>
    public const string ToLookAt = "To be looked at";

    /// <summary>Whether only people of the team were called to it. What the customer writes goes on under no such matter.</summary>
    public bool IsToLookAt => Subject == ToLookAt;

    /// <summary>
    /// It was opened while the conversation was joined with another's that was parted from it since: it may be theirs, and nothing goes on under it.
    /// The record says so; no command changes it.
    /// </summary>
    [Id(12)]
    public bool MayBeAnothers { get; init; }

    /// <summary>
    /// An operator opened it, for what is to be done. What is said with the customer is about something else: none of it goes on under such a matter,
    /// answers it or settles it.
    /// </summary>
    [Id(13)]
    public bool OpenedByOperator { get; init; }

    /// <summary>Whether only a person can settle it: an operator opened it, and none has resolved it.</summary>
    public bool IsLeftToPerson => OpenedByOperator && Resolution is null;
}
