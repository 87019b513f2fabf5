using System.Collections.Immutable;
using FteAgent.Conversations;
using FteAgent.Customers;
using FteAgent.Tickets;

namespace FteAgent.Sqlite;

/// <summary>Conversations in the file. The commit is in its own page, <c>SqliteConversationStore.Commit.cs</c>.</summary>
internal sealed partial class SqliteConversationStore(SqliteRecord record) : IConversationStore
{
    private const int ReadLimit = 1000;

    public Task<Conversation> Load(CustomerId customer, CancellationToken cancellationToken) =>
        record.Read(session => CustomerRows.Complete(session, ConversationRows.Load(session, customer) ?? Conversation.New(customer)), cancellationToken);

    public Task<bool> WasCommitted(CustomerId customer, CommandId command, CancellationToken cancellationToken) =>
        record.Read(session => WasCommitted(session, customer, command), cancellationToken);

    public Task<DeliveredMessage?> FindDelivered(Channel channel, string channelMessageId, CancellationToken cancellationToken) =>
        record.Read(
            session => session[$"select customer_id, {MessageRows.Columns} from messages where channel = $channel and channel_message_id = $id"]
                .Set("$channel", channel).Set("$id", channelMessageId)
                .First(static row => new DeliveredMessage(new(row.Id()), MessageRows.Read(row)), null as DeliveredMessage),
            cancellationToken);

    public Task<ImmutableArray<Message>> Read(
        CustomerId customer, long after, int limit, bool includeNotes, CancellationToken cancellationToken) =>
        record.Read(
            session => session[$"""
                select {MessageRows.Columns} from messages
                where customer_id = $customer and sequence > $after and (kind <> 'note' or $notes = 1)
                order by sequence limit $limit
                """]
                .Set("$customer", customer.Value).Set("$after", after).Set("$notes", includeNotes ? 1 : 0).Set("$limit", Math.Clamp(limit, 1, ReadLimit))
                .List(MessageRows.Read).ToImmutableArray(),
            cancellationToken);

    public Task<ImmutableArray<Ticket>> Tickets(CustomerId customer, CancellationToken cancellationToken) =>
        record.Read(
            session => session[$"select {TicketRows.Columns} from tickets where customer_id = $customer order by number desc"]
                .Set("$customer", customer.Value)
                .List(TicketRows.Read).ToImmutableArray(),
            cancellationToken);

    public Task<ImmutableArray<Escalation>> Escalations(CustomerId customer, CancellationToken cancellationToken) =>
        record.Read(
            session => session[$"select {EscalationRows.Columns} from escalations where customer_id = $customer order by number desc"]
                .Set("$customer", customer.Value)
                .List(EscalationRows.Read).ToImmutableArray(),
            cancellationToken);

    private static bool WasCommitted(SqliteSession session, CustomerId customer, CommandId command) =>
        session["select 1 from commands where customer_id = $customer and command_id = $command"]
            .Set("$customer", customer.Value).Set("$command", command.Value)
            .Any();
}
