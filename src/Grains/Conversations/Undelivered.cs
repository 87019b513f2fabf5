using FteAgent.Answering;
using FteAgent.Channels;

namespace FteAgent.Conversations;

/// <summary>A message of ours did not reach the customer. Silence would look like an answer, so it goes another way or a person is told.</summary>
internal static class Undelivered
{
    private const string Rule = "N5.undeliverable";

    /// <summary>Tells operators, and calls one where the customer would miss something. Returns whether they would.</summary>
    public static bool Undeliverable(this ConversationEdit edit, string destination, string cause, MessageId message)
    {
        edit.Say(Actor.System, MessageKind.Note, Wording.NotDelivered(Road(destination), cause));
        var words = edit.Conversation.Recent.FirstOrDefault(m => m.Id == message);
        // Said to somebody who may have been parted from this customer since: it goes nowhere else, and a person is called whom the customer knows nothing of.
        var isAnothers = words is not null && edit.Conversation.IsHidden(words.Sequence);
        if (destination == OutboundMessage.WhatsApp && cause == OutboundMessage.OutsideWindow && edit.Context.Roads.Mails && words is not null && !isAnothers)
        {
            edit.SendByMail(words);
            return false;
        }

        // A code that does not arrive is asked for again, or was meant for an address that is none; an answer on our own pages is still there
        // to be read.
        var isMissed = message != MessageId.None && (destination != OutboundMessage.Unseen || cause == OutboundMessage.NotShown);
        if (isMissed && edit.Conversation is { Handoff: null, MergedInto: null })
            edit.Escalate(EscalationReason.ServiceUnavailable, isAnothers ? Escalation.PartedUndeliveredRule : Rule, Urgency.High, Actor.System, tells: false);
        return isMissed;
    }

    /// <summary>By what a destination sends, for operators.</summary>
    public static string Road(string destination) => destination == OutboundMessage.Unseen ? OutboundMessage.Email : destination;
}
