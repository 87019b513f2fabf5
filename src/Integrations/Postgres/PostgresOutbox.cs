using System.Collections.Immutable;
using FteAgent.Conversations;
using FteAgent.Customers;

namespace FteAgent.Postgres;

/// <summary>What is still to be sent, in the database. Every step that moves a delivery moves the conversation's next action with it.</summary>
internal sealed class PostgresOutbox(PostgresRecord record) : IOutbox
{
    public async Task<ImmutableArray<OutboxItem>> Claim(
        CustomerId customer, string claimedBy, TimeSpan lease, CancellationToken cancellationToken) =>
        [.. await record["""
            select c.id, c.destination, c.sequence, c.payload, c.created_at, c.attempts, o.trace
            from fte.claim_outbox($1, $2, $3) c join fte.outbox o on o.id = c.id
            order by c.destination, c.sequence
            """]
            .Set(customer.Value).Set(claimedBy).Set(lease)
            .List(row => new OutboxItem(row.Id(), customer, row.Text(), row.Long(), row.Text(), row.Time(), row.Int(), row.TextOrNull()), cancellationToken)
            .ConfigureAwait(false)];

    public Task<bool> Holds(Guid item, string claimedBy, TimeSpan lease, CancellationToken cancellationToken) =>
        record["select fte.hold_outbox($1, $2, $3)"].Set(item).Set(claimedBy).Set(lease)
            .First(static row => row.Bool(), false, cancellationToken);

    public Task<bool> MarkSent(Guid item, string claimedBy, CancellationToken cancellationToken) =>
        Settle(item, claimedBy, null, null, cancellationToken);

    public Task MarkFailed(Guid item, string claimedBy, string cause, TimeSpan? retryIn, CancellationToken cancellationToken) =>
        Settle(item, claimedBy, cause, retryIn, cancellationToken);

    public Task GiveBack(Guid item, string claimedBy, TimeSpan retryIn, CancellationToken cancellationToken) =>
        record["select fte.give_back_outbox($1, $2, $3)"].Set(item).Set(claimedBy).Set(retryIn)
            .First(static row => row.Bool(), false, cancellationToken);

    private Task<bool> Settle(Guid item, string claimedBy, string? cause, TimeSpan? retryIn, CancellationToken cancellationToken) =>
        record["select fte.settle_outbox($1, $2, $3, $4)"].Set(item).Set(claimedBy).Set(cause).Set(retryIn)
            .First(static row => row.Bool(), false, cancellationToken);
}
