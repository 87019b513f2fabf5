using System.Collections.Immutable;
using FteAgent.Conversations;
using FteAgent.Customers;

namespace FteAgent.Sqlite;

/// <summary>An outbox item as its row.</summary>
internal static class OutboxRows
{
    /// <summary>Writes new items, each in the next place of its conversation and destination.</summary>
    public static void Write(SqliteSession session, CustomerId customer, ImmutableArray<OutboxItem> items, long now)
    {
        foreach (var item in items)
            session["""
                insert into outbox (id, customer_id, destination, sequence, payload, created_at, attempts, due_at, trace)
                values (
                    $id, $customer, $destination,
                    1 + (select coalesce(max(sequence), 0) from outbox where customer_id = $customer and destination = $destination),
                    $payload, $created_at, 0, $due, $trace)
                """]
                .Set("$id", item.Id)
                .Set("$customer", customer.Value)
                .Set("$destination", item.Destination)
                .Set("$payload", item.Payload)
                .Set("$created_at", item.CreatedAt)
                .Set("$due", now + Micros.Of(item.Wait))
                .Set("$trace", item.Trace)
                .Execute();
    }
}
