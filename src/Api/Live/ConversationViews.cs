using System.Collections.Immutable;
using FteAgent.Answering;
using FteAgent.Conversations;
using FteAgent.Tickets;

namespace FteAgent.Api.Live;

/// <summary>Who has a conversation.</summary>
internal enum HeldBy
{
    /// <summary>The assistant answers.</summary>
    Assistant,

    /// <summary>A person was asked for and none has taken it yet.</summary>
    Waiting,

    /// <summary>An operator has it.</summary>
    Operator,
}

/// <summary>How a conversation stands.</summary>
internal sealed record StateView(
    long Version, HeldBy HeldBy, string? Operator, bool Working, TicketView? Ticket, EscalationState? Escalation, long LastSequence)
{
    /// <summary>
    /// Whether the conversation goes on where this token does not lead, since its customer turned out to be one person with another: what is shown
    /// is what was said before that. Whoever confirms an address of that person's gets a token that leads there.
    /// </summary>
    public bool GoesOnElsewhere { get; init; }

    /// <summary>As whoever may not follow it is shown it: nothing of how it stands where it goes on.</summary>
    public static StateView Elsewhere(Conversation conversation, long through) =>
        new(conversation.Version, HeldBy.Assistant, null, false, null, null, through) { GoesOnElsewhere = true };

    /// <summary>
    /// As the customer sees it: that a person is awaited and until when, not how the assistant judged them, and nothing of one who was called for what
    /// somebody else may have written.
    /// </summary>
    public static StateView ForCustomer(Conversation conversation)
    {
        var state = ForOperator(conversation.Escalation is { IsAnothers: true } ? conversation with { Escalation = null } : conversation);
        return state with
        {
            Ticket = conversation.CurrentTicket is { } ticket && conversation.KnowsOf(ticket) ? TicketView.ForCustomer(ticket) : null,
            Escalation = state.Escalation is { } escalation ? escalation with { Reason = null, Urgency = null } : null,
        };
    }

    /// <summary>As a program sees it that acts for an operator: what may be another's, who was parted from this customer, is left to people.</summary>
    public static StateView ForProgram(Conversation conversation) =>
        ForOperator(conversation with { Tickets = conversation.Tickets.RemoveAll(ticket => ticket.MayBeAnothers) });

    /// <summary>As operators see it.</summary>
    public static StateView ForOperator(Conversation conversation) => new(
        conversation.Version,
        conversation switch { { Handoff: not null } => HeldBy.Operator, { Escalation: not null } => HeldBy.Waiting, _ => HeldBy.Assistant },
        conversation.Handoff?.By.Name,
        conversation.Exchange is not null,
        // What is still open of another's, who was parted from this customer, or was opened by an operator, is for operators to settle.
        (conversation.CurrentTicket ?? conversation.Tickets.LastOrDefault()) is { } ticket ? TicketView.ForOperator(ticket) : null,
        conversation.Escalation is { } escalation ? new(escalation.Reason, escalation.Urgency, escalation.RaisedAt, escalation.AckDue) : null,
        conversation.LastSequence);
}

/// <summary>That a person is awaited.</summary>
internal sealed record EscalationState(EscalationReason? Reason, Urgency? Urgency, DateTimeOffset At, DateTimeOffset? AnswerExpected);

/// <summary>A ticket as its customer and operators see it.</summary>
internal sealed record TicketView(
    string Id, TicketStatus Status, string Subject, TicketCategory Category, TicketPriority Priority, DateTimeOffset OpenedAt,
    DateTimeOffset? FirstResponseDue, DateTimeOffset? FirstResponseAt, DateTimeOffset? ResolvedAt, string? ResolutionNotes)
{
    /// <summary>As the customer sees it: resolution notes are the team's own.</summary>
    public static TicketView ForCustomer(Ticket ticket) => ForOperator(ticket) with { ResolutionNotes = null };

    /// <summary>As operators see it.</summary>
    public static TicketView ForOperator(Ticket ticket) => new(
        ticket.Id.Value, ticket.Status, ticket.Subject, ticket.Category, ticket.Priority, ticket.OpenedAt,
        ticket.FirstResponseDue, ticket.FirstResponseAt, ticket.Resolution?.At, ticket.Resolution?.Notes);
}

/// <summary>A message as its readers see it.</summary>
internal sealed record MessageView(
    long Sequence, string Id, ActorKind Author, MessageKind Kind, string? Name, DateTimeOffset At, string Text, Channel Channel,
    ImmutableArray<CitationView> Citations, string? Footer, double? Sentiment, string? TicketId, Notice? Notice, string? Rule)
{
    /// <summary>What came with it; operators only, null for nothing.</summary>
    public ImmutableArray<AttachmentView>? Attachments { get; init; }

    /// <summary>What became of it by channels that tell; operators only, null for nothing.</summary>
    public ImmutableArray<DeliveryView>? Deliveries { get; init; }

    /// <summary>True where nobody vouches for the sender's address, so that it may be forged; operators only, null otherwise.</summary>
    public bool? IsUnproved { get; init; }

    /// <summary>What the customer said last of an answer: whether it helped. Only where a whole conversation is read; null where nothing was said.</summary>
    public bool? Helpful { get; init; }

    /// <summary>As the customer sees it: no sentiment, no rule.</summary>
    public static MessageView ForCustomer(Message message) => ForOperator(message) with { Sentiment = null, Rule = null };

    /// <summary>As operators see it.</summary>
    public static MessageView ForOperator(Message message) => new(
        message.Sequence, message.Id.ToString(), message.Author.Kind, message.Kind, message.Author.Operator?.Name, message.At, message.Text, message.Channel,
        [.. message.Citations.Select(CitationView.Of)], message.Footer, message.Sentiment, message.TicketId?.Value, message.Notice, message.Rule);
}

/// <summary>A source as shown with an answer.</summary>
internal sealed record CitationView(string DocumentId, string Title, string Heading, string Quote, DateTimeOffset VersionDate, string? Url)
{
    public static CitationView Of(Citation citation) =>
        new(citation.DocumentId, citation.Title, citation.Heading, citation.Quote, citation.VersionDate, citation.Url);
}

/// <summary>How the conversation stands now.</summary>
internal sealed record StateResponse(StateView State);
