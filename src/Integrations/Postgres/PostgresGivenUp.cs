using FteAgent.Conversations;
using FteAgent.Customers;

namespace FteAgent.Postgres;

/// <summary>What was given up, in the database.</summary>
internal sealed class PostgresGivenUp(PostgresRecord record) : IGivenUp
{
    public Task<BroughtBack> BringBack(string destination, CustomerId? after, int customers, CancellationToken cancellationToken) =>
        record["select items, ended_with from fte.bring_back_outbox($1, $2, $3)"].Set(destination).Set(after?.Value).Set(customers)
            .First(static row => new BroughtBack(row.Long(), row.IdOrNull() is { } last ? new(last) : null), default, cancellationToken);
}
