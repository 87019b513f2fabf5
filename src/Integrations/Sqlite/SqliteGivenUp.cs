using FteAgent.Conversations;
using FteAgent.Customers;

namespace FteAgent.Sqlite;

/// <summary>What was given up, in the file.</summary>
internal sealed class SqliteGivenUp(SqliteRecord record) : IGivenUp
{
    public Task<BroughtBack> BringBack(string destination, CustomerId? after, int customers, CancellationToken cancellationToken) => record.Write(
        session =>
        {
            var found = session["""
                select distinct customer_id from outbox
                where destination = $destination and dead_at is not null and customer_id > $after
                order by customer_id limit $limit
                """]
                .Set("$destination", destination).Set("$after", after?.Value ?? Guid.Empty).Set("$limit", customers)
                .List(static row => new CustomerId(row.Id()));
            var items = 0L;
            foreach (var customer in found)
            {
                items += session["""
                    update outbox set dead_at = null, cause = null, attempts = 0, due_at = $now
                    where destination = $destination and customer_id = $customer and dead_at is not null
                    """]
                    .Set("$destination", destination).Set("$customer", customer.Value).Set("$now", record.Now)
                    .Execute();
                Duties.Derive(session, customer);
            }

            return new BroughtBack(items, found.Count > 0 ? found[^1] : null);
        },
        cancellationToken);
}
