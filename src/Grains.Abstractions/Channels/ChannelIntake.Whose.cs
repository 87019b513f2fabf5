using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;
using FteAgent.Conversations;
using FteAgent.Customers;

namespace FteAgent.Channels;

/// <content>Whose a message is.</content>
public sealed partial class ChannelIntake
{
    /// <summary>
    /// Whose message it is. An answer to a mail of ours belongs to that conversation, but only from the address that we sent it to, and so does a
    /// further mail in a thread that this address began; else a proved address leads to its owner. Whoever proves nothing starts a customer of their
    /// own. Null for what was erased with somebody and is brought again: it is nobody's, also where it stood in somebody else's conversation.
    /// </summary>
    private async Task<Owner?> Whose(InboundMessage inbound, MessageId id, ImmutableArray<Delivery> ours, CancellationToken cancellationToken)
    {
        var sender = inbound.Sender;
        // What a page brings by itself, and no road, has a new id.
        if (inbound.Customer is { } customer)
            return inbound.WasAcknowledged ? await UnlessErased(new(customer), id, cancellationToken) : new(customer);

        if (inbound.Thread is { References.IsEmpty: false } thread)
        {
            if (Answered(thread, sender, ours) is { } sent && await Joins(sent, sender, cancellationToken) is { } answering)
                return await UnlessErased(answering, id, cancellationToken);
            if (await origins.FindThread(thread.References, sender.Address, sender.Proved, cancellationToken) is { } going
                && await Joins(going, sender, cancellationToken) is { } further)
                return await UnlessErased(further, id, cancellationToken);
        }

        if (inbound.Identity is { Proved: true } identity)
            return await Resolve(identity, new(sender.Name, inbound.Email ?? EmailOf(sender)), id, cancellationToken);
        if (sender.Proved)
            return await Resolve(new(sender.Kind, sender.Address, Proved: true), new(sender.Name, inbound.Email), id, cancellationToken);
        var before = inbound is { Channel: Channel.Email, Automatic: null }
            ? await origins.UnprovedBefore(inbound.Channel, sender.Address, inbound.ReceivedAt, id, UnprovedPerHour + 1, cancellationToken)
            : [];
        // All that comes beyond the limit is kept with the first that did, which a person is called to: in one place, and it starts nobody.
        if (before.Length > UnprovedPerHour)
            return await UnlessErased(new(before[UnprovedPerHour]) { IsBeyond = true }, id, cancellationToken);
        return await Resolve(new(IdentifierKind.WebSession, Unproved(inbound), Proved: true), new(sender.Name, inbound.Email ?? EmailOf(sender)), id, cancellationToken) is { } begun
            ? begun with { IsLast = before.Length == UnprovedPerHour }
            : null;
    }

    /// <summary>Resolving looks for itself; whoever is known without it is looked at here.</summary>
    private async Task<Owner?> UnlessErased(Owner owner, MessageId id, CancellationToken cancellationToken) =>
        await customers.WasErased(id, cancellationToken) ? null : owner;

    private async Task<Owner?> Resolve(CustomerIdentifier identifier, CustomerProfile profile, MessageId id, CancellationToken cancellationToken) =>
        await customers.Resolve(identifier, profile, id, cancellationToken) is { } owner ? new(owner) : null;

    /// <summary>Whoever proves an address writes as its owner, with whomever they are one today: that is whom a thread leads to when they are parted.</summary>
    private async Task<CustomerId> Writer(Owner owner, Sender sender, CancellationToken cancellationToken) =>
        sender.Proved && await identities.Home(sender.Kind, sender.Address, cancellationToken) is { } home ? home.Customer : owner.Writer;

    /// <summary>Whose mail of ours this one answers: the latest that it names of those that went to this address.</summary>
    private static CustomerId? Answered(MailThread thread, Sender sender, ImmutableArray<Delivery> ours)
    {
        // Whoever answers a code may be a stranger whose address somebody mistyped, or wants to take over.
        var named = ours.Where(sent => sent.Message != MessageId.None && string.Equals(sent.Address, sender.Address, StringComparison.OrdinalIgnoreCase)).ToList();
        return thread.References.Reverse().Select(reference => named.Find(sent => MailIds.Names(reference, sent))).FirstOrDefault(sent => sent is not null)?.Customer;
    }

    /// <summary>
    /// With whom a mail in a thread goes on, if it may. Where its address is one that the person has proved, it must be proved again: our ids are
    /// known to whoever got a copy. Any other address speaks for the customer of that thread, who may have turned out to be one with others: then it
    /// may be an address that somebody mistyped. Whoever owns it goes on as themselves; where nobody vouches for it, it is heard by whoever has that
    /// conversation, and speaks for nobody.
    /// </summary>
    private async Task<Owner?> Joins(CustomerId customer, Sender sender, CancellationToken cancellationToken)
    {
        if (await customers.Find(customer, cancellationToken) is not { } known)
            return null;
        // Once two were parted, what was written and sent while they were one may stand under the other: no thread leads there from an owner's address.
        if (await identities.Home(sender.Kind, sender.Address, cancellationToken) is { Parted: > 0 } home
            && !(await identities.Group(customer, cancellationToken)).Contains(home.Customer))
            return null;
        if (known.Identifiers.Any(own => own.Proved && own.Kind == sender.Kind && own.Value == sender.Address))
            return sender.Proved ? new(known.MergedInto ?? customer) : null;
        var group = await identities.Group(customer, cancellationToken);
        if (group.Length == 1)
            return new(customer);
        return sender.Proved ? null : new(group[0]) { Writer = customer, IsUnproved = true };
    }

    private static string? EmailOf(Sender sender) => sender.Kind is IdentifierKind.Email ? sender.Address : null;

    private static string Unproved(InboundMessage inbound) =>
        $"{inbound.Channel}:{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(inbound.ChannelMessageId)))}";

    /// <summary>Whose a message is, and how it is taken there.</summary>
    /// <param name="Customer">In whose conversation it is taken.</param>
    private sealed record Owner(CustomerId Customer)
    {
        /// <summary>As whom it was written. When merges are undone, a thread leads to them alone.</summary>
        public CustomerId Writer { get; init; } = Customer;

        /// <summary>Whether it is only to be heard there, by a person: nobody has shown that the writer is who the conversation is with.</summary>
        public bool IsUnproved { get; init; }

        /// <summary>Whether it is the first mail beyond what is answered from one unproved address: a person is called.</summary>
        public bool IsLast { get; init; }

        /// <summary>Whether it came after that one, and is kept with it.</summary>
        public bool IsBeyond { get; init; }
    }
}
