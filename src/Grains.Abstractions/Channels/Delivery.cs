using System.Collections.Immutable;
using FteAgent.Conversations;
using FteAgent.Customers;

namespace FteAgent.Channels;

/// <summary>How far a message of ours has come at its provider. Each is later than the one before; a failure ends it.</summary>
public enum DeliveryStatus
{
    /// <summary>The provider has taken it.</summary>
    Queued,

    /// <summary>The provider has sent it on.</summary>
    Sent,

    /// <summary>It has reached the customer's device or mailbox.</summary>
    Delivered,

    /// <summary>The customer has opened it.</summary>
    Read,

    /// <summary>It will not arrive.</summary>
    Failed,
}

/// <summary>What became of one thing that we sent.</summary>
/// <param name="Item">The outbox item, whose id every send bears.</param>
/// <param name="Customer">Whose conversation.</param>
/// <param name="Message">The message that it carries, or a part of.</param>
/// <param name="Channel">By which channel.</param>
/// <param name="Address">To whom.</param>
/// <param name="ProviderId">The provider's own id; null where it gave none, or has not answered yet.</param>
/// <param name="Status">How far it came.</param>
/// <param name="Error">The provider's code for what went wrong.</param>
/// <param name="At">When that was noted.</param>
/// <param name="InternetId">
/// The Message-ID that a mail bears, without angle brackets, where its carrier gave it one of its own; null where it is <see cref="MailIds.Of"/>.
/// </param>
/// <param name="Unseen">Whether it is an answer on our own pages that went by mail since nobody had seen it there.</param>
public sealed record Delivery(
    Guid Item, CustomerId Customer, MessageId Message, Channel Channel, string Address, string? ProviderId, DeliveryStatus Status, string? Error,
    DateTimeOffset At, string? InternetId = null, bool Unseen = false)
{
    /// <summary>The outbox destination that it was sent by.</summary>
    public string Destination => Channel is Channel.WhatsApp ? OutboundMessage.WhatsApp : Unseen ? OutboundMessage.Unseen : OutboundMessage.Email;
}

/// <summary>Remembers what was sent, to whom, and what became of it.</summary>
public interface IDeliveries
{
    /// <summary>
    /// Notes that it is handed to the provider: before that is done, so that whatever the provider tells of it is known, and again with the
    /// provider's ids. What the provider said meanwhile stays.
    /// </summary>
    Task Note(Delivery delivery, CancellationToken cancellationToken);

    /// <summary>
    /// Notes what the provider says of it now. Statuses that come late or twice change nothing: <see cref="DeliveryStatus.Read"/> is never
    /// taken back, and a failure only counts before it was delivered. Returns the delivery as it stands, or null when the item is not known.
    /// </summary>
    Task<Delivery?> Update(Guid item, DeliveryStatus status, string? error, CancellationToken cancellationToken);

    /// <summary>What was sent under this item's id.</summary>
    Task<Delivery?> Find(Guid item, CancellationToken cancellationToken);

    /// <summary>The mails of ours that these Message-IDs name, whether the id is ours or the carrier's; in no order, each once.</summary>
    /// <param name="messageIds">The Message-IDs, without angle brackets.</param>
    /// <param name="cancellationToken">Ends the call early.</param>
    Task<ImmutableArray<Delivery>> FindMails(ImmutableArray<string> messageIds, CancellationToken cancellationToken);

    /// <summary>
    /// How many unseen answers were mailed to an address since a time, whosever they are. One that its reader has answered by mail does not count,
    /// nor one that failed.
    /// </summary>
    /// <param name="address">To whom.</param>
    /// <param name="except">An item that is not counted: the one that is about to be sent.</param>
    /// <param name="since">Since when.</param>
    /// <param name="cancellationToken">Ends the call early.</param>
    Task<int> CountUnseen(string address, Guid except, DateTimeOffset since, CancellationToken cancellationToken);

    /// <summary>All that was sent in a conversation, in order; at most <paramref name="limit"/>, the latest.</summary>
    Task<ImmutableArray<Delivery>> List(CustomerId customer, int limit, CancellationToken cancellationToken);
}
