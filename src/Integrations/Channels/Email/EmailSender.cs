using System.Collections.Immutable;
using System.Text.Json;
using FteAgent.Conversations;
using FteAgent.Customers;

namespace FteAgent.Channels.Email;

/// <summary>Answers mails in their thread, and mails what another channel could not bring.</summary>
internal sealed class EmailSender(
    MailPost post, IOrigins origins, ICustomerDirectory customers, IConversationStore conversations) : IChannelSender
{
    private const string OtherSubject = "Your support request";

    /// <inheritdoc/>
    public string Destination => OutboundMessage.Email;

    /// <inheritdoc/>
    public string Provider => OutboundMessage.Email;

    /// <inheritdoc/>
    public async Task<SendResult> Send(OutboxItem item, CancellationToken cancellationToken)
    {
        if (JsonSerializer.Deserialize<OutboundMessage>(item.Payload, OutboundMessage.Json) is not { } outbound)
            return SendResult.Unsendable("the payload is no message");
        var customer = await customers.Find(item.Customer, cancellationToken).ConfigureAwait(false);
        // The one who wrote it, and by which channel it was meant to go, are the record's to say. A code is no message of the conversation.
        var message = outbound.Sequence > 0
            ? (await conversations.Read(item.Customer, outbound.Sequence - 1, 1, includeNotes: false, cancellationToken).ConfigureAwait(false)).FirstOrDefault()
            : null;
        var answered = outbound.Address is null ? await Answered(item, outbound, message, customer, cancellationToken).ConfigureAwait(false) : null;
        // An address that somebody merely gave is no place for what was meant for another channel.
        var address = outbound.Address ?? answered?.Address ?? customer?.Identifiers.FirstOrDefault(known => known is { Kind: IdentifierKind.Email, Proved: true })?.Value;
        if (address is null)
            return SendResult.Unsendable("no address of the customer is known and proved");

        var draft = new MailDraft(
            item.Id, address, customer?.Name ?? "",
            outbound.Subject ?? (answered is null ? OtherSubject : MailComposer.Answering(answered.Subject)),
            outbound.Text, Thread(answered), message?.Author.Kind is not ActorKind.Operator);
        return await post.Send(item, outbound.Message, draft, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>
    /// The mail that this one goes back to. What was meant for another channel only goes where the address is proved, and so does, among customers who
    /// are one, what answers no mail that is known: the latest may be one that was only kept for a person.
    /// </summary>
    private async Task<Origin?> Answered(OutboxItem item, OutboundMessage outbound, Message? message, Customer? customer, CancellationToken cancellationToken)
    {
        if (outbound.ReplyTo is { } asked && await origins.Find(asked, cancellationToken).ConfigureAwait(false) is { Channel: Channel.Email } origin)
            return origin;
        if (await origins.Latest(item.Customer, Channel.Email, cancellationToken).ConfigureAwait(false) is not { } latest)
            return null;
        if (latest.Proved || customer?.Identifiers.Any(known => known is { Kind: IdentifierKind.Email, Proved: true } && known.Value == latest.Address) is true)
            return latest;
        var isFallback = message is { Channel: not Channel.Email };
        return !isFallback && await conversations.Load(item.Customer, cancellationToken).ConfigureAwait(false) is { MergedInto: null, HasEarlier: false } ? latest : null;
    }

    private static ImmutableArray<string> Thread(Origin? answered) =>
        answered?.Thread is { } thread ? thread.MessageId is { } id ? [.. thread.References.Where(reference => reference != id), id] : thread.References : [];
}
