using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace FteAgent.Api.Health;

/// <summary>Whether this silo lives, and whether it can take messages. Ready is 503 only when it stops or cannot store; what merely helps is reported as degraded with 200.</summary>
internal static class HealthEndpoints
{
    /// <summary>Where they are.</summary>
    public const string Path = "/health";

    public static void MapHealthEndpoints(this IEndpointRouteBuilder routes)
    {
        routes.MapGet($"{Path}/live", () => TypedResults.Ok(new HealthView("live", null))).WithTags("Health").DisableRateLimiting();
        routes.MapGet($"{Path}/ready", Ready).WithTags("Health").DisableRateLimiting()
            .Produces<HealthView>().Produces<HealthView>(StatusCodes.Status503ServiceUnavailable);
    }

    private static async Task<JsonHttpResult<HealthView>> Ready(HealthCheckService checks, CancellationToken cancellationToken)
    {
        var report = await checks.CheckHealthAsync(cancellationToken);
        return TypedResults.Json(
            new HealthView(
                Word(report.Status),
                report.Entries.ToDictionary(entry => entry.Key, entry => new HealthPart(Word(entry.Value.Status), entry.Value.Description))),
            statusCode: report.Status is HealthStatus.Unhealthy ? StatusCodes.Status503ServiceUnavailable : StatusCodes.Status200OK);
    }

    private static string Word(HealthStatus status) => status switch
    {
        HealthStatus.Healthy => "ready",
        HealthStatus.Degraded => "degraded",
        _ => "unavailable",
    };
}

/// <summary>A state, and the states of its parts.</summary>
internal sealed record HealthView(string Status, Dictionary<string, HealthPart>? Checks);

/// <summary>One part's state.</summary>
internal sealed record HealthPart(string Status, string? Detail);
