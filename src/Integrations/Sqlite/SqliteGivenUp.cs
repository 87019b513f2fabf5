using FteAgent.Conversations;

namespace FteAgent.Sqlite;

/// <summary>What was given up, in the file.</summary>
internal sealed class SqliteGivenUp(SqliteRecord record) : IGivenUp
{
    public Task<long> BringBack(string destination, CancellationToken cancellationToken) => record.Write(
        session =>
        {
            var customers = session["select distinct customer_id from outbox where destination = $destination and dead_at is not null"]
                .Set("$destination", destination)
                .List(static row => row.Id());
            var count = session["""
                update outbox set dead_at = null, cause = null, attempts = 0, due_at = $now where destination = $destination and dead_at is not null
                """]
                .Set("$destination", destination).Set("$now", record.Now)
                .Execute();
            foreach (var customer in customers)
                Duties.Derive(session, new(customer));
            return (long)count;
        },
        cancellationToken);
}
