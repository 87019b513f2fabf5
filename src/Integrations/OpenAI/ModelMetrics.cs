using System.Diagnostics.Metrics;
using System.Text.Json;
using FteAgent.Answering;
using FteAgent.Telemetry;

namespace FteAgent.OpenAI;

/// <summary>What models use. A model's name is a setting, and there are no more than a few.</summary>
internal sealed class ModelMetrics
{
    private readonly Counter<long> tokens;
    private readonly Counter<double> cost;
    private readonly Counter<long> refused;
    private readonly Counter<long> failures;
    private readonly Meter meter;

    public ModelMetrics(IMeterFactory meters)
    {
        meter = meters.Create(Traces.Name);
        tokens = meter.CreateCounter<long>("fte.model.tokens", "{token}", "Tokens that models were sent and wrote, by model and kind.");
        cost = meter.CreateCounter<double>("fte.model.cost", "{currency}", "What they cost, in the currency in which prices are set, by model.");
        failures = meter.CreateCounter<long>("fte.model.failures", "{attempt}", "Attempts that failed, by model and cause.");
        refused = meter.CreateCounter<long>("fte.model.over_budget", "{draft}", "Drafts that a day's budget had no room for, by model.");
    }

    /// <summary>How the roads stand, and how many requests this silo has under way and may have.</summary>
    public void Watch(ModelRoads roads)
    {
        meter.CreateObservableGauge("fte.model.circuit", roads.Circuits, description: "1 while a model that failed too often is left alone by this silo, else 0.");
        meter.CreateObservableGauge("fte.model.under_way", () => roads.Each(road => road.Gate.UnderWay), "{request}", "Requests to models that are under way from this silo.");
        meter.CreateObservableGauge("fte.model.waiting", () => roads.Each(road => road.Gate.Waiting), "{request}", "Requests to models that wait on this silo for their turn.");
        meter.CreateObservableGauge("fte.model.limit", () => roads.Each(road => road.Gate.Limit), "{request}", "How many may be under way; 429s lower it.");
    }

    /// <summary>An attempt failed.</summary>
    public void Failed(string model, ModelFault fault) => failures.Add(1, new KeyValuePair<string, object?>("model", model), new("cause", Cause(fault)));

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

    private static string Cause(ModelFault fault) => JsonNamingPolicy.SnakeCaseLower.ConvertName(fault.ToString());
}
