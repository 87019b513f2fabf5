using FteAgent.Conversations;

namespace FteAgent.Channels;

/// <summary>
/// Takes a mail, by whichever road it came. The notice that a mail of ours did not arrive is told to the conversation that sent it, once;
/// everything else is a message, and goes on its road unasked: that road may be there while the record is away. Each step may be repeated.
/// </summary>
public sealed class MailIntake(IMailReader reader, IInboundRoad intake, IDeliveries deliveries, ConversationCalls conversations, TimeProvider time)
{
    /// <summary>Takes a mail as it came over the wire. What was to be kept is in the record when this returns.</summary>
    /// <returns>Why it cannot be taken, in a sentence; null when it was.</returns>
    /// <exception cref="RecordUnavailableException">Nothing was stored; it should be brought again.</exception>
    public Task<string?> Take(ReadOnlyMemory<byte> raw, MailRoad road, CancellationToken cancellationToken) =>
        Take(reader.Read(raw, road, time.GetUtcNow()), cancellationToken);

    /// <summary>Takes a mail that a provider has taken apart.</summary>
    /// <returns>Why it cannot be taken, in a sentence; null when it was.</returns>
    /// <exception cref="RecordUnavailableException">Nothing was stored; it should be brought again.</exception>
    public Task<string?> Take(MailFields fields, CancellationToken cancellationToken) =>
        Take(reader.Read(fields, time.GetUtcNow()), cancellationToken);

    private async Task<string?> Take(MailReading reading, CancellationToken cancellationToken)
    {
        if (reading.Bounce is { } bounce && await Told(bounce, cancellationToken))
            return null;
        if (reading.Message is { } message)
            await intake.Take(message, cancellationToken);
        return reading.Refusal;
    }

    /// <summary>Tells the conversation whose mail did not arrive. Nobody knows the mail's id to whom it was not sent.</summary>
    private async Task<bool> Told(MailBounce bounce, CancellationToken cancellationToken)
    {
        if (await deliveries.FindMails([bounce.MessageId], cancellationToken) is not [{ Channel: Channel.Email } sent, ..])
            return false;
        if (!bounce.IsFinal)
        {
            // That it was passed on is no news.
            if (!bounce.Status.StartsWith('2'))
                await conversations.Act(
                    sent.Customer, grain => grain.Delayed(OutboundMessage.Delayed(sent.Item), sent.Destination, bounce.Status), cancellationToken);
            return true;
        }

        var delivery = await deliveries.Update(sent.Item, DeliveryStatus.Failed, bounce.Status, cancellationToken);
        // The act is one for the message, so a notice that comes twice, or after we had given up ourselves, is told once.
        if (delivery is { Status: DeliveryStatus.Failed })
            await conversations.Act(
                sent.Customer,
                grain => grain.Undeliverable(
                    OutboundMessage.Undeliverable(sent.Destination, sent.Message, sent.Item), sent.Destination, bounce.Status, sent.Message),
                cancellationToken);
        return true;
    }
}
