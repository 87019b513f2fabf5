using FteAgent.Conversations;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace FteAgent.Sqlite;

/// <summary>Says whether a message could be stored now, by storing something: an open file proves nothing about a full disk.</summary>
/// <remarks>Anyone may ask, so the answer is kept for a second and asked for once at a time: probing must not compete with intake.</remarks>
internal sealed class SqliteHealth(SqliteRecord record, TimeProvider time) : IHealthCheck
{
    private static readonly TimeSpan KeptFor = TimeSpan.FromSeconds(1);
    private readonly Lock gate = new();
    private Task<HealthCheckResult>? asked;
    private long askedAt;

    public const string Name = "record";

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        lock (gate)
        {
            if (asked is null || (asked.IsCompleted && time.GetElapsedTime(askedAt) >= KeptFor))
                (asked, askedAt) = (Ask(), time.GetTimestamp());
            return asked.WaitAsync(cancellationToken);
        }
    }

    private async Task<HealthCheckResult> Ask()
    {
        try
        {
            await record.Write(
                session => session["insert into health (id, checked_at) values (1, $now) on conflict (id) do update set checked_at = excluded.checked_at"]
                    .Set("$now", record.Now)
                    .Execute(),
                CancellationToken.None).WaitAsync(Patience, time).ConfigureAwait(false);
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
