using System.Collections.Immutable;
using FteAgent.Conversations;
using FteAgent.Customers;
using FteAgent.Tickets;

namespace FteAgent.Channels;

/// <summary>
/// From what a channel brings to the one grain call, for every channel that does not know its customer by a token. Each step may be repeated:
/// ids follow from the channel's own, so ten redeliveries make one message. It is the direct road, and the end of every other one.
/// </summary>
public sealed partial class ChannelIntake(
    ICustomerDirectory customers, IIdentities identities, IDeliveries deliveries, IOrigins origins, IAttachments attachments, ConversationCalls conversations,
    TimeProvider time, AddressLinks? links = null)
    : IInboundRoad
{
    /// <summary>
    /// How many unproved mails from one address are answered in an hour of the clock, over all the customers that they start. It is the wall against
    /// two machines that write to each other without threads; within a conversation <c>Reply__MailsPerHour</c> is. Mails that come at the very same
    /// moment do not see each other, so there may be a few more.
    /// </summary>
    public const int UnprovedPerHour = 10;

    private const string Own = "own";

    /// <summary>How often a customer is looked for who was erased at that very moment.</summary>
    private const int Attempts = 3;

    /// <inheritdoc/>
    public Task<CustomerId> CustomerOf(CustomerIdentifier session, CustomerProfile profile, CancellationToken cancellationToken) =>
        customers.Resolve(session, profile, cancellationToken);

    /// <summary>Takes a message. It is in the record when this returns, unless it was erased and is brought again: that is nobody's.</summary>
    /// <exception cref="RecordUnavailableException">Nothing was stored; the channel should bring it again.</exception>
    public async Task<Accepted> Take(InboundMessage inbound, CancellationToken cancellationToken)
    {
        // A page's message that comes again is known by its channel's id alone, and told as the duplicate that it is.
        var id = inbound.Id ?? (inbound.Channel is Channel.Web ? MessageId.Mint(time) : MessageId.Of(inbound.Channel, inbound.ChannelMessageId));
        var ours = await Ours(inbound, cancellationToken);
        var message = inbound with { Id = id, Automatic = WhyAutomatic(inbound, ours) };
        for (var attempt = 1; attempt <= Attempts; attempt++)
        {
            if (await Whose(message, id, ours, cancellationToken) is not { } owner)
                return new(AcceptOutcome.NoCustomer, id, 0, inbound.TicketId ?? TicketId.Of(id), inbound.ReceivedAt);
            // Whoever opens a conversation that is gone by its token is told so.
            if (await TakeFor(owner, message, id, cancellationToken) is var accepted && (accepted.Outcome is not AcceptOutcome.NoCustomer || inbound.Customer is not null))
                return accepted;
        }

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

    private async Task<Accepted> TakeFor(Owner owner, InboundMessage inbound, MessageId id, CancellationToken cancellationToken)
    {
        // What is written on our own pages is answered there. What comes beyond the limit begins no thread: its writer chose its id, and may be anybody.
        if (inbound.Channel is not Channel.Web)
            await origins.Note(
                new(
                    id, await Writer(owner, inbound.Sender, cancellationToken), inbound.Channel, inbound.Sender.Address, inbound.Recipient, inbound.Sender.Proved, inbound.Subject,
                    owner.IsBeyond ? null : inbound.Thread, inbound.ReceivedAt),
                cancellationToken);
        if (!inbound.Files.IsEmpty)
            await attachments.Save(owner.Customer, id, inbound.Files, cancellationToken);
        var automatic = owner.IsBeyond ? IncomingMessage.Loop : inbound.Automatic;
        // A code for a new address may be typed like any message. To have one sent there is a form on our pages, and words on other channels.
        // Whoever showed a token has given theirs by TakeCode, if it was one: here nobody would hand them the token that it is good for. And
        // whoever is let in only to be heard proves nothing for the one who is there.
        var step = links is null || automatic is not null || inbound.Form is not null || inbound.Customer is not null || owner.IsUnproved
            ? null
            : await links.Typed(
                owner.Customer, inbound.Channel, inbound.ChannelMessageId, inbound.Text, mayAsk: inbound.Channel is not Channel.Web && inbound.Sender.Proved,
                isKnown: inbound.Sender.Proved && !inbound.OwnOnly, cancellationToken);
        // Whoever has shown by it who they are may follow the conversation to where it goes on.
        var isKnownNow = step?.Proved is not null;
        var message = new IncomingMessage(
            id, inbound.TicketId ?? TicketId.Mint(time), inbound.Channel, inbound.ChannelMessageId, inbound.Text, inbound.ReceivedAt, inbound.Form,
            [.. inbound.Files.Where(file => file.Kind is not AttachmentKind.Original).Select(file => file.Name)], inbound.Subject,
            automatic, step?.Outcome, inbound.OwnOnly && !isKnownNow, owner.IsLast,
            isKnownNow ? null : inbound.Parted, owner.IsUnproved);
        var accepted = await conversations.Act(step?.Proved ?? owner.Customer, grain => grain.Accept(message), cancellationToken);
        // Whoever was told that they are heard is heard, by a person, where the conversation goes on. What came of a code is told nobody there.
        if (accepted.Outcome is AcceptOutcome.Elsewhere && inbound.WasAcknowledged && step is null)
            accepted = await conversations.Act(
                owner.Customer, grain => grain.Accept(message with { OwnOnly = false, Parted = null, Unproved = true }), cancellationToken);
        // Who began without an address and fills in the form later is reached by it from now on. Only once it is known that they may still speak here.
        if (inbound is { Customer: { } known, Form: not null, Email: not null } && accepted is { Outcome: AcceptOutcome.Stored or AcceptOutcome.Duplicate, IsForOperators: false })
            await customers.Fill(known, new(inbound.Sender.Name, inbound.Email), cancellationToken);
        return step?.Proved is { } proved ? accepted with { Proved = proved } : accepted;
    }

    /// <summary>The mails of ours that a mail names, by its own id or as what it answers: one look for all that is asked of them.</summary>
    private Task<ImmutableArray<Delivery>> Ours(InboundMessage inbound, CancellationToken cancellationToken) => inbound is { Thread: { } thread, Customer: null }
        ? deliveries.FindMails([.. inbound.Automatic is null && thread.MessageId is { } own ? [own] : ImmutableArray<string>.Empty, .. thread.References], cancellationToken)
        : Task.FromResult(ImmutableArray<Delivery>.Empty);

    /// <summary>Why nobody waits for an answer, as its channel says or as shows in what we have sent; null for a person's message.</summary>
    private static string? WhyAutomatic(InboundMessage inbound, ImmutableArray<Delivery> ours) => inbound switch
    {
        { Automatic: { } why } => why,
        { Thread.MessageId: { } own } when ours.Any(mail => MailIds.Names(own, mail)) => Own,
        _ => ours.IsEmpty ? null : inbound.AutomaticIfAnswer,
    };
}
