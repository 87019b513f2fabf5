using System.Collections.Immutable;
using FteAgent.Channels;
using FteAgent.Conversations;
using FteAgent.Customers;

namespace FteAgent.Postgres;

/// <summary>Where messages came from, in the database.</summary>
internal sealed class PostgresOrigins(PostgresRecord record) : IOrigins
{
    private const string Columns = "message_id, customer_id, channel, address, recipient, proved, subject, internet_id, thread, received_at";

    public Task Note(Origin origin, CancellationToken cancellationToken) => PostgresPatience.WaitOut(
        record.Source.Work,
        () => record[$"""
            insert into fte.origins ({Columns}) values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10) on conflict (message_id) do nothing
            returning {PostgresStatement.OnDiskWithTheNext}
            """]
            .Set(origin.Message.Value).Set(origin.Customer.Value).Set<Channel>(origin.Channel).Set(origin.Address).Set(origin.Recipient)
            .Set(origin.Proved).Set(origin.Subject).Set(origin.Thread?.MessageId).Set([.. origin.Thread?.References ?? []]).Set(origin.ReceivedAt)
            .Execute(cancellationToken),
        cancellationToken);

    public Task<Origin?> Find(MessageId message, CancellationToken cancellationToken) =>
        record[$"select {Columns} from fte.origins where message_id = $1"].Set(message.Value).First(Read, null as Origin, cancellationToken);

    public Task<CustomerId?> FindThread(ImmutableArray<string> messageIds, string address, bool isProved, CancellationToken cancellationToken) =>
        record["""
            select customer_id from fte.origins
            where internet_id = any ($1) and address = $2 and (not proved or $3)
            order by received_at desc, message_id limit 1
            """]
            .Set([.. messageIds]).Set(address).Set(isProved)
            .First(static row => new CustomerId(row.Id()), null as CustomerId?, cancellationToken);

    public async Task<ImmutableArray<CustomerId>> UnprovedBefore(
        Channel channel, string address, DateTimeOffset receivedAt, MessageId message, int limit, CancellationToken cancellationToken) =>
        [.. await record["""
            select o.customer_id from fte.origins o
            where o.address = $2 and o.channel = $1 and not o.proved and o.received_at >= date_bin('1 hour', $3, 'epoch')
                and (o.received_at, o.message_id) < ($3, $4) and o.message_id <> $4
                and exists (select 1 from fte.messages m where m.customer_id = o.customer_id and m.sequence = 1 and m.id = o.message_id)
            order by o.received_at, o.message_id limit $5
            """]
            .Set<Channel>(channel).Set(address).Set(receivedAt).Set(message.Value).Set(limit)
            .List(static row => new CustomerId(row.Id()), cancellationToken).ConfigureAwait(false)];

    public async Task<ImmutableHashSet<MessageId>> Unproved(CustomerId customer, ImmutableArray<MessageId> messages, CancellationToken cancellationToken) =>
        [.. await record["select message_id from fte.origins where message_id = any ($2) and customer_id = any (array(select fte.group_of($1))) and not proved"]
            .Set(customer.Value).Set([.. messages.Select(message => message.Value)])
            .List(static row => new MessageId(row.Id()), cancellationToken).ConfigureAwait(false)];

    public Task<Origin?> Latest(CustomerId customer, Channel channel, CancellationToken cancellationToken) =>
        record[$"""
            select {Columns} from fte.origins
            where customer_id = any (array(select fte.group_of($1))) and channel = $2
            order by received_at desc, message_id limit 1
            """]
            .Set(customer.Value).Set<Channel>(channel)
            .First(Read, null as Origin, cancellationToken);

    private static Origin Read(PostgresRow row)
    {
        var (message, customer, channel) = (row.Id(), row.Id(), row.Enum<Channel>());
        var (address, recipient, proved, subject) = (row.Text(), row.Text(), row.Bool(), row.TextOrNull());
        var (id, references) = (row.TextOrNull(), row.Texts());
        return new(
            new(message), new(customer), channel, address, recipient, proved, subject,
            id is null && references.Length == 0 ? null : new(id, [.. references]), row.Time());
    }
}
