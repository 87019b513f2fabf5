using FteAgent.Answering;
using FteAgent.Channels;

namespace FteAgent.Conversations;

/// <summary>A message of ours did not reach the customer. Silence would look like an answer, so it goes another way or a person is told.</summary>
internal static class Undelivered
{
    private const string Rule = "N5.undeliverable";

    public static void Undeliverable(this ConversationEdit edit, string destination, string cause, MessageId message)
    {
        edit.Say(Actor.System, MessageKind.Note, Wording.NotDelivered(destination, cause));
        if (destination == OutboundMessage.WhatsApp && cause == OutboundMessage.OutsideWindow && edit.Context.Roads.Mails
            && edit.Conversation.Recent.FirstOrDefault(m => m.Id == message) is { } words)
        {
            edit.SendByMail(words);
            return;
        }

        // A code that does not arrive is asked for again, or was meant for an address that is none; an answer on our own pages is still there
        // to be read.
        var isMissed = message != MessageId.None && edit.Conversation.Recent.FirstOrDefault(m => m.Id == message) is not { Channel: Channel.Web };
        if (edit.Conversation.Handoff is null && isMissed)
            edit.Escalate(EscalationReason.ServiceUnavailable, Rule, Urgency.High, Actor.System, tells: false);
    }
}
