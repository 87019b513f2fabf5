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
    ICustomerDirectory customers, IIdentities identities, IDeliveries deliveries, IOrigins origins, IAttachments attachments, ConversationCalls conversations,
    TimeProvider time, AddressLinks? links = null)
    : IInboundRoad
{
    /// <summary>
    /// How many unproved mails from one address are answered in an hour of the clock, over all the customers that they start. It is the wall against
    /// two machines that write to each other without threads; within a conversation <c>Reply__MailsPerHour</c> is.
    /// </summary>
    public const int UnprovedPerHour = 10;

    /// <summary>How often a customer is looked for who was erased at that very moment.</summary>
    private const int Attempts = 3;

    /// <inheritdoc/>
    public Task<CustomerId> CustomerOf(CustomerIdentifier session, CustomerProfile profile, CancellationToken cancellationToken) =>
        customers.Resolve(session, profile, cancellationToken);

    /// <summary>Takes a message. It is in the record when this returns.</summary>
    /// <exception cref="RecordUnavailableException">Nothing was stored; the channel should bring it again.</exception>
    public async Task<Accepted> Take(InboundMessage inbound, CancellationToken cancellationToken)
    {
        for (var attempt = 1; attempt <= Attempts; attempt++)
            // Whoever opens a conversation that is gone by its token is told so.
            if (await TakeOnce(inbound, cancellationToken) is var accepted && (accepted.Outcome is not AcceptOutcome.NoCustomer || inbound.Customer is not null))
                return accepted;
        // Whoever is being erased at this very moment is nobody: brought again, the message finds somebody new.
        throw new RecordUnavailableException("The customer is being erased.");
    }

    /// <summary>
    /// Takes what a page brings from somebody who showed a token, if it is a code for an address that waits for one; null where it is a message, for
    /// the road to take. A code waits for nobody's turn on a road: whoever gives it goes on with another token, and has to be told at once.
    /// </summary>
    /// <exception cref="RecordUnavailableException">It is not known what it is; brought again under its id it ends as it began.</exception>
    public async Task<Accepted?> TakeCode(InboundMessage inbound, CancellationToken cancellationToken)
    {
        if (links is null || inbound is not { Customer: { } customer, Form: null })
            return null;
        if (await links.Typed(customer, inbound.Channel, inbound.ChannelMessageId, inbound.Text, mayAsk: false, !inbound.OwnOnly, cancellationToken) is not { } step)
            return null;
        var message = new IncomingMessage(
            inbound.Id ?? MessageId.Mint(time), inbound.TicketId ?? TicketId.Mint(time), inbound.Channel, inbound.ChannelMessageId, inbound.Text,
            inbound.ReceivedAt, null, [], Linking: step.Outcome, OwnOnly: inbound.OwnOnly && step.Proved is null);
        return await conversations.Act(step.Proved ?? customer, grain => grain.Accept(message), cancellationToken) with { Proved = step.Proved };
    }

    private async Task<Accepted> TakeOnce(InboundMessage inbound, CancellationToken cancellationToken)
    {
        var (customer, isNew) = await Whose(inbound, cancellationToken);
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
        // Whoever showed a token has given theirs by TakeCode, if it was one: here nobody would hand them the token that it is good for.
        var step = links is null || inbound.Automatic is not null || inbound.Form is not null || inbound.Customer is not null
            ? null
            : await links.Typed(
                customer, inbound.Channel, inbound.ChannelMessageId, inbound.Text, mayAsk: inbound.Channel is not Channel.Web && inbound.Sender.Proved,
                isKnown: inbound.Sender.Proved && !inbound.OwnOnly, cancellationToken);
        // Whoever has shown by it who they are may follow the conversation to where it goes on.
        var isKnownNow = step?.Proved is not null;
        var before = isNew && inbound is { Channel: Channel.Email, Automatic: null } ? await origins.CountBefore(id, cancellationToken) : 0;
        var message = new IncomingMessage(
            id, inbound.TicketId ?? TicketId.Mint(time), inbound.Channel, inbound.ChannelMessageId, inbound.Text, inbound.ReceivedAt, inbound.Form,
            [.. inbound.Files.Where(file => file.Kind is not AttachmentKind.Original).Select(file => file.Name)], inbound.Subject,
            before > UnprovedPerHour ? IncomingMessage.Loop : inbound.Automatic, step?.Outcome, inbound.OwnOnly && !isKnownNow, Loops: before == UnprovedPerHour,
            Parted: isKnownNow ? null : inbound.Parted);
        var accepted = await conversations.Act(step?.Proved ?? customer, grain => grain.Accept(message), cancellationToken);
        return step?.Proved is { } proved ? accepted with { Proved = proved } : accepted;
    }

    /// <summary>
    /// Whose message it is, and whether it starts a customer of its own each time. An answer to a mail of ours belongs to that conversation, but
    /// only from the address that we sent it to, and so does a further mail in a thread that this address began; else a proved address leads to
    /// its owner. Whoever proves nothing starts a customer of their own.
    /// </summary>
    private async Task<(CustomerId Customer, bool IsNew)> Whose(InboundMessage inbound, CancellationToken cancellationToken)
    {
        var sender = inbound.Sender;
        if (inbound.Customer is { } customer)
        {
            // Who began without an address and fills in the form later is reached by it from now on.
            if (inbound is { Form: not null, Email: not null })
                await customers.Fill(customer, new(sender.Name, inbound.Email), cancellationToken);
            return (customer, false);
        }

        if (inbound.Thread is { References.IsEmpty: false } thread)
        {
            if (await Answered(thread, sender, cancellationToken) is { } sent && await Joins(sent, sender, cancellationToken) is { } answering)
                return (answering, false);
            if (await origins.FindThread(thread.References, sender.Address, sender.Proved, cancellationToken) is { } going
                && await Joins(going, sender, cancellationToken) is { } further)
                return (further, false);
        }

        if (inbound.Identity is { Proved: true } identity)
            return (await customers.Resolve(identity, new(sender.Name, inbound.Email ?? EmailOf(sender)), cancellationToken), false);
        var (identifier, email) = sender.Proved
            ? (new CustomerIdentifier(sender.Kind, sender.Address, Proved: true), null)
            : (new CustomerIdentifier(IdentifierKind.WebSession, Unproved(inbound), Proved: true), EmailOf(sender));
        return (await customers.Resolve(identifier, new(sender.Name, inbound.Email ?? email), cancellationToken), !sender.Proved);
    }

    /// <summary>Whose mail of ours this one answers: the latest that it names of those that went to this address.</summary>
    private async Task<CustomerId?> Answered(MailThread thread, Sender sender, CancellationToken cancellationToken)
    {
        var named = (await deliveries.FindMails(thread.References, cancellationToken))
            // Whoever answers a code may be a stranger whose address somebody mistyped, or wants to take over.
            .Where(sent => sent.Message != MessageId.None && string.Equals(sent.Address, sender.Address, StringComparison.OrdinalIgnoreCase)).ToList();
        return thread.References.Reverse().Select(reference => named.Find(sent => MailIds.Names(reference, sent))).FirstOrDefault(sent => sent is not null)?.Customer;
    }

    /// <summary>
    /// With whom a mail in a thread goes on, if it may. Where its address is one that the person has proved, it must be proved again: our ids are
    /// known to whoever got a copy. Any other address speaks for the customer of that thread alone, and not for the person who turned out to be
    /// that customer as well: it may be one that somebody mistyped.
    /// </summary>
    private async Task<CustomerId?> Joins(CustomerId customer, Sender sender, CancellationToken cancellationToken)
    {
        if (await customers.Find(customer, cancellationToken) is not { } known)
            return null;
        if (known.Identifiers.Any(own => own.Proved && own.Kind == sender.Kind && own.Value == sender.Address))
            return sender.Proved ? known.MergedInto ?? customer : null;
        return (await identities.Group(customer, cancellationToken)).Length == 1 ? customer : null;
    }

    private static string? EmailOf(Sender sender) => sender.Kind is IdentifierKind.Email ? sender.Address : null;

    private static string Unproved(InboundMessage inbound) =>
        $"{inbound.Channel}:{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(inbound.ChannelMessageId)))}";
}
