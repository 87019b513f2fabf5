using System.Diagnostics;
using System.Diagnostics.Metrics;
using FteAgent.Telemetry;

namespace FteAgent.Conversations;

/// <summary>What the sweeper counts and times.</summary>
internal sealed class SweepMetrics
{
    private readonly Histogram<double> sweeps;
    private readonly Counter<long> pokes;

    public SweepMetrics(IMeterFactory meters)
    {
        var meter = meters.Create(Traces.Name);
        sweeps = meter.CreateHistogram(
            "fte.sweep.duration", "s", "Looks for open duties, by outcome.",
            advice: new InstrumentAdvice<double> { HistogramBucketBoundaries = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 5] });
        pokes = meter.CreateCounter<long>("fte.pokes", "{poke}", "Conversations that were poked because a duty was due or their silo was gone, by outcome.");
    }

    /// <summary>A sweep has ended.</summary>
    public void Swept(bool done, long since) => sweeps.Record(Stopwatch.GetElapsedTime(since).TotalSeconds, Outcome(done));

    /// <summary>A conversation was poked.</summary>
    public void Poked(bool done) => pokes.Add(1, Outcome(done));

    private static KeyValuePair<string, object?> Outcome(bool done) => new("outcome", done ? "ok" : "failed");
}
