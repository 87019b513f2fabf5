using FteAgent.Customers;

namespace FteAgent.Sqlite;

/// <summary>
/// Derives when a conversation must be looked at again, in the transaction that moved one of its duties. A duty that moved is
/// a new one: the sweepers' back-off for the old one ends.
/// </summary>
internal static class Duties
{
    private const long Never = long.MaxValue;

    /// <summary>The earliest of these, or null when there is none.</summary>
    public static long? Earliest(long? first, long? second, long? third = null, long? fourth = null)
    {
        var earliest = Math.Min(Math.Min(first ?? Never, second ?? Never), Math.Min(third ?? Never, fourth ?? Never));
        return earliest == Never ? null : earliest;
    }

    /// <summary>
    /// Reads the deliveries still open and sets the conversation's next action. What holds a destination up is its first unsent item
    /// alone: when it is due, and not before another's claim to it has ended.
    /// </summary>
    public static void Derive(SqliteSession session, CustomerId customer)
    {
        var delivery = session["""
            select min(max(head.due_at, coalesce(head.claimed_until, head.due_at)))
            from (
                select destination, min(sequence) as sequence from outbox
                where customer_id = $customer and sent_at is null and dead_at is null
                group by destination) first
            join outbox head on head.customer_id = $customer and head.destination = first.destination and head.sequence = first.sequence
            """]
            .Set("$customer", customer.Value)
            .First(static row => row.LongOrNull(), null);

        var (exchange, sla, quiet) = session["select exchange_due_at, sla_due_at, quiet_close_at from conversations where customer_id = $customer"]
            .Set("$customer", customer.Value)
            .First(static row => (row.LongOrNull(), row.LongOrNull(), row.LongOrNull()), default);

        session["""
            update conversations set delivery_due_at = $delivery, next_action_at = $next,
                pokes = case when next_action_at is $next then pokes else 0 end,
                poke_after = case when next_action_at is $next then poke_after else 0 end
            where customer_id = $customer
            """]
            .Set("$customer", customer.Value).Set("$delivery", delivery).Set("$next", Earliest(delivery, exchange, sla, quiet))
            .Execute();
    }
}
