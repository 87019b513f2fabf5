using System.Collections.Immutable;
using FteAgent.Tickets;

namespace FteAgent.Conversations;

/// <summary>
/// One command's changes in the making: starts from the conversation as committed, collects what the abilities
/// (<see cref="Intake"/>, <see cref="Exchanges"/>, <see cref="Escalations"/>, <see cref="Handoffs"/>, <see cref="Matters"/>) decide,
/// and ends as one value for one commit. Nothing here waits or writes.
/// </summary>
internal sealed class ConversationEdit
{
    private readonly Conversation before;
    private readonly DateTimeOffset now;
    private readonly ConversationContext context;
    private readonly string? trace;
    private readonly ImmutableArray<Message>.Builder messages = ImmutableArray.CreateBuilder<Message>();
    private readonly List<Ticket> tickets = [];
    private readonly List<Escalation> escalations = [];
    private readonly ImmutableArray<OutboxItem>.Builder outbox = ImmutableArray.CreateBuilder<OutboxItem>();

    public ConversationEdit(Conversation before, DateTimeOffset now, ConversationContext context, string? trace = null)
    {
        this.before = before;
        this.now = now;
        this.context = context;
        this.trace = trace;
        Conversation = before;
    }

    /// <summary>The conversation as it will stand after the commit.</summary>
    public Conversation Conversation { get; private set; }

    /// <summary>The instant of the decision.</summary>
    public DateTimeOffset Now => now;

    /// <summary>The settings and rules that the decision goes by.</summary>
    public ConversationContext Context => context;

    /// <summary>Where in a trace this is decided, for what goes on from it; null while none are taken.</summary>
    public string? Trace => trace;

    /// <summary>Whether there is anything to commit.</summary>
    public bool IsEmpty => ReferenceEquals(Conversation, before) && messages.Count == 0 && tickets.Count == 0 && escalations.Count == 0 && outbox.Count == 0;

    public void Set(Conversation conversation) => Conversation = conversation;

    /// <summary>Adds a message at the end of the conversation.</summary>
    public Message Say(Func<long, Message> write)
    {
        var message = write(Conversation.LastSequence + 1);
        messages.Add(message);
        var recent = Conversation.Recent.Add(message);
        // What is still to be decided stays at hand.
        var keep = Math.Clamp(message.Sequence - Conversation.DecidedThrough, Conversation.RecentLimit, Conversation.UndecidedLimit);
        if (recent.Length > keep)
            recent = recent.RemoveRange(0, recent.Length - (int)keep);
        Conversation = Conversation with { LastSequence = message.Sequence, Recent = recent };
        return message;
    }

    /// <summary>Adds a message of the product's or an operator's side, on the channel the customer last used.</summary>
    public Message Say(Actor author, MessageKind kind, string text, Notice? notice = null, Func<Message, Message>? with = null) =>
        Say(sequence =>
        {
            var message = new Message(
                MessageId.Mint(context.Time), sequence, author, kind, text, now, LastChannel, Conversation.CurrentTicket?.Id, [], Notice: notice);
            return with is null ? message : with(message);
        });

    /// <summary>Adds or replaces a ticket; one that is closed leaves the conversation and stays in the record.</summary>
    public void Put(Ticket ticket)
    {
        tickets.RemoveAll(t => t.Id == ticket.Id);
        tickets.Add(ticket);
        var at = Conversation.Tickets.Select((t, i) => (t.Id, Index: i)).Where(t => t.Id == ticket.Id).Select(t => (int?)t.Index).FirstOrDefault();
        Conversation = Conversation with
        {
            Tickets = (ticket.Status, at) switch
            {
                (TicketStatus.Closed, null) => Conversation.Tickets,
                (TicketStatus.Closed, { } index) => Conversation.Tickets.RemoveAt(index),
                (_, null) => Conversation.Tickets.Add(ticket),
                (_, { } index) => Conversation.Tickets.SetItem(index, ticket),
            },
        };
    }

    /// <summary>Raises, changes or ends the escalation; an ended one leaves the conversation and stays in the record.</summary>
    public void Put(Escalation escalation)
    {
        escalations.RemoveAll(e => e.Id == escalation.Id);
        escalations.Add(escalation);
        Conversation = Conversation with { Escalation = escalation.EndedAt is null ? escalation : null };
    }

    /// <summary>Adds something to send, under an id that never changes.</summary>
    public void Send(Guid id, string destination, string payload, TimeSpan wait = default) =>
        outbox.Add(new OutboxItem(id, Conversation.Customer, destination, 0, payload, now, Trace: trace, Wait: wait));

    public ConversationChanges ToChanges(CommandId command)
    {
        this.SendOut(messages);
        Conversation = Conversation with { Version = before.Version + 1 };
        return new(command, before.Version, now, Conversation, messages.ToImmutable(), [.. tickets], [.. escalations], outbox.ToImmutable());
    }

    /// <summary>
    /// Where what is said goes: not after a message that was only kept for a person, nor after one that may be another's who was parted, since its
    /// writer may be somebody else. Where many such have taken all others out of hand, where the matter was opened.
    /// </summary>
    public Channel LastChannel
    {
        get
        {
            for (var i = Conversation.Recent.Length - 1; i >= 0; i--)
                if (Conversation.Recent[i] is { Author.Kind: ActorKind.Customer, Rule: null } said && !Conversation.IsHidden(said.Sequence))
                    return Conversation.Recent[i].Channel;
            return Conversation.CurrentTicket?.Channel ?? Channel.Web;
        }
    }
}
