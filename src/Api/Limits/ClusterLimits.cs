using System.Diagnostics.Metrics;
using FteAgent.Api.Addresses;
using FteAgent.Limits;
using FteAgent.Telemetry;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace FteAgent.Api.Limits;

/// <summary>
/// Limits that hold over all silos, for what a stranger could do too often: by address, and by block of addresses. The limits of each
/// silo by itself stand before them, so that most of a flood costs no call.
/// </summary>
/// <remarks>
/// Where the count cannot be had, the request goes on. A customer must not be turned away because another silo just died, and the silo's
/// own limit still holds. Whatever fails, for in the midst of a deploy a silo of the release before may own the count and not know the
/// grain. That is so for signing in too: no minute without the cluster's count makes 256 random bits any easier to
/// guess, and operators must get in when the fleet is in trouble.
/// </remarks>
internal sealed partial class ClusterLimits(IGrainFactory grains, IOptions<RateLimitOptions> options, IMeterFactory meters, TimeProvider time, ILogger<ClusterLimits> logger)
{
    /// <summary>Counting takes microseconds; who is not answered by then would make a customer wait for nothing.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromMilliseconds(500);

    /// <summary>A fleet in trouble says so once in a while, not for each customer.</summary>
    private static readonly TimeSpan SayEvery = TimeSpan.FromMinutes(1);

    private readonly Counter<long> uncounted = meters.Create(Traces.Name)
        .CreateCounter<long>("fte.limits.uncounted", "{request}", "Requests that went on without the cluster's count, since it could not be had.");

    private long saidAt = long.MinValue;

    /// <summary>Looks at the limit of the endpoint that is asked for, if it has one.</summary>
    public async Task Hold(HttpContext context, RequestDelegate next)
    {
        if (context.GetEndpoint()?.Metadata.GetMetadata<ClusterLimit>() is { } limit && await Refusal(limit.Counted, context) is { } retryAfter)
            await RateLimits.Refuse(context, retryAfter);
        else
            await next(context);
    }

    /// <summary>How long to wait, or null for a request that may go on.</summary>
    private async Task<TimeSpan?> Refusal(string counted, HttpContext context)
    {
        var from = AddressBlock.Of(ClientAddress.Of(context));
        var ofAddress = counted == RateLimits.SignIn ? options.Value.SignInPerMinute : options.Value.SubmitPerMinute;
        var ofBlock = (int)Math.Min(int.MaxValue, (long)ofAddress * options.Value.BlockFactor);
        try
        {
            var answer = await grains.GetGrain<IAddressLimitGrain>($"{counted}/{from.Block}").Take(from.Address, ofAddress, ofBlock)
                .WaitAsync(Patience, time, context.RequestAborted);
            return answer.IsTaken ? null : answer.RetryAfter;
        }
        catch (Exception failure) when (!context.RequestAborted.IsCancellationRequested)
        {
            uncounted.Add(1, new KeyValuePair<string, object?>("counted", counted));
            Say(failure);
            return null;
        }
    }

    private void Say(Exception failure)
    {
        var (now, last) = (time.GetTimestamp(), Volatile.Read(ref saidAt));
        if ((last == long.MinValue || time.GetElapsedTime(last, now) >= SayEvery) && Interlocked.CompareExchange(ref saidAt, now, last) == last)
            LogUncounted(logger, failure);
    }

    [LoggerMessage(4010, LogLevel.Warning, "The cluster's count of requests cannot be had now; the limits of each silo by itself still hold.")]
    private static partial void LogUncounted(ILogger logger, Exception failure);
}

/// <summary>On an endpoint: it is limited over all silos.</summary>
/// <param name="Counted">What is counted together.</param>
internal sealed record ClusterLimit(string Counted);

/// <summary>How endpoints say that they are limited.</summary>
internal static class ClusterLimitExtensions
{
    /// <summary>By address, on this silo and then on all of them.</summary>
    public static TBuilder LimitInCluster<TBuilder>(this TBuilder endpoint, string counted)
        where TBuilder : IEndpointConventionBuilder => endpoint.RequireRateLimiting(counted).WithMetadata(new ClusterLimit(counted));
}
