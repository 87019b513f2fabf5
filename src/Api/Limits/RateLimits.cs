using System.ComponentModel.DataAnnotations;
using System.Globalization;
using System.Net;
using System.Threading.RateLimiting;
using FteAgent.Api.Problems;
using FteAgent.Api.Support;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.RateLimiting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace FteAgent.Api.Limits;

/// <summary>How many requests a minute are taken. Bound from the section <c>Limits</c>.</summary>
public sealed class RateLimitOptions
{
    /// <summary>New conversations and forms from one address. Default 30.</summary>
    [Range(1, 10_000_000)]
    public int SubmitPerMinute { get; set; } = 30;

    /// <summary>Messages and requests for a person in one conversation. Default 60.</summary>
    [Range(1, 10_000_000)]
    public int MessagesPerMinute { get; set; } = 60;

    /// <summary>Attempts to sign in from one address. Default 10.</summary>
    [Range(1, 10_000_000)]
    public int SignInPerMinute { get; set; } = 10;

    /// <summary>Live streams open at the same time from one address. Default 200.</summary>
    [Range(1, 10_000_000)]
    public int StreamsAtOnce { get; set; } = 200;

    /// <summary>All requests from one address. Default 1,200.</summary>
    [Range(1, 10_000_000)]
    public int RequestsPerMinute { get; set; } = 1_200;
}

/// <summary>The limits by name; each refusal is 429 with Retry-After.</summary>
internal static class RateLimits
{
    public const string Submit = "submit";
    public const string Messages = "messages";
    public const string SignIn = "sign-in";
    public const string Streams = "streams";

    private const int Segments = 6;
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);

    public static void AddRateLimits(this IServiceCollection services)
    {
        services.AddOptionsWithValidateOnStart<RateLimitOptions>().BindConfiguration("Limits").ValidateDataAnnotations();
        services.AddRateLimiter(_ => { });
        services.AddOptions<RateLimiterOptions>().Configure<IOptions<RateLimitOptions>>((limiter, configured) =>
        {
            var limits = configured.Value;
            limiter.RejectionStatusCode = StatusCodes.Status429TooManyRequests;
            limiter.OnRejected = Reject;
            limiter.GlobalLimiter = PartitionedRateLimiter.Create<HttpContext, string>(context => Window(Address(context), limits.RequestsPerMinute));
            limiter.AddPolicy(Submit, context => Window(Address(context), limits.SubmitPerMinute));
            limiter.AddPolicy(SignIn, context => Window(Address(context), limits.SignInPerMinute));
            limiter.AddPolicy(Streams, context => RateLimitPartition.GetConcurrencyLimiter(Address(context), _ => new ConcurrencyLimiterOptions { PermitLimit = limits.StreamsAtOnce }));
            limiter.AddPolicy(Messages, context => Window(CustomerAuthentication.Token(context.Request) ?? Address(context), limits.MessagesPerMinute));
        });
    }

    private static RateLimitPartition<string> Window(string key, int perMinute) =>
        RateLimitPartition.GetSlidingWindowLimiter(key, _ => new SlidingWindowRateLimiterOptions
        {
            PermitLimit = perMinute,
            Window = Minute,
            SegmentsPerWindow = Segments,
            QueueLimit = 0,
        });

    /// <summary>Whoever has one IPv6 address has 2^64 of them, so the network part stands for all.</summary>
    private static string Address(HttpContext context)
    {
        if (context.Connection.RemoteIpAddress is not { } address)
            return "unknown";
        if (address.IsIPv4MappedToIPv6)
            address = address.MapToIPv4();
        var bytes = address.GetAddressBytes();
        return bytes.Length == 4 ? address.ToString() : new IPAddress([.. bytes.AsSpan(0, 8), .. new byte[8]]).ToString();
    }

    private static async ValueTask Reject(OnRejectedContext context, CancellationToken cancellationToken)
    {
        var wait = context.Lease.TryGetMetadata(MetadataName.RetryAfter, out var retryAfter) ? retryAfter : Minute / Segments;
        context.HttpContext.Response.Headers.RetryAfter = Math.Max(1, (int)Math.Ceiling(wait.TotalSeconds)).ToString(CultureInfo.InvariantCulture);
        await ProblemTypes.Problem(StatusCodes.Status429TooManyRequests, ProblemTypes.TooMany, "Too many requests.", "Please wait a moment and send it again, with the same Idempotency-Key.")
            .ExecuteAsync(context.HttpContext);
    }
}
