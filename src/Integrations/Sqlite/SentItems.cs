namespace FteAgent.Sqlite;

/// <summary>
/// Takes away what was sent long ago, a few at a time. The last item of each destination stays, without its text: the next one's number
/// follows from it. What is unsent or given up stays whole.
/// </summary>
internal static class SentItems
{
    /// <summary>How long they are kept after they were sent.</summary>
    private static readonly TimeSpan Kept = TimeSpan.FromDays(7);

    /// <summary>Everyone waits for the one writer, so no more than this at a time.</summary>
    private const int Limit = 200;

    /// <summary>Whether there is anything to take away.</summary>
    public static bool AreOld(SqliteSession session, long now) => Old(session, now, 1).Count > 0;

    public static void Tidy(SqliteSession session, long now)
    {
        // The oldest first: of several of one destination the last is what stays.
        foreach (var (id, customer, destination, sequence) in Old(session, now, Limit))
        {
            session["delete from outbox where customer_id = $customer and destination = $destination and sequence < $sequence and sent_at is not null"]
                .Set("$customer", customer).Set("$destination", destination).Set("$sequence", sequence)
                .Execute();
            session["update outbox set tidied_at = $now, payload = '' where id = $id"].Set("$now", now).Set("$id", id).Execute();
        }
    }

    private static List<(Guid Id, Guid Customer, string Destination, long Sequence)> Old(SqliteSession session, long now, int limit) =>
        session["select id, customer_id, destination, sequence from outbox where sent_at < $old and tidied_at is null order by sent_at limit $limit"]
            .Set("$old", now - Micros.Of(Kept)).Set("$limit", limit)
            .List(static row => (row.Id(), row.Id(), row.Text(), row.Long()));
}
