using FteAgent.Answering;
using FteAgent.Conversations;
using FteAgent.Operators;
using FteAgent.Testing;
using FteAgent.Tickets;

namespace FteAgent.Record;

/// <summary>Builds one command's changes in domain words, as the conversation's grain would hand them to the record.</summary>
internal sealed class Act(Conversation before, DateTimeOffset now)
{
    private readonly FakeTime clock = new(now);
    private readonly List<Message> messages = [];
    private readonly List<Ticket> tickets = [];
    private readonly List<Escalation> escalations = [];
    private readonly List<OutboxItem> outbox = [];
    private Conversation after = before with { Version = before.Version + 1 };
    private CommandId command = new(Guid.NewGuid());

    public Act By(CommandId id)
    {
        command = id;
        return this;
    }

    /// <summary>All that was said so far is settled.</summary>
    public Act Decides()
    {
        after = after with { DecidedThrough = after.LastSequence };
        return this;
    }

    public Act CustomerSays(string text, string? channelMessageId = null, Channel channel = Channel.Web, double? sentiment = null, DateTimeOffset? at = null) =>
        Says(Actor.Customer, MessageKind.Text, text, m => m with
        {
            Channel = channel,
            ChannelMessageId = channelMessageId,
            Sentiment = sentiment,
            At = at ?? now,
        });

    public Act AssistantSays(string text, params Citation[] citations) =>
        Says(Actor.Assistant, MessageKind.Text, text, m => m with { Citations = [.. citations] });

    public Act OperatorSays(Operator by, string text) => Says(Actor.Of(by), MessageKind.Text, text);

    public Act OperatorNotes(Operator by, string text) => Says(Actor.Of(by), MessageKind.Note, text);

    public Act Says(Message message) => Says(message.Author, message.Kind, message.Text, m => message with { Sequence = m.Sequence });

    public Act Opens(string subject, DateTimeOffset? firstResponseDue = null) =>
        Opens(new Ticket(TicketId.Mint(clock), subject, TicketStatus.Open, TicketCategory.General, TicketPriority.Medium, Channel.Web, now, firstResponseDue));

    public Act Opens(Ticket ticket)
    {
        tickets.Add(ticket);
        after = after with { Tickets = after.Tickets.Add(ticket) };
        return this;
    }

    /// <summary>Changes the current ticket; one that is closed leaves the conversation.</summary>
    public Act Ticket(Func<Ticket, Ticket> change)
    {
        var changed = change(after.CurrentTicket!);
        tickets.RemoveAll(t => t.Id == changed.Id);
        tickets.Add(changed);
        var others = after.Tickets.RemoveAt(after.Tickets.Length - 1);
        after = after with { Tickets = changed.Status == TicketStatus.Closed ? others : others.Add(changed) };
        return this;
    }

    public Act Escalates(EscalationReason reason, Urgency urgency = Urgency.Normal, DateTimeOffset? ackDue = null) =>
        Escalation(new Escalation(
            Guid.CreateVersion7(now), after.CurrentTicket!.Id, reason, "rule-1", urgency, "support", "What happened so far.", Actor.Assistant, now, ackDue));

    public Act Escalation(Escalation escalation)
    {
        escalations.Add(escalation);
        after = after with { Escalation = escalation.EndedAt is null ? escalation : null };
        return this;
    }

    public Act TakenBy(Operator? by)
    {
        after = after with { Handoff = by is null ? null : new(by, now), Epoch = after.Epoch + 1 };
        if (by is not null && after.Escalation is { } open)
            Escalation(open with { AcknowledgedBy = by, AcknowledgedAt = now, AckDue = null });
        return this;
    }

    public Act OpensExchange(double dueInSeconds = 30, string workedBy = "silo-1", string? trace = null) => Exchange(new(
        ExchangeId.Mint(clock), now, after.LastSequence, after.LastSequence, 0, now.AddSeconds(0.5), now.AddSeconds(dueInSeconds), workedBy, 0, trace));

    public Act Exchange(Exchange? exchange)
    {
        after = after with { Exchange = exchange };
        return this;
    }

    public Act Sends(string destination, string payload = "{}", TimeSpan wait = default, string? trace = null)
    {
        outbox.Add(new(Guid.CreateVersion7(now), after.Customer, destination, 0, payload, now, Trace: trace, Wait: wait));
        return this;
    }

    public Act With(Func<Conversation, Conversation> change)
    {
        after = change(after);
        return this;
    }

    public ConversationChanges Changes() =>
        new(command, before.Version, now, after, [.. messages], [.. tickets], [.. escalations], [.. outbox]);

    private Act Says(Actor author, MessageKind kind, string text, Func<Message, Message>? more = null)
    {
        var message = new Message(MessageId.Mint(clock), after.LastSequence + 1, author, kind, text, now, Channel.Web, after.CurrentTicket?.Id, []);
        message = more?.Invoke(message) ?? message;
        messages.Add(message);
        var recent = after.Recent.Add(message);
        after = after with
        {
            LastSequence = message.Sequence,
            // What is still to be decided stays at hand.
            Recent = recent.Length > Math.Clamp(message.Sequence - after.DecidedThrough, Conversation.RecentLimit, Conversation.UndecidedLimit) ? recent.RemoveAt(0) : recent,
        };
        return this;
    }
}
