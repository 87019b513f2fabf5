using System.Collections.Immutable;
using FteAgent.Channels;
using FteAgent.Conversations;
using FteAgent.Customers;
using FteAgent.Storage;

namespace FteAgent.Sqlite;

/// <summary>What was handed to providers, in the file.</summary>
internal sealed class SqliteDeliveries(SqliteRecord record) : IDeliveries
{
    private const string Columns = "item_id, customer_id, message_id, channel, address, provider_id, status, error, noted_at, internet_id, unseen";

    public Task Note(Delivery delivery, CancellationToken cancellationToken) =>
        record.Write(
            session => session[$"""
                insert into deliveries ({Columns})
                values ($item, $customer, $message, $channel, $address, $provider, $status, $error, $now, $internet, $unseen)
                on conflict (item_id) do update set
                    provider_id = coalesce(excluded.provider_id, provider_id), internet_id = coalesce(excluded.internet_id, internet_id)
                """]
                .Set("$item", delivery.Item).Set("$customer", delivery.Customer.Value).Set("$message", delivery.Message.Value)
                .Set("$channel", delivery.Channel).Set("$address", delivery.Address).Set("$provider", delivery.ProviderId)
                .Set("$status", delivery.Status).Set("$error", delivery.Error).Set("$now", record.Now)
                .Set("$internet", delivery.InternetId).Set("$unseen", delivery.Unseen ? 1 : 0)
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

    public Task<ImmutableArray<Delivery>> FindMails(ImmutableArray<string> messageIds, CancellationToken cancellationToken) => messageIds.IsEmpty
        ? Task.FromResult(ImmutableArray<Delivery>.Empty)
        : record.Read(
            session => messageIds.SelectMany(id => Named(session, id)).DistinctBy(mail => mail.Item).ToImmutableArray(),
            cancellationToken);

    public Task<int> CountUnseen(string address, Guid except, DateTimeOffset since, CancellationToken cancellationToken) =>
        record.Read(
            session => (int)session["""
                select count(*) from deliveries d
                where d.unseen = 1 and d.address = $address and d.noted_at >= $since and d.item_id <> $except and d.status <> $failed and not exists (
                    select 1 from origins o
                    where o.customer_id = d.customer_id and o.channel = d.channel and o.address = d.address and o.received_at > d.noted_at)
                """]
                .Set("$address", address).Set("$since", since).Set("$except", except).Set("$failed", DeliveryStatus.Failed)
                .First(static row => row.Long(), 0L),
            cancellationToken);

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

    /// <summary>Whatever this id names: by the key and by the index, one look each.</summary>
    private static List<Delivery> Named(SqliteSession session, string messageId) =>
        session[$"select {Columns} from deliveries where item_id = $item union all select {Columns} from deliveries where internet_id = $id"]
            .Set("$item", MailIds.ItemOf(messageId)).Set("$id", messageId)
            .List(Read);

    private static Delivery Read(Row row) => new(
        row.Id(), new(row.Id()), new(row.Id()), row.Enum<Channel>(), row.Text(), row.TextOrNull(), row.Enum<DeliveryStatus>(), row.TextOrNull(), row.Time(),
        row.TextOrNull(), row.Bool());
}
