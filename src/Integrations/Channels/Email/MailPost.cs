using FteAgent.Conversations;

namespace FteAgent.Channels.Email;

/// <summary>
/// Sends a mail once, as far as that can be known: it is noted before it is handed over, so that an answer finds its conversation whatever
/// happens next, and noted again when it was taken, so that it is not sent a second time.
/// </summary>
internal sealed class MailPost(IMailTransport transport, IDeliveries deliveries, MailOptions options, MailTries tries, TimeProvider time)
{
    /// <summary>Sends it.</summary>
    /// <param name="item">The outbox item.</param>
    /// <param name="message">The message that it carries.</param>
    /// <param name="draft">What is to be written.</param>
    /// <param name="cancellationToken">Ends the call early.</param>
    public async Task<SendResult> Send(OutboxItem item, MessageId message, MailDraft draft, CancellationToken cancellationToken)
    {
        var known = await deliveries.Find(item.Id, cancellationToken).ConfigureAwait(false);
        if (known is { Status: not (DeliveryStatus.Queued or DeliveryStatus.Failed) })
            return SendResult.Sent;
        var delivery = known ?? new Delivery(
            item.Id, item.Customer, message, Channel.Email, draft.To, null, DeliveryStatus.Queued, null, time.GetUtcNow(),
            Unseen: item.Destination == OutboundMessage.Unseen);
        if (known is null)
            await deliveries.Note(delivery, cancellationToken).ConfigureAwait(false);

        using var mail = MailComposer.Compose(draft, options, item.CreatedAt);
        var slip = new MailSlip(delivery, item.Attempts, deliveries);
        var (result, _) = await tries.Note(() => transport.Send(mail, slip, cancellationToken)).ConfigureAwait(false);
        // What was handed over is noted though the silo is about to stop.
        if (result.Outcome is not SendOutcome.TryAgain)
            await deliveries.Update(
                item.Id, result.Outcome is SendOutcome.Sent ? DeliveryStatus.Sent : DeliveryStatus.Failed,
                result.Outcome is SendOutcome.Sent ? null : result.Cause, CancellationToken.None).ConfigureAwait(false);
        return result;
    }
}
