using System.Collections.Immutable;
using FteAgent.Conversations;
using FteAgent.Customers;

namespace FteAgent.Channels;

/// <summary>Where a message came from, so that the reply finds its way back.</summary>
/// <param name="Message">The message.</param>
/// <param name="Customer">Whose.</param>
/// <param name="Channel">By which channel.</param>
/// <param name="Address">Whom a reply goes to.</param>
/// <param name="Recipient">Which of our addresses it was sent to; empty where there is only one.</param>
/// <param name="Proved">Whether the address was shown to be the sender's own.</param>
/// <param name="Subject">What the mail was about.</param>
/// <param name="Thread">Where the mail stands in its thread; null for channels without threads.</param>
/// <param name="ReceivedAt">When it was first seen.</param>
public sealed record Origin(
    MessageId Message, CustomerId Customer, Channel Channel, string Address, string Recipient, bool Proved, string? Subject, MailThread? Thread,
    DateTimeOffset ReceivedAt);

/// <summary>Remembers where messages came from.</summary>
public interface IOrigins
{
    /// <summary>Notes it, before the message itself is accepted: whatever survives a crash of the record has it where it has the message. Repeated, it changes nothing.</summary>
    Task Note(Origin origin, CancellationToken cancellationToken);

    /// <summary>Where this message came from; null when it came by the web, or is not known.</summary>
    Task<Origin?> Find(MessageId message, CancellationToken cancellationToken);

    /// <summary>
    /// Whose conversation a mail goes on with that names these Message-IDs, of mails which came from this address; null when none is known. A mail
    /// whose sender is not proved names only such as were not proved either: those who got a copy know the ids as well.
    /// </summary>
    /// <param name="messageIds">The Message-IDs, without angle brackets.</param>
    /// <param name="address">Whom the mail comes from, in lower case.</param>
    /// <param name="isProved">Whether the address was shown to be the sender's own.</param>
    /// <param name="cancellationToken">Ends the call early.</param>
    Task<CustomerId?> FindThread(ImmutableArray<string> messageIds, string address, bool isProved, CancellationToken cancellationToken);

    /// <summary>
    /// Who began with an unproved message that came from an address by a channel, within the hour of the clock in which another one comes and before
    /// it: in order of arrival. What went on in a conversation begins nobody, and what comes at the very same moment, and is not in the record yet, is
    /// none of them.
    /// </summary>
    /// <param name="channel">The channel.</param>
    /// <param name="address">Whom they come from, in lower case.</param>
    /// <param name="receivedAt">When the other one came.</param>
    /// <param name="message">The other one, which is not counted if it was noted before.</param>
    /// <param name="limit">So many are told at most.</param>
    /// <param name="cancellationToken">Ends the call early.</param>
    Task<ImmutableArray<CustomerId>> UnprovedBefore(
        Channel channel, string address, DateTimeOffset receivedAt, MessageId message, int limit, CancellationToken cancellationToken);

    /// <summary>Those of these messages whose sender was not proved, and which are this person's, as any of the customers who are this person.</summary>
    Task<ImmutableHashSet<MessageId>> Unproved(CustomerId customer, ImmutableArray<MessageId> messages, CancellationToken cancellationToken);

    /// <summary>Where a person last wrote from by this channel, as any of the customers who are this person.</summary>
    Task<Origin?> Latest(CustomerId customer, Channel channel, CancellationToken cancellationToken);
}
