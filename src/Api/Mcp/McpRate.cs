using System.Threading.RateLimiting;
using FteAgent.Api.Limits;
using FteAgent.Operators;
using Microsoft.Extensions.Options;

namespace FteAgent.Api.Mcp;

/// <summary>
/// How often each operator's programs may ask, on this silo. By operator and not by address: many operators may share one, and a program that runs
/// wild must not shut out the others.
/// </summary>
internal sealed class McpRate(IOptions<RateLimitOptions> options) : IDisposable
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(10);

    private readonly PartitionedRateLimiter<Guid> limiter =
        PartitionedRateLimiter.Create<Guid, Guid>(by => RateLimits.Window(by, options.Value.McpPerMinute));

    /// <summary>How long to wait, or null for a request that may go on.</summary>
    public TimeSpan? Refusal(Operator by)
    {
        using var lease = limiter.AttemptAcquire(by.Id);
        return lease.IsAcquired ? null : lease.TryGetMetadata(MetadataName.RetryAfter, out var retryAfter) ? retryAfter : Pause;
    }

    /// <inheritdoc/>
    public void Dispose() => limiter.Dispose();
}
