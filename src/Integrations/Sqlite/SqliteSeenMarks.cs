using FteAgent.Channels;
using FteAgent.Customers;

namespace FteAgent.Sqlite;

/// <summary>How far customers have read, in the file.</summary>
internal sealed class SqliteSeenMarks(SqliteRecord record) : ISeenMarks
{
    public Task Mark(CustomerId customer, long sequence, CancellationToken cancellationToken) =>
        record.Write(
            session => session["""
                insert into seen (customer_id, sequence, seen_at) select id, $sequence, $now from customers where id = $customer
                on conflict (customer_id) do update set sequence = excluded.sequence, seen_at = excluded.seen_at where sequence < excluded.sequence
                """]
                .Set("$customer", customer.Value).Set("$sequence", sequence).Set("$now", record.Now)
                .Execute(),
            cancellationToken);

    public Task<long> Find(CustomerId customer, CancellationToken cancellationToken) =>
        record.Read(
            session => session["select sequence from seen where customer_id = $customer"].Set("$customer", customer.Value).First(static row => row.Long(), 0L),
            cancellationToken);
}
