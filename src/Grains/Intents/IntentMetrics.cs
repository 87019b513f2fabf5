using System.Diagnostics;
using System.Diagnostics.Metrics;
using FteAgent.Telemetry;

namespace FteAgent.Intents;

/// <summary>What intents tell: how they are learned, and whether what customers ask is among them.</summary>
internal sealed class IntentMetrics
{
    private readonly Histogram<double> trainings;
    private readonly Gauge<int> labels;
    private readonly Gauge<int> examples;
    private readonly Counter<long> refused;
    private readonly Counter<long> asked;

    public IntentMetrics(IMeterFactory meters)
    {
        var meter = meters.Create(Traces.Name);
        trainings = meter.CreateHistogram(
            "fte.intents.training.duration", "s", "Trainings of the classifier of intents on this silo, by outcome.",
            advice: new InstrumentAdvice<double> { HistogramBucketBoundaries = [0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 120] });
        labels = meter.CreateGauge<int>("fte.intents.known", "{intent}", "Intents that this silo knows.");
        examples = meter.CreateGauge<int>("fte.intents.examples", "{example}", "Examples by which it knows them.");
        refused = meter.CreateCounter<long>("fte.intents.refused", "{classifier}", "Stored classifiers that this silo could not read.");
        asked = meter.CreateCounter<long>("fte.intents.asked", "{text}", "Customers' texts that were held against the known intents, by outcome.");
    }

    /// <summary>A training has ended.</summary>
    public void Trained(string outcome, long since) => trainings.Record(Stopwatch.GetElapsedTime(since).TotalSeconds, Outcome(outcome));

    /// <summary>The silo knows others from now on.</summary>
    public void Knows(IntentClassifier classifier)
    {
        labels.Record(classifier.Labels.Length);
        examples.Record(classifier.Examples.Count);
    }

    /// <summary>A stored classifier could not be read.</summary>
    public void Refused() => refused.Add(1);

    /// <summary>A text was held against the known intents.</summary>
    public void Asked(IntentGuess guess) => asked.Add(1, Outcome(guess switch
    {
        { InScope: < IntentGuess.Needed } => "out_of_scope",
        { Surety: < IntentGuess.Needed } => "unsure",
        _ => "known",
    }));

    private static KeyValuePair<string, object?> Outcome(string outcome) => new("outcome", outcome);
}
