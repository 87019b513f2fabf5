using FteAgent.Conversations;

namespace FteAgent.Postgres;

/// <summary>What was given up, in the database.</summary>
internal sealed class PostgresGivenUp(PostgresRecord record) : IGivenUp
{
    public Task<long> BringBack(string destination, CancellationToken cancellationToken) =>
        record["select fte.bring_back_outbox($1)"].Set(destination).First(static row => row.Long(), 0L, cancellationToken);
}
