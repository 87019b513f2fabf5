using FteAgent.Answering;
using FteAgent.Tickets;

namespace FteAgent.Conversations;

/// <summary>Carries a decision out upon the conversation.</summary>
internal static class Outcome
{
    public static void Apply(this ConversationEdit edit, Decision decision, Draft draft)
    {
        if (decision is Decision.Reply or Decision.Escalate)
            edit.Sort(draft.Matter);
        switch (decision)
        {
            case Decision.Reply reply:
                edit.Answer(reply, draft);
                break;
            case Decision.AskForText ask:
                edit.Say(Actor.Assistant, MessageKind.Text, edit.WithEarlierContact(Wording.AskForText), with: message => edit.Stamp(message, ask.Rule));
                edit.Answered(TicketStatus.Waiting);
                break;
            case Decision.Escalate escalate:
                edit.ReopenResolved();
                if (escalate.Rule is ReplyDecision.PartedRule)
                    edit.Say(Actor.System, MessageKind.Note, Wording.AskedWhileJoined);
                edit.Escalate(escalate.Reason, escalate.Rule, escalate.Urgency, Actor.Assistant);
                break;
            case Decision.Confirm confirm:
                edit.Close(confirm);
                break;
            case Decision.StaySilent { Found: { } found }:
                edit.Say(
                    Actor.Assistant, MessageKind.Note, Wording.FoundWhileAwaited(EscalationSummary.Why(found.Reason), found.Rule),
                    with: message => edit.Stamp(message, found.Rule));
                break;
            case Decision.StaySilent:
                break;
        }
    }

    /// <summary>Where nobody has said what kind of matter it is, the model may. It names no other customer's, and opens none.</summary>
    private static void Sort(this ConversationEdit edit, DraftMatter? matter)
    {
        if (matter is not null && edit.Conversation.CurrentTicket is { Category: TicketCategory.General, Priority: TicketPriority.Medium, IsToLookAt: false } ticket)
            edit.Put(ticket with { Category = matter.Category, Priority = matter.Priority });
    }

    private static void Answer(this ConversationEdit edit, Decision.Reply reply, Draft draft)
    {
        edit.ReopenResolved();
        // Small talk needs no preface.
        var text = reply.Citations.Length > 0 ? edit.WithEarlierContact(reply.Text) : reply.Text;
        edit.Say(Actor.Assistant, MessageKind.Text, text, with: message => edit.Stamp(message, reply.Rule) with
        {
            Citations = reply.Citations,
            Footer = reply.Footer,
            Model = draft.Model.Length > 0 && reply.Citations.Length > 0 ? draft.Model : null,
        });
        edit.Answered(TicketStatus.Waiting);
    }

    /// <summary>The customer's own word is the best verification. Who settled it stays as it was: an operator, or else the assistant.</summary>
    private static void Close(this ConversationEdit edit, Decision.Confirm confirm)
    {
        edit.Say(Actor.Assistant, MessageKind.Text, Wording.SolvedConfirmed, with: message => edit.Stamp(message, confirm.Rule));
        edit.Confirm();
    }

    private static Message Stamp(this ConversationEdit edit, Message message, string rule) =>
        message with { Rule = rule, Exchange = edit.Conversation.Exchange?.Id };
}
