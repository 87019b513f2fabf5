using FteAgent.Answering;
using FteAgent.Tickets;

namespace FteAgent.Conversations;

/// <summary>Takes a customer's message into the conversation.</summary>
internal static class Intake
{
    /// <summary>A code, or the wish for one, is answered.</summary>
    public const string LinkRule = "M2.link";

    private const string LoopRule = "C2.loop";

    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan Hour = TimeSpan.FromHours(1);

    /// <summary>Whether a person was called by this rule without the customer's knowing: they asked for nobody, or a machine would answer.</summary>
    public static bool IsUntold(string rule) => Escalation.IsOfAnother(rule) || rule is LoopRule;

    /// <summary>Stores the message under its matter and opens or joins the exchange that will answer it.</summary>
    public static Accepted Accept(this ConversationEdit edit, IncomingMessage incoming)
    {
        if (edit.Conversation.Delivered(incoming) is { } known)
            return Repeated(known, incoming, edit.Context.Options, edit.Conversation.Tickets.FirstOrDefault(ticket => ticket.Id == known.TicketId));

        if (incoming.Linking is { } outcome)
            return edit.Link(incoming, outcome);
        var text = SafeText.Clean(incoming.Text);
        if (incoming.Automatic is IncomingMessage.Loop)
            return edit.KeepForPerson(incoming, Wording.Automatic(IncomingMessage.Loop, text), LoopRule);
        if (incoming.Automatic is { } why)
            return edit.Record(incoming, text, why);
        if (incoming.Unproved)
            return edit.KeepForPerson(incoming, Wording.NotProved(incoming.Channel, incoming.Form is { } form ? $"{SafeText.Clean(form.Subject)}\n{text}" : text), Escalation.UnprovedRule);
        var ticket = edit.TicketFor(incoming, text);
        var message = edit.Say(sequence => new Message(
            incoming.Id, sequence, Actor.Customer, MessageKind.Text, text, incoming.ReceivedAt, incoming.Channel, ticket.Id, [],
            Sentiment: edit.Context.Rules.Sentiment(text), ChannelMessageId: incoming.ChannelMessageId));

        edit.Set(edit.Conversation with { QuietCloseAt = null });
        if (incoming.Loops || edit.IsLoop(message))
            edit.Escalate(EscalationReason.ServiceUnavailable, LoopRule, Urgency.Normal, Actor.System, tells: false);
        else
        {
            edit.CoolDown();
            edit.OpenOrJoin(message);
        }

        return new(AcceptOutcome.Stored, message.Id, message.Sequence, ticket.Id, incoming.ReceivedAt + edit.Context.Options.FirstResponseBy(incoming.Channel));
    }

    /// <summary>What a machine sent is kept for operators, under its own id, and opens nothing.</summary>
    private static Accepted Record(this ConversationEdit edit, IncomingMessage incoming, string text, string why)
    {
        var ticket = edit.Conversation.CurrentTicket?.Id ?? incoming.TicketId;
        var note = edit.Say(sequence => new Message(
            incoming.Id, sequence, Actor.Customer, MessageKind.Note, Wording.Automatic(why, text), incoming.ReceivedAt, incoming.Channel,
            edit.Conversation.CurrentTicket?.Id, [], ChannelMessageId: incoming.ChannelMessageId));
        return new(AcceptOutcome.Stored, note.Id, note.Sequence, ticket, incoming.ReceivedAt);
    }

    /// <summary>
    /// Whether a message was only kept for a person, or stands for one that could not be taken: by a rule whose call the customer does not know of, and for
    /// operators alone.
    /// </summary>
    public static bool IsKept(this Message message) =>
        message is { Author.Kind: ActorKind.Customer or ActorKind.System, Kind: MessageKind.Note, Rule: { } rule } && IsUntold(rule);

    /// <summary>Whether a note stands for what the customer asked of a person without a message that could say so: it bears the rule that calls one.</summary>
    public static bool IsWish(this Message message) =>
        message is { Author.Kind: ActorKind.System, Kind: MessageKind.Note, Rule: { } rule } && !IsUntold(rule);

    /// <summary>
    /// A person may have written it, but nobody is answered by a machine: it is kept for operators alone, under its own id, and one is called unless
    /// somebody has the conversation, who is to see it there in time. The writer is told nothing, no exchange looks at it, and no word of it names a
    /// matter: the customer is shown those. Nor does anybody owe the customer an answer to it.
    /// </summary>
    private static Accepted KeepForPerson(this ConversationEdit edit, IncomingMessage incoming, string words, string rule)
    {
        var isCall = edit.Conversation is { Handoff: null, Escalation: null };
        var ticket = isCall ? edit.TicketToLookAt() : edit.Conversation.CurrentTicket;
        var note = edit.Say(sequence => new Message(
            incoming.Id, sequence, Actor.Customer, MessageKind.Note, words, incoming.ReceivedAt, incoming.Channel, ticket?.Id, [],
            ChannelMessageId: incoming.ChannelMessageId, Rule: rule));
        edit.Set(edit.Conversation with { QuietCloseAt = null });
        if (isCall || edit.Conversation is { Handoff: null, Escalation.IsForgotten: true })
            edit.Escalate(EscalationReason.ServiceUnavailable, rule, Urgency.Normal, Actor.System, tells: false);
        else
            edit.AwaitHolder();
        return new(
            AcceptOutcome.Stored, note.Id, note.Sequence, ticket?.Id ?? incoming.TicketId, incoming.ReceivedAt + edit.Context.Options.FirstResponseBy(incoming.Channel))
        {
            IsForOperators = rule == Escalation.UnprovedRule,
        };
    }

    /// <summary>A code, or the wish for one: that it came is kept, what it was is not; it is answered at once and opens nothing.</summary>
    private static Accepted Link(this ConversationEdit edit, IncomingMessage incoming, LinkOutcome outcome)
    {
        var (conversation, ticket) = (edit.Conversation, edit.Conversation.CurrentTicket?.Id);
        var settled = conversation.DecidedThrough == conversation.LastSequence;
        var step = edit.Say(sequence => new Message(
            incoming.Id, sequence, Actor.Customer, MessageKind.Notice, Wording.Linking, incoming.ReceivedAt, incoming.Channel, ticket, [],
            ChannelMessageId: incoming.ChannelMessageId));
        edit.Say(Actor.Assistant, MessageKind.Text, Wording.Linked(outcome), with: message => message with { Rule = LinkRule });
        if (settled)
            edit.Set(edit.Conversation with { DecidedThrough = edit.Conversation.LastSequence });
        return new(AcceptOutcome.Stored, step.Id, step.Sequence, ticket ?? incoming.TicketId, incoming.ReceivedAt);
    }

    /// <summary>The last wall against two machines that write to each other: beyond so many mails of ours in an hour nothing is answered.</summary>
    private static bool IsLoop(this ConversationEdit edit, Message message) =>
        message.Channel is Channel.Email && edit.Conversation.Recent.Count(m =>
            m.Author.Kind is ActorKind.Assistant && m.Kind is MessageKind.Text && m.Channel is Channel.Email && m.At > edit.Now - Hour) >= edit.Context.Replies.MailsPerHour;

    /// <summary>
    /// The answer to a redelivery: the first delivery's ids, unless other words came under the same id. What was kept as a note is told in words of
    /// ours, and may be judged otherwise by now: its id alone tells that it is the same.
    /// </summary>
    public static Accepted Repeated(Message known, IncomingMessage incoming, ConversationOptions options, Ticket? ticket = null) => new(
        (known.Kind is not MessageKind.Text || (known.Text == SafeText.Clean(incoming.Text) && (ticket is null || ticket.Fits(incoming.Form))), known.Id == incoming.Id) switch
        {
            (false, _) => AcceptOutcome.Conflict,
            // The same delivery, whose call was made again: whoever delivers hears of it for the first time.
            (_, true) => AcceptOutcome.Stored,
            _ => AcceptOutcome.Duplicate,
        },
        known.Id, known.Sequence, known.TicketId ?? incoming.TicketId, known.At + options.FirstResponseBy(known.Channel))
    {
        IsForOperators = known is { Kind: MessageKind.Note, Rule: Escalation.UnprovedRule },
    };

    private static Message? Delivered(this Conversation conversation, IncomingMessage incoming) =>
        conversation.Recent.LastOrDefault(m => m.ChannelMessageId == incoming.ChannelMessageId && m.Channel == incoming.Channel);

    /// <summary>A burst beyond the limit brings one notice a minute; every message is kept and answered.</summary>
    private static void CoolDown(this ConversationEdit edit)
    {
        var conversation = edit.Conversation;
        var since = edit.Now - Minute;
        var lately = conversation.Recent.Count(m => m.Author.Kind == ActorKind.Customer && m.At > since);
        if (lately <= edit.Context.Options.MessagesPerMinute || conversation.CoolDownAt > since || conversation.Handoff is not null)
            return;
        edit.Set(conversation with { CoolDownAt = edit.Now });
        edit.Say(Actor.System, MessageKind.Notice, Wording.CoolDown, Notice.CoolDown);
    }
}
