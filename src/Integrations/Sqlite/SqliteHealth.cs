using FteAgent.Conversations;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace FteAgent.Sqlite;

/// <summary>Says whether a message could be stored now, by storing something: an open file proves nothing about a full disk.</summary>
internal sealed class SqliteHealth(SqliteRecord record, TimeProvider time) : IHealthCheck
{
    public const string Name = "record";

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        try
        {
            await record.Write(
                session => session["insert into health (id, checked_at) values (1, $now) on conflict (id) do update set checked_at = excluded.checked_at"]
                    .Set("$now", record.Now)
                    .Execute(),
                CancellationToken.None).WaitAsync(Patience, time, cancellationToken).ConfigureAwait(false);
            return HealthCheckResult.Healthy();
        }
        catch (TimeoutException)
        {
            return HealthCheckResult.Unhealthy($"A write did not return within {Patience.TotalSeconds} seconds.");
        }
        catch (RecordUnavailableException failure)
        {
            return HealthCheckResult.Unhealthy(failure.Message);
        }
    }
}
