using FteAgent.Answering;
using FteAgent.Conversations;

namespace FteAgent.Channels;

/// <content>Whom a message calls that could not be taken.</content>
public sealed partial class ChannelIntake
{
    /// <summary>
    /// Calls a person to the conversation in which a message would have been taken, and leaves a note there. Nobody is called for a machine's message,
    /// nor for one of somebody who was erased.
    /// </summary>
    /// <param name="inbound">The message that could not be taken.</param>
    /// <param name="command">The call's id: repeated under it, the call is made once.</param>
    /// <param name="words">The note, without the customer's words.</param>
    /// <param name="cancellationToken">Ends the call early.</param>
    /// <exception cref="RecordUnavailableException">Nobody was called, or it is not known.</exception>
    public async Task CallPerson(InboundMessage inbound, CommandId command, string words, CancellationToken cancellationToken)
    {
        var ours = await Ours(inbound, cancellationToken);
        if (WhyAutomatic(inbound, ours) is not null)
            return;
        if (await Whose(inbound, inbound.Id ?? MessageId.Of(inbound.Channel, inbound.ChannelMessageId), ours, cancellationToken) is { } owner)
            await conversations.Act(
                owner.Customer, grain => grain.TakeOn(command, EscalationReason.ServiceUnavailable, Escalation.NotTakenRule, Urgency.Normal, words), cancellationToken);
    }
}
