using FteAgent.Answering;
using FteAgent.Api.Live;
using FteAgent.Conversations;
using FteAgent.Customers;
using FteAgent.Texts;

namespace FteAgent.Api.Inbox;

/// <summary>A page of the inbox.</summary>
internal sealed record InboxResponse(InboxItemView[] Conversations, string? Cursor);

/// <summary>A conversation in the inbox.</summary>
internal sealed record InboxItemView(
    string Id, CustomerSummary Customer, StateView State, string Subject, LastMessageView? LastMessage, double? Sentiment, DateTimeOffset? WaitingSince, DateTimeOffset? AckDue)
{
    private const int PreviewLength = 160;

    public static InboxItemView Of(InboxItem item)
    {
        var conversation = item.Conversation;
        var state = StateView.ForOperator(conversation);
        return new(
            item.Customer.Id.ToString(),
            CustomerSummary.Of(item.Customer),
            state,
            state.Ticket?.Subject ?? "",
            conversation.Recent is [.., var last] ? new(last.At, last.Author.Kind, last.Channel, SafeCut.At(last.Text, PreviewLength)) : null,
            item.LastSentiment,
            conversation.Escalation is { AcknowledgedAt: null } waiting ? waiting.RaisedAt : null,
            conversation.Escalation?.AckDue);
    }
}

/// <summary>A customer, in short.</summary>
/// <param name="Id">Their id.</param>
/// <param name="Name">How they want to be called; empty when unknown.</param>
/// <param name="Email">An email address of theirs, a proved one before others.</param>
/// <param name="Phone">A phone number of theirs in E.164 form, a proved one before others.</param>
internal sealed record CustomerSummary(string Id, string Name, string? Email, string? Phone)
{
    public static CustomerSummary Of(Customer customer) => new(customer.Id.ToString(), customer.Name, customer.Email, customer.Phone);
}

/// <summary>The last message that both sides see, in short.</summary>
/// <param name="At">When it was written.</param>
/// <param name="Author">By whom.</param>
/// <param name="Channel">By which channel it came or went.</param>
/// <param name="Text">Its first 160 characters.</param>
internal sealed record LastMessageView(DateTimeOffset At, ActorKind Author, Channel Channel, string Text);

/// <summary>A conversation with everything that operators may see.</summary>
/// <param name="Id">The customer's id.</param>
/// <param name="Customer">Whose it is.</param>
/// <param name="State">How it stands.</param>
/// <param name="Messages">The latest messages, oldest first.</param>
/// <param name="Tickets">All tickets of the person, those of conversations that were merged into this one among them, latest first.</param>
/// <param name="Escalations">This conversation's escalations.</param>
/// <param name="Earlier">What was said in conversations that were merged into this one, oldest first; their places are their own.</param>
internal sealed record OperatorConversation(
    string Id, CustomerView Customer, StateView State, MessageView[] Messages, TicketView[] Tickets, EscalationView[] Escalations, MessageView[]? Earlier);

/// <summary>A customer with the ways to recognise them.</summary>
internal sealed record CustomerView(
    string Id, string Name, string? Email, string? Phone, CustomerIdentifierView[] Identifiers, DateTimeOffset CreatedAt, DateTimeOffset LastSeenAt, string? MergedInto)
{
    // A web session is a secret's hash: it says nothing to an operator.
    public static CustomerView Of(Customer customer) => new(
        customer.Id.ToString(), customer.Name, customer.Email, customer.Phone,
        [.. customer.Identifiers.Where(i => i.Kind != IdentifierKind.WebSession).Select(i => new CustomerIdentifierView(i.Kind, i.Value, i.Proved))],
        customer.CreatedAt, customer.LastSeenAt, customer.MergedInto?.ToString());
}

/// <summary>An address or mark, and whether it was proved.</summary>
internal sealed record CustomerIdentifierView(IdentifierKind Kind, string Value, bool Proved);

/// <summary>An escalation as operators see it.</summary>
internal sealed record EscalationView(
    Guid Id, string TicketId, EscalationReason Reason, string Rule, Urgency Urgency, string Route, string Summary, DateTimeOffset At,
    DateTimeOffset? AckDue, int Reminders, string? AcknowledgedBy, DateTimeOffset? AcknowledgedAt, DateTimeOffset? EndedAt)
{
    public static EscalationView Of(Escalation escalation) => new(
        escalation.Id, escalation.TicketId.Value, escalation.Reason, escalation.Rule, escalation.Urgency, escalation.Route, escalation.Summary,
        escalation.RaisedAt, escalation.AckDue, escalation.Reminders, escalation.AcknowledgedBy?.Name, escalation.AcknowledgedAt, escalation.EndedAt);
}


/// <summary>Something was written.</summary>
internal sealed record WrittenResponse(string? MessageId, long Sequence);

/// <summary>Words to the customer, or a note.</summary>
/// <param name="Text">1 to 10,000 characters (a note: 5,000).</param>
internal sealed record TextRequest(string? Text);

/// <summary>A settlement.</summary>
/// <param name="Notes">What was done; at most 5,000 characters.</param>
internal sealed record ResolutionRequest(string? Notes);
