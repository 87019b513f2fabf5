using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace FteAgent.OpenAI;

/// <summary>Says whether models are asked. It asks none by itself: what a question costs would be paid for each look.</summary>
/// <param name="roads">The roads to them.</param>
/// <param name="options">What follows where none can be had.</param>
internal sealed class ModelHealth(ModelRoads roads, ModelFollower options) : IHealthCheck
{
    public const string Name = "model";

    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        var first = roads.All[0];
        if (Trouble(first) is not { } trouble)
            return Task.FromResult(HealthCheckResult.Healthy());
        var then = roads.All.FirstOrDefault(road => Trouble(road) is null) is { } next
            ? $"{next.Model} is asked"
            : options.Quotes ? "documents are quoted" : "people get the questions";
        return Task.FromResult(HealthCheckResult.Degraded($"The model {first.Model} {trouble}: {then}."));
    }

    private static string? Trouble(ModelRoad road) => road.Refused switch
    {
        ModelFault.Denied => "is not opened by our key",
        ModelFault.QuotaSpent => "has an account without money",
        _ => road.IsOpen ? "failed too often and is left alone for some seconds" : null,
    };
}

/// <summary>What follows where no model can be had.</summary>
/// <param name="Quotes">Whether documents are quoted; else a person gets the question.</param>
internal sealed record ModelFollower(bool Quotes);
