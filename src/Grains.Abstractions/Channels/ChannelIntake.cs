using System.Security.Cryptography;
using System.Text;
using FteAgent.Conversations;
using FteAgent.Customers;
using FteAgent.Tickets;

namespace FteAgent.Channels;

/// <summary>
/// From what a channel brings to the one grain call, for every channel that does not know its customer by a token. Each step may be repeated:
/// ids follow from the channel's own, so ten redeliveries make one message. It is the direct road, and the end of every other one.
/// </summary>
public sealed class ChannelIntake(
    ICustomerDirectory customers, IDeliveries deliveries, IOrigins origins, IAttachments attachments, ConversationCalls conversations, TimeProvider time,
    AddressLinks? links = null)
    : IInboundRoad
{
    /// <summary>How often a customer is looked for who was erased at that very moment.</summary>
    private const int Attempts = 3;

    /// <inheritdoc/>
    public Task<CustomerId> CustomerOf(CustomerIdentifier session, CustomerProfile profile, CancellationToken cancellationToken) =>
        customers.Resolve(session, profile, cancellationToken);

    /// <summary>Takes a message. It is in the record when this returns.</summary>
    /// <exception cref="RecordUnavailableException">Nothing was stored; the channel should bring it again.</exception>
    public async Task<Accepted> Take(InboundMessage inbound, CancellationToken cancellationToken)
    {
        for (var attempt = 1; ; attempt++)
            // Whoever opens a conversation that is gone by its token is told so.
            if (await TakeOnce(inbound, cancellationToken) is var accepted
                && (accepted.Outcome is not AcceptOutcome.NoCustomer || inbound.Customer is not null || attempt == Attempts))
                return accepted;
    }

    private async Task<Accepted> TakeOnce(InboundMessage inbound, CancellationToken cancellationToken)
    {
        var customer = await Whose(inbound, cancellationToken);
        // A page's message that comes again is known by its channel's id alone, and told as the duplicate that it is.
        var id = inbound.Id ?? (inbound.Channel is Channel.Web ? MessageId.Mint(time) : MessageId.Of(inbound.Channel, inbound.ChannelMessageId));
        // What is written on our own pages is answered there.
        if (inbound.Channel is not Channel.Web)
            await origins.Note(
                new(id, customer, inbound.Channel, inbound.Sender.Address, inbound.Recipient, inbound.Sender.Proved, inbound.Subject, inbound.Thread, inbound.ReceivedAt),
                cancellationToken);
        if (!inbound.Files.IsEmpty)
            await attachments.Save(customer, id, inbound.Files, cancellationToken);
        // A code for a new address may be typed like any message. To have one sent there is a form on our pages, and words on other channels.
        var linking = links is null || inbound.Automatic is not null || inbound.Form is not null
            ? null
            : await links.Typed(
                customer, inbound.Channel, inbound.ChannelMessageId, inbound.Text, mayAsk: inbound.Channel is not Channel.Web && inbound.Sender.Proved, cancellationToken);
        var message = new IncomingMessage(
            id, inbound.TicketId ?? TicketId.Mint(time), inbound.Channel, inbound.ChannelMessageId, inbound.Text, inbound.ReceivedAt, inbound.Form,
            [.. inbound.Files.Where(file => file.Kind is not AttachmentKind.Original).Select(file => file.Name)], inbound.Subject, inbound.Automatic,
            linking);
        return await conversations.Act(customer, grain => grain.Accept(message), cancellationToken);
    }

    /// <summary>
    /// Whose message it is. An answer to a mail of ours belongs to that conversation, but only from the address that we sent it to, and so does
    /// a further mail in a thread that this address began; else a proved address leads to its owner. Whoever proves nothing starts a customer
    /// of their own.
    /// </summary>
    private async Task<CustomerId> Whose(InboundMessage inbound, CancellationToken cancellationToken)
    {
        if (inbound.Customer is { } customer)
            return customer;
        if (await Answered(inbound, cancellationToken) is { } sent)
            return sent.Customer;
        if (inbound.Thread is { References.IsEmpty: false } thread
            && await origins.FindThread(thread.References, inbound.Sender.Address, cancellationToken) is { } going)
            return going;

        var sender = inbound.Sender;
        if (inbound.Identity is { Proved: true } identity)
            return await customers.Resolve(identity, new(sender.Name, inbound.Email ?? EmailOf(sender)), cancellationToken);
        var (identifier, email) = sender.Proved
            ? (new CustomerIdentifier(sender.Kind, sender.Address, Proved: true), null)
            : (new CustomerIdentifier(IdentifierKind.WebSession, Unproved(inbound), Proved: true), EmailOf(sender));
        return await customers.Resolve(identifier, new(sender.Name, inbound.Email ?? email), cancellationToken);
    }

    /// <summary>The mail of ours that this one answers: the latest that it names of those that went to this sender.</summary>
    private async Task<Delivery?> Answered(InboundMessage inbound, CancellationToken cancellationToken)
    {
        if (inbound.Thread is not { References: { IsEmpty: false } references })
            return null;
        var named = (await deliveries.FindMails(references, cancellationToken))
            // Whoever answers a code may be a stranger whose address somebody mistyped, or wants to take over.
            .Where(sent => sent.Message != MessageId.None && string.Equals(sent.Address, inbound.Sender.Address, StringComparison.OrdinalIgnoreCase));
        return references.Reverse().Select(reference => named.FirstOrDefault(sent => MailIds.Names(reference, sent))).FirstOrDefault(sent => sent is not null);
    }

    private static string? EmailOf(Sender sender) => sender.Kind is IdentifierKind.Email ? sender.Address : null;

    private static string Unproved(InboundMessage inbound) =>
        $"{inbound.Channel}:{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(inbound.ChannelMessageId)))}";
}
