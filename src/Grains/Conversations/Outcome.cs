using FteAgent.Answering;
using FteAgent.Tickets;

namespace FteAgent.Conversations;

/// <summary>Carries a decision out upon the conversation.</summary>
internal static class Outcome
{
    /// <summary>Contact that is longer ago is another matter.</summary>
    private static readonly TimeSpan EarlierContact = TimeSpan.FromDays(2);

    public static void Apply(this ConversationEdit edit, Decision decision, Draft draft)
    {
        switch (decision)
        {
            case Decision.Reply reply:
                edit.Answer(reply, draft);
                break;
            case Decision.AskForText ask:
                edit.Say(Actor.Assistant, MessageKind.Text, Wording.AskForText, with: message => edit.Stamp(message, ask.Rule));
                edit.Answered(TicketStatus.Waiting);
                break;
            case Decision.Escalate escalate:
                edit.ReopenResolved();
                edit.Escalate(escalate.Reason, escalate.Rule, escalate.Urgency, Actor.Assistant);
                break;
            case Decision.Confirm confirm:
                edit.Close(confirm);
                break;
            case Decision.StaySilent:
                break;
        }
    }

    private static void Answer(this ConversationEdit edit, Decision.Reply reply, Draft draft)
    {
        edit.ReopenResolved();
        var text = reply.Citations.Length > 0 && edit.SwitchedFrom() is { } before ? $"{Wording.Continues(Name(before))}\n\n{reply.Text}" : reply.Text;
        edit.Say(Actor.Assistant, MessageKind.Text, text, with: message => edit.Stamp(message, reply.Rule) with
        {
            Citations = reply.Citations,
            Footer = reply.Footer,
            Model = draft.Model.Length > 0 && reply.Citations.Length > 0 ? draft.Model : null,
        });
        edit.Answered(TicketStatus.Waiting);
    }

    /// <summary>The channel by which the customer wrote last before they changed to this one, if that was lately.</summary>
    private static Channel? SwitchedFrom(this ConversationEdit edit)
    {
        if (edit.Conversation.Exchange is not { } exchange || edit.Conversation.MessagesOf(exchange) is not [.., var last])
            return null;
        var before = edit.Conversation.Recent.LastOrDefault(m => m.IsFromCustomer() && m.Channel != last.Channel);
        var since = edit.Conversation.Recent.LastOrDefault(m => m.Author.Kind is ActorKind.Assistant && m.Kind is MessageKind.Text && m.Channel == last.Channel);
        return before is not null && before.At > edit.Now - EarlierContact && (since is null || since.Sequence < before.Sequence) ? before.Channel : null;
    }

    private static string Name(Channel channel) => channel switch
    {
        Channel.WhatsApp => "WhatsApp",
        Channel.Email => "email",
        _ => "chat",
    };

    /// <summary>The customer's own word is the best verification. Who settled it stays as it was: an operator, or else the assistant.</summary>
    private static void Close(this ConversationEdit edit, Decision.Confirm confirm)
    {
        edit.Say(Actor.Assistant, MessageKind.Text, Wording.SolvedConfirmed, with: message => edit.Stamp(message, confirm.Rule));
        edit.Confirm();
    }

    private static Message Stamp(this ConversationEdit edit, Message message, string rule) =>
        message with { Rule = rule, Exchange = edit.Conversation.Exchange?.Id };
}
