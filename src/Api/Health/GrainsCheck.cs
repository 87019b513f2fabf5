using FteAgent.Health;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace FteAgent.Api.Health;

/// <summary>Not ready while this silo runs no grains: it has lost its lease, or is not in its cluster yet.</summary>
internal sealed class GrainsCheck(IGrainFactory grains, TimeProvider time) : IHealthCheck
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    /// <inheritdoc/>
    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        try
        {
            await grains.GetGrain<IPulseGrain>("here").Beat().WaitAsync(Patience, time, cancellationToken);
            return HealthCheckResult.Healthy();
        }
        catch (Exception failure) when (failure is OrleansException or TimeoutException)
        {
            return HealthCheckResult.Unhealthy("this silo is out of its cluster and runs no conversations now");
        }
    }
}
