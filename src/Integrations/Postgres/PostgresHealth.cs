using FteAgent.Conversations;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace FteAgent.Postgres;

/// <summary>Says whether a message could be stored now, by storing something: an open connection proves nothing about a full disk or a standby.</summary>
/// <remarks>It has a connection of its own, so that a silo whose readers are many does not seem unable to store.</remarks>
internal sealed class PostgresHealth(PostgresRecord record, TimeProvider time) : IHealthCheck
{
    public const string Name = "record";

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        using var limit = new CancellationTokenSource(Patience, time);
        try
        {
            await record.Sign("insert into fte.health (id, checked_at) values (1, fte.now()) on conflict (id) do update set checked_at = excluded.checked_at")
                .Execute(limit.Token).ConfigureAwait(false);
            return HealthCheckResult.Healthy();
        }
        catch (OperationCanceledException)
        {
            return HealthCheckResult.Unhealthy($"A write did not return within {Patience.TotalSeconds} seconds.");
        }
        catch (RecordUnavailableException failure)
        {
            return HealthCheckResult.Unhealthy(failure.Message);
        }
    }
}
