using System.Text.Json;
using FteAgent.Answering;
using FteAgent.Events;
using FteAgent.Operators;
using FteAgent.Tickets;

namespace FteAgent.Conversations;

/// <summary>The need for a person: raised once, made more urgent while nobody takes it, ended by a person.</summary>
internal static class Escalations
{
    /// <summary>The button that reaches a person.</summary>
    public const string ButtonRule = "A5.button";

    /// <summary>Whoever had the conversation left the customer without an answer.</summary>
    private const string HolderRule = "T4.holder_silent";

    /// <summary>How often an escalation that nobody takes is brought up again.</summary>
    private const int ReminderLimit = 12;

    /// <summary>
    /// After these an answer to another question is welcome while the person is awaited; after the others (a breach, a threat, a
    /// wish for a person) a bot's voice is not.
    /// </summary>
    public static bool AssistantStillHelps(EscalationReason reason) => reason is
        EscalationReason.PricingInquiry or EscalationReason.RefundRequest or EscalationReason.BillingDispute or EscalationReason.AccountChange
        or EscalationReason.NoEvidence or EscalationReason.Engineering or EscalationReason.Competitor or EscalationReason.Policy
        or EscalationReason.ServiceUnavailable;

    /// <summary>
    /// Whether a further reason changes what operators should know: it is more urgent, it asks the assistant to be silent, or it is the customer's own
    /// where a person was called for what somebody else may have written.
    /// </summary>
    public static bool Outweighs(string rule, EscalationReason reason, Urgency urgency, Escalation open) =>
        urgency > open.Urgency || (AssistantStillHelps(open.Reason) && !AssistantStillHelps(reason)) || (open.IsAnothers && !Intake.IsUntold(rule));

    /// <summary>Asks for a person and says so. When one is awaited already it only gets more urgent, and nothing is said twice.</summary>
    /// <param name="edit">The command's changes.</param>
    /// <param name="reason">Why.</param>
    /// <param name="rule">The rule that decided it.</param>
    /// <param name="urgency">How soon.</param>
    /// <param name="by">Who asks.</param>
    /// <param name="tells">Whether the customer is told; not where they cannot be reached, or a machine would answer.</param>
    public static void Escalate(this ConversationEdit edit, EscalationReason reason, string rule, Urgency urgency, Actor by, bool tells = true)
    {
        var due = edit.Context.Hours.Add(edit.Now, edit.Context.Options.Acknowledge);
        if (edit.Conversation.Escalation is { } open)
        {
            if (Outweighs(rule, reason, urgency, open))
            {
                // What was promised for another's words, or is brought up no more, says nothing of when these are looked at.
                var isAnew = open.IsAnothers || open.IsForgotten;
                edit.Put(open with
                {
                    Reason = reason,
                    Rule = rule,
                    Urgency = urgency > open.Urgency ? urgency : open.Urgency,
                    Route = edit.Context.Rules.RouteOf(reason),
                    Summary = EscalationSummary.Of(new(rule, reason, urgency), ExchangeReading.ReadLatest(edit.Conversation)),
                    AckDue = isAnew ? due : open.AckDue,
                    Reminders = isAnew ? 0 : open.Reminders,
                });
                // They have not heard of anybody's being called so far.
                if (tells && open.IsAnothers)
                    edit.Tell(reason, rule, due);
                if (open.IsAnothers)
                    edit.Await();
                edit.Notify();
            }
            else if (open.IsForgotten)
            {
                // No reminder will say that something more waits.
                edit.Notify();
            }

            return;
        }

        // The customer is shown what a matter is called, and may not have asked for anybody.
        var ticket = Escalation.IsOfAnother(rule) ? edit.TicketToLookAt() : edit.TicketForPerson();
        edit.Put(new Escalation(
            Guid.CreateVersion7(edit.Now), ticket.Id, reason, rule, urgency, edit.Context.Rules.RouteOf(reason),
            EscalationSummary.Of(new(rule, reason, urgency), ExchangeReading.ReadLatest(edit.Conversation)), by, edit.Now, due));
        if (tells)
            edit.Tell(reason, rule, due);
        // What the customer asked themselves is not answered by it, and waits for nobody.
        if (!Escalation.IsOfAnother(rule))
            edit.Await();
        edit.Notify();
    }

    /// <summary>The customer's own wish, which outweighs whatever a person was awaited for. A draft in the making is dropped; pressed twice it is one wish.</summary>
    public static void AskForPerson(this ConversationEdit edit)
    {
        // One who was brought up again in vain is awaited by nobody but the customer.
        if (edit.Conversation is { Exchange: null, Escalation: { IsForgotten: false } awaited } && !AssistantStillHelps(awaited.Reason))
            return;
        var already = edit.Conversation.Escalation;
        edit.Drop();
        edit.Escalate(EscalationReason.PersonRequested, ButtonRule, Urgency.Normal, Actor.Customer);
        if (already is { IsAnothers: false } && edit.Conversation.Escalation is { AckDue: var due })
            edit.Tell(EscalationReason.PersonRequested, ButtonRule, due ?? edit.Now);
    }

    /// <summary>An operator has taken it.</summary>
    public static void Acknowledge(this ConversationEdit edit, Operator by)
    {
        if (edit.Conversation.Escalation is { AcknowledgedAt: null } open)
            edit.Put(open with { AcknowledgedBy = by, AcknowledgedAt = edit.Now, AckDue = null });
    }

    /// <summary>Nobody took it in time: the urgency rises, the customer is told if they know of it, operators are told again.</summary>
    public static void Remind(this ConversationEdit edit) =>
        // Once is honest, every quarter of an hour would be a nuisance.
        edit.Remind(tells: edit.Conversation.Escalation!.Reminders == 0);

    /// <summary>Whoever had taken it is gone: it waits again, more urgent, or is raised anew where none was open.</summary>
    /// <param name="edit">The command's changes.</param>
    /// <param name="kept">
    /// The rule by which a message was kept for whoever had it, where that alone waits for them; null where the customer does, who is told each time.
    /// </param>
    public static void CallAgain(this ConversationEdit edit, string? kept = null)
    {
        if (edit.Conversation.Escalation is { } open)
        {
            // Whoever left them waiting left the customer's own words waiting: nothing else asks for an answer of theirs.
            var rule = kept is null && open.IsAnothers ? HolderRule : open.Rule;
            edit.Put(open with { Rule = rule, Reminders = 0, AcknowledgedBy = null, AcknowledgedAt = null });
            edit.Remind(tells: kept is null);
        }
        else if (kept is null)
        {
            edit.Escalate(EscalationReason.PersonRequested, HolderRule, Urgency.High, Actor.System);
        }
        else
        {
            edit.TicketToLookAt();
            edit.Escalate(EscalationReason.ServiceUnavailable, kept, Urgency.High, Actor.System, tells: false);
        }

        var isTheirs = !edit.Conversation.Escalation!.IsAnothers;
        foreach (var ticket in edit.Conversation.Tickets)
            if (isTheirs || ticket.Status is TicketStatus.InProgress)
                edit.Put(ticket with { Status = isTheirs ? TicketStatus.Escalated : ticket.WithoutPerson() });
    }

    /// <summary>It is over.</summary>
    public static void EndEscalation(this ConversationEdit edit)
    {
        if (edit.Conversation.Escalation is { } open)
            edit.Put(open with { EndedAt = edit.Now, AckDue = null });
    }

    private static void Remind(this ConversationEdit edit, bool tells)
    {
        var open = edit.Conversation.Escalation!;
        var due = edit.Context.Hours.Add(edit.Now, edit.Context.Options.Acknowledge);
        edit.Put(open with
        {
            Reminders = open.Reminders + 1,
            Urgency = open.Urgency < Urgency.Urgent ? open.Urgency + 1 : Urgency.Urgent,
            AckDue = open.Reminders + 1 < ReminderLimit ? due : null,
        });
        if (tells && !Intake.IsUntold(open.Rule))
            edit.Say(Actor.System, MessageKind.Notice, Wording.StillWaiting(edit.Context.Hours, edit.Now, due), Notice.AnswerExpected);
        edit.Notify();
    }

    /// <summary>What is open waits for a person.</summary>
    private static void Await(this ConversationEdit edit)
    {
        edit.Answered(TicketStatus.Escalated);
        foreach (var escalated in edit.Conversation.Tickets)
            edit.Put(escalated with { EscalatedAt = escalated.EscalatedAt ?? edit.Now });
    }

    private static void Tell(this ConversationEdit edit, EscalationReason reason, string rule, DateTimeOffset due) =>
        edit.Say(Actor.Assistant, MessageKind.Text, edit.WithEarlierContact(Wording.Escalated(reason, edit.Context.Hours, edit.Now, due)), Notice.Escalated,
            message => message with { Rule = rule, Exchange = edit.Conversation.Exchange?.Id });

    private static void Notify(this ConversationEdit edit)
    {
        if (edit.Conversation.Escalation is not { } escalation)
            return;
        if (edit.Context.Roads.Publishes)
            edit.Publish(new(
                PublishedEvent.EscalationRaised, edit.Conversation.Customer.ToString(), escalation.TicketId.Value, edit.Now,
                EscalationId: escalation.Id, Reason: escalation.Reason, Urgency: escalation.Urgency, Route: escalation.Route, Summary: escalation.Summary));
        if (!edit.Context.Roads.NotifiesEscalations)
            return;
        var notice = new EscalationNotice(
            escalation.Id, edit.Conversation.Customer.ToString(), escalation.TicketId.Value, edit.Conversation.CurrentTicket?.Subject ?? "",
            escalation.Reason, escalation.Urgency, escalation.Route, escalation.Summary, escalation.RaisedAt, escalation.Reminders);
        edit.Send(Guid.CreateVersion7(edit.Now), EscalationNotice.Destination, JsonSerializer.Serialize(notice, EscalationNotice.Json));
    }
}
