using System.Collections.Immutable;
using FteAgent.Conversations;
using FteAgent.Customers;
using FteAgent.Tickets;

namespace FteAgent.Postgres;

/// <summary>Conversations in the database. Commits go by <see cref="CommitPipeline"/>; each call here is one round trip.</summary>
internal sealed class PostgresConversationStore(PostgresRecord record, CommitPipeline pipeline, TimeProvider clock) : IConversationStore
{
    private const int ReadLimit = 1000;

    public Task<Conversation> Load(CustomerId customer, CancellationToken cancellationToken) =>
        PostgresPatience.WaitOut(record.Source.Work, () => ConversationLoad.Run(record, clock, customer, cancellationToken), cancellationToken);

    public Task<CommitOutcome> Commit(ConversationChanges changes, CancellationToken cancellationToken)
    {
        if (changes.Conversation.Version != changes.ExpectedVersion + 1)
            throw new ArgumentException("The conversation bears its new version: the expected one and one more.", nameof(changes));
        return pipeline.Commit(changes, cancellationToken);
    }

    /// <summary>
    /// Whether the command is in the record: by a row of its own, or by the message that came in with it. The latter is looked for among the
    /// conversation's messages without an index on their ids: it is asked after a lost answer, and an index would be written by every message.
    /// </summary>
    public Task<bool> WasCommitted(CustomerId customer, CommandId command, CancellationToken cancellationToken) =>
        PostgresPatience.WaitOut(
            record.Source.Work,
            () => record["""
                select exists (select 1 from fte.commands where customer_id = $1 and command_id = $2)
                    or exists (select 1 from fte.messages where customer_id = $1 and id = $2 and channel_message_id is not null)
                """]
                .Set(customer.Value).Set(command.Value)
                .First(static row => row.Bool(), false, cancellationToken),
            cancellationToken);

    public Task<DeliveredMessage?> FindDelivered(Channel channel, string channelMessageId, CancellationToken cancellationToken) =>
        PostgresPatience.WaitOut(
            record.Source.Work,
            () => record[$"select customer_id, {MessageColumns.All} from fte.messages where channel = $1 and channel_message_id = $2"]
                .Set<Channel>(channel).Set(channelMessageId)
                .First(static row => new DeliveredMessage(new(row.Id()), MessageColumns.Read(row)), null as DeliveredMessage, cancellationToken),
            cancellationToken);

    public async Task<ImmutableArray<Message>> Read(
        CustomerId customer, long after, int limit, bool includeNotes, CancellationToken cancellationToken) =>
        [.. await record[$"""
            select {MessageColumns.All} from fte.messages
            where customer_id = $1 and sequence > $2 and (kind <> 'note' or $3)
            order by sequence limit $4
            """]
            .Set(customer.Value).Set(after).Set(includeNotes).Set(Math.Clamp(limit, 1, ReadLimit))
            .List(MessageColumns.Read, cancellationToken).ConfigureAwait(false)];

    public async Task<ImmutableArray<Ticket>> Tickets(CustomerId customer, CancellationToken cancellationToken) =>
        [.. await record[$"select {TicketColumns.All} from fte.tickets where customer_id = $1 order by number desc"]
            .Set(customer.Value)
            .List(TicketColumns.Read, cancellationToken).ConfigureAwait(false)];

    public async Task<ImmutableArray<Escalation>> Escalations(CustomerId customer, CancellationToken cancellationToken) =>
        [.. await record[$"select {EscalationColumns.All} from fte.escalations where customer_id = $1 order by number desc"]
            .Set(customer.Value)
            .List(EscalationColumns.Read, cancellationToken).ConfigureAwait(false)];
}
