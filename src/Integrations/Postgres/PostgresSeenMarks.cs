using FteAgent.Channels;
using FteAgent.Customers;

namespace FteAgent.Postgres;

/// <summary>How far customers have read, in the database.</summary>
internal sealed class PostgresSeenMarks(PostgresRecord record) : ISeenMarks
{
    public Task Mark(CustomerId customer, long sequence, CancellationToken cancellationToken) =>
        record["""
            insert into fte.seen as known (customer_id, sequence, seen_at) select id, $2, fte.now() from fte.customers where id = $1
            on conflict (customer_id) do update set sequence = excluded.sequence, seen_at = excluded.seen_at where known.sequence < excluded.sequence
            """]
            .Set(customer.Value).Set(sequence)
            .Execute(cancellationToken);

    public Task<long> Find(CustomerId customer, CancellationToken cancellationToken) =>
        record["select sequence from fte.seen where customer_id = $1"].Set(customer.Value).First(static row => row.Long(), 0L, cancellationToken);
}
