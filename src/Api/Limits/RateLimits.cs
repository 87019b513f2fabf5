using System.Globalization;
using System.Threading.RateLimiting;
using FteAgent.Api.Addresses;
using FteAgent.Api.Problems;
using FteAgent.Api.Support;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.RateLimiting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace FteAgent.Api.Limits;

/// <summary>The limits by name that each silo keeps for itself; each refusal is 429 with Retry-After. <see cref="ClusterLimits"/> holds some over all silos.</summary>
internal static class RateLimits
{
    public const string Submit = "submit";
    public const string Messages = "messages";
    public const string SignIn = "sign-in";
    public const string Streams = "streams";
    public const string Seen = "seen";

    private const int Segments = 6;
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);

    public static void AddRateLimits(this IServiceCollection services)
    {
        services.AddOptionsWithValidateOnStart<RateLimitOptions>().BindConfiguration("Limits").ValidateDataAnnotations();
        services.AddSingleton<ClusterLimits>();
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
            limiter.AddPolicy(Seen, context => Window(Conversation(context) ?? Address(context), limits.MessagesPerMinute));
            limiter.AddPolicy(Messages, context => Window(Conversation(context) ?? Address(context), limits.MessagesPerMinute));
        });
    }

    /// <summary>429, with the time after which it is worth asking again.</summary>
    public static Task Refuse(HttpContext context, TimeSpan retryAfter)
    {
        context.Response.Headers.RetryAfter = Math.Max(1, (int)Math.Ceiling(retryAfter.TotalSeconds)).ToString(CultureInfo.InvariantCulture);
        return ProblemTypes.Problem(StatusCodes.Status429TooManyRequests, ProblemTypes.TooMany, "Too many requests.", "Please wait a moment and send it again, with the same Idempotency-Key.")
            .ExecuteAsync(context);
    }

    /// <summary>So many in any minute.</summary>
    public static RateLimitPartition<T> Window<T>(T key, int perMinute) =>
        RateLimitPartition.GetSlidingWindowLimiter(key, _ => new SlidingWindowRateLimiterOptions
        {
            PermitLimit = perMinute,
            Window = Minute,
            SegmentsPerWindow = Segments,
            QueueLimit = 0,
        });

    // What is kept for each limit is as long as a token and no longer: whoever sends another text has no conversation, and counts by address.
    private static string? Conversation(HttpContext context) =>
        CustomerAuthentication.Token(context.Request) is { } token && ConversationTokens.MayBe(token) ? token : null;

    private static string Address(HttpContext context) => AddressBlock.Of(ClientAddress.Of(context)).Address;

    private static ValueTask Reject(OnRejectedContext context, CancellationToken cancellationToken) =>
        new(Refuse(context.HttpContext, context.Lease.TryGetMetadata(MetadataName.RetryAfter, out var retryAfter) ? retryAfter : Minute / Segments));
}
