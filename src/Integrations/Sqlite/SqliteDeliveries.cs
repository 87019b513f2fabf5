using System.Collections.Immutable;
using FteAgent.Channels;
using FteAgent.Conversations;
using FteAgent.Customers;
using FteAgent.Storage;

namespace FteAgent.Sqlite;

/// <summary>What was handed to providers, in the file.</summary>
internal sealed class SqliteDeliveries(SqliteRecord record) : IDeliveries
{
    private const string Columns = "item_id, customer_id, message_id, channel, address, provider_id, status, error, noted_at";

    public Task Note(Delivery delivery, CancellationToken cancellationToken) =>
        record.Write(
            session => session[$"""
                insert into deliveries ({Columns})
                values ($item, $customer, $message, $channel, $address, $provider, $status, $error, $now)
                on conflict (item_id) do update set provider_id = coalesce(excluded.provider_id, provider_id)
                """]
                .Set("$item", delivery.Item).Set("$customer", delivery.Customer.Value).Set("$message", delivery.Message.Value)
                .Set("$channel", delivery.Channel).Set("$address", delivery.Address).Set("$provider", delivery.ProviderId)
                .Set("$status", delivery.Status).Set("$error", delivery.Error).Set("$now", record.Now)
                .Execute(),
            cancellationToken);

    public Task<Delivery?> Update(Guid item, DeliveryStatus status, string? error, CancellationToken cancellationToken) =>
        record.Write(
            session =>
            {
                var known = Find(session, item);
                if (known is null || !DeliverySteps.Before(status).Contains(known.Status))
                    return known;
                session["update deliveries set status = $status, error = $error, noted_at = $now where item_id = $item"]
                    .Set("$item", item).Set("$status", status).Set("$error", error).Set("$now", record.Now)
                    .Execute();
                return Find(session, item);
            },
            cancellationToken);

    public Task<Delivery?> Find(Guid item, CancellationToken cancellationToken) => record.Read(session => Find(session, item), cancellationToken);

    public Task<ImmutableArray<Delivery>> Find(ImmutableArray<Guid> items, CancellationToken cancellationToken) =>
        record.Read(session => items.Select(item => Find(session, item)).OfType<Delivery>().ToImmutableArray(), cancellationToken);

    public Task<ImmutableArray<Delivery>> List(CustomerId customer, int limit, CancellationToken cancellationToken) =>
        record.Read(
            session =>
            {
                var latestFirst = session[$"select {Columns} from deliveries where customer_id = $customer order by noted_at desc, item_id desc limit $limit"]
                    .Set("$customer", customer.Value).Set("$limit", limit)
                    .List(Read);
                latestFirst.Reverse();
                return latestFirst.ToImmutableArray();
            },
            cancellationToken);

    private static Delivery? Find(SqliteSession session, Guid item) =>
        session[$"select {Columns} from deliveries where item_id = $item"].Set("$item", item).First(Read, null as Delivery);

    private static Delivery Read(Row row) => new(
        row.Id(), new(row.Id()), new(row.Id()), row.Enum<Channel>(), row.Text(), row.TextOrNull(), row.Enum<DeliveryStatus>(), row.TextOrNull(), row.Time());
}
