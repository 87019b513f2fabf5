using FteAgent.Answering;
using FteAgent.Answering.Rules;
using FteAgent.Operators;
using FteAgent.Texts;
using FteAgent.Tickets;

namespace FteAgent.Conversations;

/// <summary>The tickets of a conversation: one for each matter, opened before any reply, settled only when verified.</summary>
internal static class Matters
{
    private const int SubjectLimit = 200;

    /// <summary>How many matters a conversation may have open before an operator can open no further one. The whole conversation is held in memory.</summary>
    public const int OpenLimit = 100;

    /// <summary>A form opens a matter of its own; a chat message goes on with the current one, or reopens it when it was resolved.</summary>
    public static Ticket TicketFor(this ConversationEdit edit, IncomingMessage incoming, string text)
    {
        if (incoming.Form is null && edit.Conversation.CurrentTicket is { IsToLookAt: false } current)
            return current;
        var ticket = new Ticket(
            incoming.TicketId,
            Shorten(SafeText.Clean(incoming.Form?.Subject ?? incoming.Subject ?? text)),
            TicketStatus.Open,
            incoming.Form?.Category ?? TicketCategory.General,
            incoming.Form?.Priority ?? TicketPriority.Medium,
            incoming.Channel,
            incoming.ReceivedAt,
            incoming.ReceivedAt + edit.Context.Options.FirstResponseBy(incoming.Channel));
        edit.Put(ticket);
        return ticket;
    }

    /// <summary>Whether a form that is sent again says what this ticket says; a chat message says nothing of it.</summary>
    public static bool Fits(this Ticket ticket, SupportForm? form) =>
        form is null || (ticket.Subject == Shorten(SafeText.Clean(form.Subject)) && ticket.Category == form.Category && ticket.Priority == form.Priority);

    /// <summary>The current matter, or a new one where a person is asked for and nothing is open.</summary>
    public static Ticket TicketForPerson(this ConversationEdit edit, string subject = "Asked for a person")
    {
        if (edit.Conversation.CurrentTicket is { IsToLookAt: false } current)
            return current;
        var ticket = new Ticket(
            TicketId.Mint(edit.Context.Time), subject, TicketStatus.Open, TicketCategory.General, TicketPriority.Medium,
            edit.LastChannel, edit.Now, edit.Now + edit.Context.Options.FirstResponse);
        edit.Put(ticket);
        return ticket;
    }

    /// <summary>The current matter, or a new one where a person is to look at what somebody wrote: it waits for that person, and promises nobody an answer.</summary>
    public static Ticket TicketToLookAt(this ConversationEdit edit)
    {
        if (edit.Conversation.CurrentTicket is { } current)
            return current;
        var ticket = edit.TicketForPerson(Ticket.ToLookAt) with { Status = TicketStatus.Escalated, EscalatedAt = edit.Now, FirstResponseDue = null };
        edit.Put(ticket);
        return ticket;
    }

    /// <summary>A matter that an operator opens, before its conversation says when and where.</summary>
    public static Ticket OfOperator(TicketId id, string subject, TicketCategory category, TicketPriority priority) =>
        new(id, Shorten(SafeText.Clean(subject)), TicketStatus.Open, category, priority, Channel.Web, default, null) { OpenedByOperator = true };

    /// <summary>
    /// An operator opens a matter of their own, and a note says so. The customer can read what it is called, so a program calls it nothing that it may
    /// not say. It promises no first answer, since nobody has asked; that a person took part in it is noted, so it never counts as settled by the
    /// assistant alone.
    /// </summary>
    public static ActOutcome OpenTicket(this ConversationEdit edit, CommandId command, Operator by, Ticket ticket, string words, out string? broken)
    {
        broken = null;
        if (edit.Conversation.Tickets.Length >= OpenLimit)
            return ActOutcome.TooMany;
        broken = edit.Context.Rules.Naming(ticket.Subject, ExchangeReading.ReadLatest(edit.Conversation))?.RuleId;
        if (broken is not null)
            return ActOutcome.AgainstRules;
        edit.Put(ticket with
        {
            Status = edit.Conversation.Handoff is null ? TicketStatus.Open : TicketStatus.InProgress,
            Channel = edit.LastChannel,
            OpenedAt = edit.Now,
            EscalatedAt = edit.Now,
        });
        edit.Say(Actor.Of(by), MessageKind.Note, words, with: message => message with { Id = new(command.Value), TicketId = ticket.Id });
        return ActOutcome.Done;
    }

    /// <summary>
    /// An answer was given: the first-response clock stops, and it is the customer's turn. A matter that came too late for the exchange is not answered by
    /// it, nor is one that an operator opened. Where a person is called nothing is answered yet: the promise passes to them.
    /// </summary>
    public static void Answered(this ConversationEdit edit, TicketStatus then)
    {
        foreach (var ticket in edit.Conversation.Tickets.Where(ticket => !ticket.OpenedByOperator && edit.IsMeant(ticket)))
            edit.Put(ticket with
            {
                Status = ticket.Status is TicketStatus.Escalated && then is TicketStatus.Waiting && edit.Conversation.Escalation is not null ? ticket.Status : then,
                FirstResponseAt = then is TicketStatus.Escalated ? ticket.FirstResponseAt : ticket.FirstResponseAt ?? edit.Now,
                FirstResponseDue = null,
                Resolution = null,
            });
        edit.Set(edit.Conversation with
        {
            QuietCloseAt = then is TicketStatus.Waiting && edit.Conversation.Escalation is null ? edit.Now + edit.Context.Options.QuietClose : null,
        });
    }

    /// <summary>An operator gives the conversation back. Only what they wrote was an answer; the promise of one has passed to them and ends here.</summary>
    public static void PassBack(this ConversationEdit edit)
    {
        foreach (var ticket in edit.Conversation.Tickets)
            edit.Put(ticket with { Status = ticket.WithoutPerson(), FirstResponseDue = null });
        edit.Set(edit.Conversation with { QuietCloseAt = edit.Now + edit.Context.Options.QuietClose });
    }

    /// <summary>An operator settles everything that is open; silence or the customer's word will verify it.</summary>
    public static void ResolveAll(this ConversationEdit edit, Actor by, string notes)
    {
        foreach (var ticket in edit.Conversation.Tickets)
            edit.Put(ticket with
            {
                Status = TicketStatus.Resolved,
                // Of what an operator opened nobody has asked for an answer.
                FirstResponseAt = ticket.OpenedByOperator ? ticket.FirstResponseAt : ticket.FirstResponseAt ?? edit.Now,
                FirstResponseDue = null,
                Resolution = new(by, edit.Now, notes),
            });
        edit.Set(edit.Conversation with { QuietCloseAt = edit.Now + edit.Context.Options.QuietClose });
    }

    /// <summary>The customer wrote again about a matter that an operator called resolved: it is open again.</summary>
    public static void ReopenResolved(this ConversationEdit edit)
    {
        foreach (var ticket in edit.Conversation.Tickets)
            if (ticket is { Status: TicketStatus.Resolved, OpenedByOperator: false })
                edit.Put(ticket with { Status = TicketStatus.Open, Resolution = null });
    }

    /// <summary>The customer says that it is solved: that is the matter answered last. Others go on waiting for their own word or silence.</summary>
    public static void Confirm(this ConversationEdit edit)
    {
        if (edit.Conversation.Tickets.LastOrDefault(CanBeConfirmed) is { } solved)
            edit.Close(solved, Verification.CustomerConfirmed);
        var isLeft = edit.Conversation.Tickets.Any(ticket => !ticket.IsLeftToPerson);
        edit.Set(edit.Conversation with { QuietCloseAt = isLeft ? edit.Now + edit.Context.Options.QuietClose : null });
    }

    /// <summary>Whether the customer's word can settle it: it is theirs, and was answered or in a person's hands.</summary>
    public static bool CanBeConfirmed(this Ticket ticket) =>
        ticket is { MayBeAnothers: false, OpenedByOperator: false }
        && (ticket.FirstResponseAt is not null || ticket is { EscalatedAt: not null, IsToLookAt: false });

    /// <summary>Where it stands when no person has it any more: it is the customer's turn, except in what only a person can settle.</summary>
    public static TicketStatus WithoutPerson(this Ticket ticket) => ticket.IsLeftToPerson ? TicketStatus.Open : TicketStatus.Waiting;

    /// <summary>Closes a matter for good. Without a verification it counts as closed, not as resolved.</summary>
    private static void Close(this ConversationEdit edit, Ticket ticket, Verification? verifiedBy)
    {
        var resolution = ticket.Resolution ?? new Resolution(Actor.Assistant, edit.Now, "");
        edit.Put(ticket with
        {
            Status = TicketStatus.Closed,
            ClosedAt = edit.Now,
            FirstResponseDue = null,
            Resolution = verifiedBy is null ? ticket.Resolution : resolution with { VerifiedBy = verifiedBy, VerifiedAt = edit.Now },
        });
    }

    /// <summary>
    /// The set time has passed without a word. Silence verifies a resolution only when the customer did not leave in anger, and says nothing of what is
    /// left to a person.
    /// </summary>
    public static void CloseQuiet(this ConversationEdit edit)
    {
        var quiet = edit.Conversation.Tickets.RemoveAll(ticket => ticket.IsLeftToPerson);
        var lastWords = edit.Conversation.Recent.LastOrDefault(m => m.Sentiment is not null);
        var content = lastWords?.Sentiment is not < EscalationPolicy.AlwaysUnhappyBelow;
        var answered = edit.Conversation.Recent.LastOrDefault(m => m.Kind is MessageKind.Text)?.Author.Kind is not ActorKind.Customer;
        // What the customer does not know of is closed without a word to them.
        var isUntold = quiet.Length > 0 && !quiet.Any(edit.Conversation.KnowsOf);
        foreach (var ticket in quiet)
            edit.Close(ticket, content && answered && edit.WasHelped(ticket) ? Verification.Quiet : null);
        edit.Set(edit.Conversation with { QuietCloseAt = null });
        if (quiet.IsEmpty && !edit.Conversation.Tickets.IsEmpty)
            return;
        if (isUntold)
            edit.Say(Actor.System, MessageKind.Note, Wording.Closed);
        else
            edit.Say(Actor.System, MessageKind.Notice, Wording.Closed, Notice.Closed);
    }

    /// <summary>An answer with a source, an operator's words, or an operator's resolution: a greeting helps nobody.</summary>
    private static bool WasHelped(this ConversationEdit edit, Ticket ticket) =>
        ticket.Resolution is not null
        || edit.Conversation.Recent.Any(m => m.TicketId == ticket.Id && m.Kind is MessageKind.Text
            && (m.Author.Kind is ActorKind.Operator || (m.Author.Kind is ActorKind.Assistant && m.Citations.Length > 0)));

    private static bool IsMeant(this ConversationEdit edit, Ticket ticket) =>
        edit.Conversation.Exchange is not { } exchange
        || !edit.Conversation.Recent.Any(message => message.TicketId == ticket.Id && message.Sequence > exchange.LastSequence && message.IsFromCustomer())
        || edit.Conversation.MessagesOf(exchange).Any(message => message.TicketId == ticket.Id);

    private static string Shorten(string subject)
    {
        var line = subject.ReplaceLineEndings(" ").Trim();
        if (line.Length == 0)
            return "(no text)";
        return line.Length <= SubjectLimit ? line : $"{SafeCut.At(line, SubjectLimit - 1)}…";
    }
}
