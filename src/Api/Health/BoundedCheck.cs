using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace FteAgent.Api.Health;

/// <summary>A health check that always answers in time, is asked once at a time, and cannot make a silo unready unless that is its office.</summary>
/// <param name="make">Makes the check, when it is first asked; made anew as long as that fails.</param>
/// <param name="decides">Whether it may make a silo unready.</param>
/// <param name="keptFor">How long an answer is kept.</param>
/// <param name="time">The clock.</param>
internal sealed class BoundedCheck(Func<IHealthCheck> make, bool decides, TimeSpan keptFor, TimeProvider time) : IHealthCheck
{
    private readonly Lock gate = new();
    private IHealthCheck? made;
    private Task<HealthCheckResult>? asked;
    private long askedAt;

    /// <inheritdoc/>
    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        lock (gate)
        {
            // Whoever comes while it is being asked waits for the same answer.
            if (asked is null || (asked.IsCompleted && time.GetElapsedTime(askedAt) >= keptFor))
                (asked, askedAt) = (Ask(context), time.GetTimestamp());
            return asked.WaitAsync(cancellationToken);
        }
    }

    private async Task<HealthCheckResult> Ask(HealthCheckContext context)
    {
        var result = await Answer(context);
        return result.Status is HealthStatus.Unhealthy && !decides ? HealthCheckResult.Degraded(result.Description, data: result.Data) : result;
    }

    private async Task<HealthCheckResult> Answer(HealthCheckContext context)
    {
        using var limit = new CancellationTokenSource();
        try
        {
            // On a thread of its own, and left behind where it does not heed the limit.
            return await Task.Run(() => (made ??= make()).CheckHealthAsync(context, limit.Token), CancellationToken.None).WaitAsync(Readiness.Patience, time);
        }
        catch (TimeoutException)
        {
            await limit.CancelAsync();
            return HealthCheckResult.Unhealthy($"No answer within {Readiness.Patience.TotalSeconds:0} seconds.");
        }
        catch (Exception)
        {
            // Not its message, which may name what strangers need not know: the answer is public.
            return HealthCheckResult.Unhealthy("The check failed.");
        }
    }
}
