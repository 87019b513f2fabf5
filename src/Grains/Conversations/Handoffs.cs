using System.Collections.Immutable;
using FteAgent.Answering;
using FteAgent.Operators;
using FteAgent.Tickets;

namespace FteAgent.Conversations;

/// <summary>A person takes the conversation, writes in it, and gives it back. The assistant never talks over them.</summary>
internal static class Handoffs
{
    public static ActOutcome TakeOver(this ConversationEdit edit, Operator by, bool fromHolder = false)
    {
        if (edit.Conversation.Version == 0)
            return ActOutcome.NoConversation;
        if (edit.Conversation.Handoff is { } held && (held.By.Id == by.Id || !fromHolder))
            return held.By.Id == by.Id ? ActOutcome.Done : ActOutcome.HeldByAnother;

        // A reply that the one before owed is owed still, and to the same words.
        if (edit.Conversation.Handoff is null)
            edit.Drop();
        edit.Set(edit.Conversation with { Handoff = new(by, edit.Now, edit.Conversation.Handoff?.ReplyDue), QuietCloseAt = null });
        edit.Acknowledge(by);
        foreach (var ticket in edit.Conversation.Tickets)
            edit.Put(ticket with { Status = TicketStatus.InProgress, EscalatedAt = ticket.EscalatedAt ?? edit.Now });
        edit.Say(Actor.Of(by), MessageKind.Notice, Wording.Claimed(by.Name), Notice.Claimed);
        return ActOutcome.Done;
    }

    /// <summary>
    /// The assistant answers again, from the next message on. What was said before is not answered anew: it was the operator's to
    /// answer, and deciding it again could only bring the same escalation back.
    /// </summary>
    public static ActOutcome HandBack(this ConversationEdit edit, Operator by)
    {
        if (edit.Conversation.Handoff is not { } held)
            return edit.Conversation.Version == 0 ? ActOutcome.NoConversation : ActOutcome.Done;
        if (held.By.Id != by.Id)
            return ActOutcome.HeldByAnother;

        edit.Set(edit.Conversation with { Handoff = null });
        edit.EndEscalation();
        edit.Set(edit.Conversation with { DecidedThrough = edit.Conversation.LastSequence });
        edit.PassBack();
        edit.Say(Actor.Of(by), MessageKind.Notice, Wording.HandedBack, Notice.HandedBack);
        return ActOutcome.Done;
    }

    public static ActOutcome Reply(this ConversationEdit edit, CommandId command, Operator by, string text)
    {
        if (edit.Conversation.Handoff is not { } held)
            return edit.Conversation.Version == 0 ? ActOutcome.NoConversation : ActOutcome.NotHeld;
        if (held.By.Id != by.Id)
            return ActOutcome.HeldByAnother;

        edit.Write(command, held, text, []);
        return ActOutcome.Done;
    }

    /// <summary>
    /// What a program writes in an operator's name. The rules are asked before anything is claimed: words that may not be sent are no reason to silence
    /// the assistant.
    /// </summary>
    public static ActOutcome Answer(this ConversationEdit edit, CommandId command, Operator by, Draft draft, out string? broken)
    {
        broken = null;
        switch (edit.Conversation)
        {
            case { Version: 0 }:
                return ActOutcome.NoConversation;
            case { Handoff: { } held } when held.By.Id != by.Id:
                return ActOutcome.HeldByAnother;
            case { MergedInto: not null, Handoff: null, Escalation: null }:
                return ActOutcome.Merged;
        }

        broken = edit.Context.Rules.After(draft, ExchangeReading.ReadLatest(edit.Conversation))?.RuleId;
        if (broken is not null)
            return ActOutcome.AgainstRules;
        if (edit.Conversation.Handoff is null)
            edit.TakeOver(by);
        edit.Write(command, edit.Conversation.Handoff!, draft.Text, draft.Citations);
        return ActOutcome.Done;
    }

    /// <summary>
    /// The customer wrote to the holder: an answer is promised by business hours, from the first message that waits. So soon the holder should also
    /// have seen what is kept for them.
    /// </summary>
    public static void AwaitHolder(this ConversationEdit edit)
    {
        if (edit.Conversation.Handoff is { ReplyDue: null } held)
            edit.Set(edit.Conversation with { Handoff = held with { ReplyDue = edit.Context.Hours.Add(edit.Now, edit.Context.Options.HolderReplies) } });
    }

    /// <summary>
    /// The holder did not answer in time: people go home. The conversation is free for another operator, who is called. What the
    /// customer wrote to the holder is not answered by the assistant; a new question is treated as while any person is awaited. Where they wrote
    /// nothing, and something is only kept, they hear nothing of it.
    /// </summary>
    public static void Release(this ConversationEdit edit)
    {
        var kept = edit.OnlyKept()?.Rule;
        edit.Set(edit.Conversation with { Handoff = null });
        edit.CallAgain(kept);
    }

    public static ActOutcome AddNote(this ConversationEdit edit, CommandId command, Operator by, string text)
    {
        if (edit.Conversation.Version == 0)
            return ActOutcome.NoConversation;
        // Whoever has it and makes a note of what was kept for them has seen it: to the customer there is nothing to say.
        if (edit.Conversation.Handoff is { } held && held.By.Id == by.Id && edit.OnlyKept() is not null)
            edit.Set(edit.Conversation with { Handoff = held with { ReplyDue = null }, DecidedThrough = edit.Conversation.LastSequence });
        edit.Say(Actor.Of(by), MessageKind.Note, SafeText.Clean(text), with: message => message with { Id = new(command.Value) });
        return ActOutcome.Done;
    }

    public static ActOutcome Resolve(this ConversationEdit edit, Operator by, string notes)
    {
        if (edit.Conversation.Version == 0)
            return ActOutcome.NoConversation;
        if (edit.Conversation.Handoff is { } held && held.By.Id != by.Id)
            return ActOutcome.HeldByAnother;
        if (edit.Conversation.Tickets.All(t => t.Status is TicketStatus.Resolved) && edit.Conversation.Handoff is null)
            return ActOutcome.Done;

        // Whoever was called without the customer's knowing, and did not come in, has settled nothing that the customer knows of, unless a matter of
        // theirs was open beside it.
        var isUntold = edit.Conversation is { Handoff: null, Escalation.IsAnothers: true, Exchange: null }
            && edit.Conversation.Tickets.All(ticket => ticket.Status is TicketStatus.Resolved || ticket.IsToLookAt);
        edit.Drop();
        edit.Acknowledge(by);
        edit.EndEscalation();
        edit.Set(edit.Conversation with { Handoff = null });
        edit.ResolveAll(Actor.Of(by), SafeText.Clean(notes));
        if (isUntold)
            edit.Say(Actor.Of(by), MessageKind.Note, Wording.Resolved(by.Name));
        else
            edit.Say(Actor.Of(by), MessageKind.Notice, Wording.Resolved(by.Name), Notice.Resolved);
        return ActOutcome.Done;
    }

    /// <summary>Whether the customer has asked something of the holder since the holder's last word, in words or without any.</summary>
    public static bool IsHolderAsked(this ConversationEdit edit) =>
        edit.SinceTheHolder().Any(message => message.IsFromCustomer() || message.IsWish());

    /// <summary>The latest message that was kept for the holder, where the customer has asked nothing since the holder's last word.</summary>
    private static Message? OnlyKept(this ConversationEdit edit) =>
        edit.IsHolderAsked() ? null : edit.SinceTheHolder().LastOrDefault(message => message.IsKept());

    /// <summary>The holder's words go to the customer, and answer whatever the customer waited for.</summary>
    private static void Write(this ConversationEdit edit, CommandId command, Handoff held, string text, ImmutableArray<Citation> citations)
    {
        edit.Say(Actor.Of(held.By), MessageKind.Text, SafeText.Clean(text), with: message => message with { Id = new(command.Value), Citations = citations });
        edit.Set(edit.Conversation with { Handoff = held with { ReplyDue = null }, DecidedThrough = edit.Conversation.LastSequence });
        edit.Answered(TicketStatus.InProgress);
    }

    private static IEnumerable<Message> SinceTheHolder(this ConversationEdit edit) =>
        edit.Conversation.Recent.Where(message => message.Sequence > edit.Conversation.DecidedThrough);
}
