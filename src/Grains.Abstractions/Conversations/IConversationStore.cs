using System.Collections.Immutable;
using FteAgent.Customers;
using FteAgent.Tickets;

namespace FteAgent.Conversations;

/// <summary>
/// The record of conversations. A commit is one transaction: messages, conversation, tickets, escalations and outbox rows together or not at all.
/// </summary>
public interface IConversationStore
{
    /// <summary>The conversation with its open tickets and recent messages; a new one (version 0) when nothing was ever said.</summary>
    Task<Conversation> Load(CustomerId customer, CancellationToken cancellationToken);

    /// <summary>
    /// Commits the changes if the conversation still has <see cref="ConversationChanges.ExpectedVersion"/>. Durable when it returns
    /// <see cref="CommitOutcome.Committed"/>. An exception leaves open whether it was committed: load again and ask <see cref="WasCommitted"/>.
    /// </summary>
    Task<CommitOutcome> Commit(ConversationChanges changes, CancellationToken cancellationToken);

    /// <summary>Whether a command of this id has been committed to this conversation (kept for at least 24 hours).</summary>
    Task<bool> WasCommitted(CustomerId customer, CommandId command, CancellationToken cancellationToken);

    /// <summary>The message that came by this channel under this id, with its owner, or null.</summary>
    Task<DeliveredMessage?> FindDelivered(Channel channel, string channelMessageId, CancellationToken cancellationToken);

    /// <summary>Messages with a sequence greater than <paramref name="after"/>, in order; at most <paramref name="limit"/> (1 to 1,000).</summary>
    /// <param name="customer">Whose conversation.</param>
    /// <param name="after">The last sequence already read; 0 for all.</param>
    /// <param name="limit">How many at most.</param>
    /// <param name="includeNotes">Whether operators' private notes are read too.</param>
    /// <param name="cancellationToken">Ends the call early.</param>
    Task<ImmutableArray<Message>> Read(CustomerId customer, long after, int limit, bool includeNotes, CancellationToken cancellationToken);

    /// <summary>All tickets of a customer, latest first.</summary>
    Task<ImmutableArray<Ticket>> Tickets(CustomerId customer, CancellationToken cancellationToken);

    /// <summary>All escalations of a customer, latest first.</summary>
    Task<ImmutableArray<Escalation>> Escalations(CustomerId customer, CancellationToken cancellationToken);
}

/// <summary>What one command changes.</summary>
/// <param name="Command">The command's id, stored with the commit.</param>
/// <param name="ExpectedVersion">The version the decision was made on.</param>
/// <param name="Now">The grain's clock at the decision. Due times are stored as distances from it on the database's own clock.</param>
/// <param name="Conversation">The conversation after the command, with its new version (<see cref="ExpectedVersion"/> + 1).</param>
/// <param name="Messages">New messages.</param>
/// <param name="Tickets">New or changed tickets, closed ones among them.</param>
/// <param name="Escalations">New or changed escalations, ended ones among them.</param>
/// <param name="Outbox">New things to send.</param>
public sealed record ConversationChanges(
    CommandId Command,
    long ExpectedVersion,
    DateTimeOffset Now,
    Conversation Conversation,
    ImmutableArray<Message> Messages,
    ImmutableArray<Ticket> Tickets,
    ImmutableArray<Escalation> Escalations,
    ImmutableArray<OutboxItem> Outbox);

/// <summary>How a commit ended.</summary>
public enum CommitOutcome
{
    /// <summary>It is durable.</summary>
    Committed,

    /// <summary>
    /// The conversation has moved on, or this command was committed before: load, ask whether it was, decide again, commit again.
    /// Nothing was written.
    /// </summary>
    VersionConflict,

    /// <summary>A message with that channel and channel message id is in the record already. Nothing was written.</summary>
    DuplicateMessage,

    /// <summary>The conversation would begin, and the record has no such customer. Nothing was written.</summary>
    NoCustomer,
}

/// <summary>A delivered message and whose conversation it is in.</summary>
/// <param name="Customer">The owner.</param>
/// <param name="Message">The message as first delivered.</param>
public sealed record DeliveredMessage(CustomerId Customer, Message Message);
