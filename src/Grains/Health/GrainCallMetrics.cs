using System.Diagnostics;
using System.Diagnostics.Metrics;
using System.Reflection;
using FteAgent.Telemetry;

namespace FteAgent.Health;

/// <summary>Times each call that a grain of ours runs on this silo. Calls of other interfaces (the engine's own) pass untouched.</summary>
internal sealed class GrainCallMetrics : IIncomingGrainCallFilter
{
    private static readonly Assembly Ours = typeof(IPulseGrain).Assembly;

    private readonly Histogram<double> calls;

    public GrainCallMetrics(IMeterFactory meters) => calls = meters.Create(Traces.Name).CreateHistogram(
        "fte.grain.call.duration", "s", "Calls that ran on this silo's grains, by interface, method and outcome.",
        advice: new InstrumentAdvice<double> { HistogramBucketBoundaries = [0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5] });

    /// <inheritdoc/>
    public Task Invoke(IIncomingGrainCallContext context) =>
        calls.Enabled && context.InterfaceMethod is { DeclaringType: { } type } method && type.Assembly == Ours
            ? Timed(context, type.Name, method.Name)
            : context.Invoke();

    private async Task Timed(IIncomingGrainCallContext context, string type, string method)
    {
        var since = Stopwatch.GetTimestamp();
        var outcome = "failed";
        try
        {
            await context.Invoke();
            outcome = "ok";
        }
        finally
        {
            calls.Record(Stopwatch.GetElapsedTime(since).TotalSeconds, new("interface", type), new("method", method), new("outcome", outcome));
        }
    }
}
