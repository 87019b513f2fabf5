using FteAgent.Conversations;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace FteAgent.Postgres;

/// <summary>Says whether the database searches vectors. Without it the silo does so itself: degraded, and ready all the same.</summary>
internal sealed class PostgresVectorHealth(PostgresVectorSearch search, TimeProvider time) : IHealthCheck
{
    public const string Name = "pgvector";

    /// <summary>An extension does not come and go by the second, and anyone may ask.</summary>
    private static readonly TimeSpan KeptFor = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    private HealthCheckResult known = HealthCheckResult.Healthy();
    private long? knownAt;

    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        if (knownAt is { } at && time.GetElapsedTime(at) < KeptFor)
            return known;
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(Patience);
        try
        {
            known = await search.Extension(limit.Token).ConfigureAwait(false) is { } version
                ? HealthCheckResult.Healthy($"pgvector {version}")
                : HealthCheckResult.Degraded("pgvector 0.8 or later is missing: vectors are searched in each silo's memory.");
            knownAt = time.GetTimestamp();
        }
        catch (Exception failure) when (failure is RecordUnavailableException or OperationCanceledException)
        {
            // Whether the database answers at all is the other check's to say.
        }

        return known;
    }
}
