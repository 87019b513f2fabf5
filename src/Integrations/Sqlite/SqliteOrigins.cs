using System.Collections.Immutable;
using System.Text.Json;
using FteAgent.Channels;
using FteAgent.Conversations;
using FteAgent.Customers;

namespace FteAgent.Sqlite;

/// <summary>Where messages came from, in the file.</summary>
internal sealed class SqliteOrigins(SqliteRecord record) : IOrigins
{
    private static readonly long Hour = Micros.Of(TimeSpan.FromHours(1));

    private const string Columns = "message_id, customer_id, channel, address, recipient, proved, subject, internet_id, thread, received_at";

    public Task Note(Origin origin, CancellationToken cancellationToken) =>
        record.Write(
            session => session[$"""
                insert into origins ({Columns})
                values ($message, $customer, $channel, $address, $recipient, $proved, $subject, $internet_id, $thread, $received_at)
                on conflict (message_id) do nothing
                """]
                .Set("$message", origin.Message.Value).Set("$customer", origin.Customer.Value).Set("$channel", origin.Channel)
                .Set("$address", origin.Address).Set("$recipient", origin.Recipient).Set("$proved", origin.Proved ? 1 : 0)
                .Set("$subject", origin.Subject).Set("$internet_id", origin.Thread?.MessageId)
                .Set("$thread", JsonSerializer.Serialize<string[]>([.. origin.Thread?.References ?? []])).Set("$received_at", origin.ReceivedAt)
                .Execute(),
            cancellationToken);

    public Task<Origin?> Find(MessageId message, CancellationToken cancellationToken) =>
        record.Read(
            session => session[$"select {Columns} from origins where message_id = $message"].Set("$message", message.Value).First(Read, null as Origin),
            cancellationToken);

    public Task<CustomerId?> FindThread(ImmutableArray<string> messageIds, string address, bool isProved, CancellationToken cancellationToken) =>
        record.Read(
            session => session["""
                select customer_id from origins
                where internet_id in (select value from json_each($ids)) and address = $address and proved <= $proved
                order by received_at desc, message_id limit 1
                """]
                .Set("$ids", JsonSerializer.Serialize<string[]>([.. messageIds])).Set("$address", address).Set("$proved", isProved ? 1 : 0)
                .First(static row => new CustomerId(row.Id()), null as CustomerId?),
            cancellationToken);

    public Task<ImmutableArray<CustomerId>> UnprovedBefore(
        Channel channel, string address, DateTimeOffset receivedAt, MessageId message, int limit, CancellationToken cancellationToken) =>
        record.Read(
            session => session["""
                select o.customer_id from origins o
                where o.address = $address and o.channel = $channel and o.proved = 0 and o.received_at >= $received_at - $received_at % $hour
                    and (o.received_at, o.message_id) < ($received_at, $message) and o.message_id <> $message
                    and exists (select 1 from messages m where m.customer_id = o.customer_id and m.sequence = 1 and m.id = o.message_id)
                order by o.received_at, o.message_id limit $limit
                """]
                .Set("$channel", channel).Set("$address", address).Set("$received_at", receivedAt).Set("$message", message.Value)
                .Set("$hour", Hour).Set("$limit", limit)
                .List(static row => new CustomerId(row.Id())).ToImmutableArray(),
            cancellationToken);

    public Task<ImmutableHashSet<MessageId>> Unproved(CustomerId customer, ImmutableArray<MessageId> messages, CancellationToken cancellationToken) =>
        record.Read(
            session =>
            {
                var one = IdentityRows.Canonical(session, customer).Value;
                return messages
                    .Where(message => session[$"select 1 from origins where message_id = $message and customer_id in ({IdentityRows.IsOne}) and proved = 0"]
                        .Set("$message", message.Value).Set("$one", one)
                        .Any())
                    .ToImmutableHashSet();
            },
            cancellationToken);

    public Task<Origin?> Latest(CustomerId customer, Channel channel, CancellationToken cancellationToken) =>
        record.Read(
            session => session[$"""
                select {Columns} from origins
                where customer_id in ({IdentityRows.IsOne}) and channel = $channel
                order by received_at desc, message_id limit 1
                """]
                .Set("$one", IdentityRows.Canonical(session, customer).Value).Set("$channel", channel)
                .First(Read, null as Origin),
            cancellationToken);

    private static Origin Read(Row row)
    {
        var (message, customer, channel) = (row.Id(), row.Id(), row.Enum<Channel>());
        var (address, recipient, proved, subject) = (row.Text(), row.Text(), row.Bool(), row.TextOrNull());
        var (id, references) = (row.TextOrNull(), JsonSerializer.Deserialize<ImmutableArray<string>>(row.Text()));
        return new(
            new(message), new(customer), channel, address, recipient, proved, subject,
            id is null && references.IsEmpty ? null : new(id, references), row.Time());
    }
}
