using System.Diagnostics.Metrics;
using FteAgent.Answering;
using FteAgent.Telemetry;

namespace FteAgent.OpenAI;

/// <summary>What models use. A model's name is a setting, and there are no more than a few.</summary>
internal sealed class ModelMetrics
{
    private readonly Counter<long> tokens;
    private readonly Counter<double> cost;
    private readonly Counter<long> refused;

    public ModelMetrics(IMeterFactory meters)
    {
        var meter = meters.Create(Traces.Name);
        tokens = meter.CreateCounter<long>("fte.model.tokens", "{token}", "Tokens that models were sent and wrote, by model and kind.");
        cost = meter.CreateCounter<double>("fte.model.cost", "{currency}", "What they cost, in the currency in which prices are set, by model.");
        refused = meter.CreateCounter<long>("fte.model.over_budget", "{draft}", "Drafts that a day's budget had no room for, by model.");
    }

    /// <summary>A draft used so much.</summary>
    public void Used(string model, ModelUse use)
    {
        var of = new KeyValuePair<string, object?>("model", model);
        tokens.Add(use.InputTokens - use.CachedTokens, of, new("kind", "input"));
        tokens.Add(use.CachedTokens, of, new("kind", "cached"));
        tokens.Add(use.OutputTokens, of, new("kind", "output"));
        cost.Add(use.CostMicros / 1e6, of);
    }

    /// <summary>The day's budget has no room for a draft.</summary>
    public void Refused(string model) => refused.Add(1, new KeyValuePair<string, object?>("model", model));
}
