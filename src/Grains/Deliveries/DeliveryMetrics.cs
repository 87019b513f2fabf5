using System.Diagnostics;
using System.Diagnostics.Metrics;
using FteAgent.Conversations;
using FteAgent.Telemetry;

namespace FteAgent.Deliveries;

/// <summary>What deliveries count and time, by destination. A destination that no sender serves is told as one.</summary>
internal sealed class DeliveryMetrics
{
    private readonly Meter meter;
    private readonly Histogram<double> attempts;
    private readonly Histogram<double> ages;

    public DeliveryMetrics(IMeterFactory meters)
    {
        meter = meters.Create(Traces.Name);
        attempts = meter.CreateHistogram(
            "fte.delivery.duration", "s", "Attempts to send what lies in the outbox, by destination and outcome; given_up is the last of an item.",
            advice: new InstrumentAdvice<double> { HistogramBucketBoundaries = [0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10] });
        ages = meter.CreateHistogram(
            "fte.delivery.age", "s", "From a decision to its delivery, by destination.",
            advice: new InstrumentAdvice<double> { HistogramBucketBoundaries = [0.1, 0.25, 0.5, 1, 2, 5, 10, 30, 60, 300, 900, 3600] });
    }

    /// <summary>Which destinations are left alone.</summary>
    public void Watch(DeliveryCircuits circuits) => meter.CreateObservableGauge(
        "fte.delivery.circuit", circuits.Observe, description: "1 while a destination that fails again and again is left alone by this silo, else 0.");

    /// <summary>An attempt has ended.</summary>
    public void Tried(string? destination, SendOutcome outcome, bool givenUp, long since) => attempts.Record(
        Stopwatch.GetElapsedTime(since).TotalSeconds, Destination(destination), new("outcome", (outcome, givenUp) switch
        {
            (SendOutcome.Sent, _) => "sent",
            (_, true) => "given_up",
            _ => "try_again",
        }));

    /// <summary>It has arrived.</summary>
    public void Delivered(string? destination, TimeSpan age) => ages.Record(Math.Max(0, age.TotalSeconds), Destination(destination));

    private static KeyValuePair<string, object?> Destination(string? served) => new("destination", served ?? "unknown");
}
