using System.Collections.Immutable;
using FteAgent.Channels;
using FteAgent.Conversations;
using FteAgent.Customers;
using FteAgent.Storage;

namespace FteAgent.Postgres;

/// <summary>What was handed to providers, in the database.</summary>
internal sealed class PostgresDeliveries(PostgresRecord record) : IDeliveries
{
    private const string Columns = "item_id, customer_id, message_id, channel, address, provider_id, status, error, noted_at, internet_id, unseen";

    public Task Note(Delivery delivery, CancellationToken cancellationToken) =>
        record[$"""
            insert into fte.deliveries as known ({Columns}) values ($1, $2, $3, $4, $5, $6, $7, $8, fte.now(), $9, $10)
            on conflict (item_id) do update set
                provider_id = coalesce(excluded.provider_id, known.provider_id), internet_id = coalesce(excluded.internet_id, known.internet_id)
            """]
            .Set(delivery.Item).Set(delivery.Customer.Value).Set(delivery.Message.Value).Set<Channel>(delivery.Channel).Set(delivery.Address)
            .Set(delivery.ProviderId).Set<DeliveryStatus>(delivery.Status).Set(delivery.Error).Set(delivery.InternetId).Set(delivery.Unseen)
            .Execute(cancellationToken);

    public async Task<Delivery?> Update(Guid item, DeliveryStatus status, string? error, CancellationToken cancellationToken)
    {
        // One statement decides: two that come at once are put in order by the row.
        await record["update fte.deliveries set status = $2, error = $3, noted_at = fte.now() where item_id = $1 and status = any ($4)"]
            .Set(item).Set<DeliveryStatus>(status).Set(error).Set([.. DeliverySteps.Before(status).Select(EnumText.Of)])
            .Execute(cancellationToken).ConfigureAwait(false);
        return await Find(item, cancellationToken).ConfigureAwait(false);
    }

    public Task<Delivery?> Find(Guid item, CancellationToken cancellationToken) =>
        record[$"select {Columns} from fte.deliveries where item_id = $1"].Set(item).First(Read, null as Delivery, cancellationToken);

    public async Task<ImmutableArray<Delivery>> FindMails(ImmutableArray<string> messageIds, CancellationToken cancellationToken) => messageIds.IsEmpty
        ? []
        : [.. await record[$"select {Columns} from fte.deliveries where item_id = any ($1) or internet_id = any ($2)"]
            .Set(messageIds.Select(MailIds.ItemOf).OfType<Guid>().ToArray()).Set([.. messageIds])
            .List(Read, cancellationToken).ConfigureAwait(false)];

    public async Task<int> CountUnseen(string address, Guid except, DateTimeOffset since, CancellationToken cancellationToken) =>
        (int)await record["""
            select count(*) from fte.deliveries d
            where d.unseen and d.address = $1 and d.noted_at >= $3 and d.item_id <> $2 and d.status <> $4 and not exists (
                select 1 from fte.origins o
                where o.customer_id = d.customer_id and o.channel = d.channel and o.address = d.address and o.received_at > d.noted_at)
            """]
            .Set(address).Set(except).Set(since).Set<DeliveryStatus>(DeliveryStatus.Failed)
            .First(static row => row.Long(), 0L, cancellationToken).ConfigureAwait(false);

    public async Task<ImmutableArray<Delivery>> List(CustomerId customer, int limit, CancellationToken cancellationToken)
    {
        var latestFirst = await record[$"select {Columns} from fte.deliveries where customer_id = $1 order by noted_at desc, item_id desc limit $2"]
            .Set(customer.Value).Set(limit)
            .List(Read, cancellationToken).ConfigureAwait(false);
        latestFirst.Reverse();
        return [.. latestFirst];
    }

    private static Delivery Read(PostgresRow row) => new(
        row.Id(), new(row.Id()), new(row.Id()), row.Enum<Channel>(), row.Text(), row.TextOrNull(), row.Enum<DeliveryStatus>(), row.TextOrNull(), row.Time(),
        row.TextOrNull(), row.Bool());
}
