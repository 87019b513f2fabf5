using System.Diagnostics;
using System.Diagnostics.Metrics;
using FteAgent.Telemetry;

namespace FteAgent.Answering;

/// <summary>What drafting times: whole drafts, and each call of the model. Tokens and money join it with the model that costs them.</summary>
internal sealed class AnsweringMetrics
{
    private static readonly InstrumentAdvice<double> Seconds = new() { HistogramBucketBoundaries = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 20, 45] };

    private readonly Histogram<double> drafts;
    private readonly Histogram<double> modelCalls;
    private readonly Histogram<double> searches;
    private readonly Counter<long> misquoted;

    public AnsweringMetrics(IMeterFactory meters)
    {
        var meter = meters.Create(Traces.Name);
        drafts = meter.CreateHistogram("fte.draft.duration", "s", "Drafts, with search and repeated calls of the model, by outcome.", advice: Seconds);
        modelCalls = meter.CreateHistogram("fte.model.duration", "s", "Calls of the model, by model and outcome.", advice: Seconds);
        searches = meter.CreateHistogram("fte.search.duration", "s", "Searches of the knowledge for a draft, by outcome.", advice: Seconds);
        misquoted = meter.CreateCounter<long>("fte.quotes.refused", "{draft}", "Drafts with a quote that is not in the chunk that it names, by model.");
    }

    /// <summary>A draft is there, or has failed.</summary>
    public void Drafted(Draft draft, long since) => Record(drafts, since, Tag("outcome", draft switch
    {
        { Failure: "timeout" } => "timeout",
        { Failure: not null } => "failed",
        { NeedsPerson: not null } => "needs_person",
        { Citations: { IsDefaultOrEmpty: false } } => "answered",
        _ => "no_evidence",
    }));

    /// <summary>The rules settled it without a draft.</summary>
    public void NotNeeded(long since) => Record(drafts, since, Tag("outcome", "not_needed"));

    /// <summary>The model has answered or failed.</summary>
    /// <param name="model">Its name, which is a setting and no more than a few.</param>
    /// <param name="failure">Why it failed, if it did.</param>
    /// <param name="since">When it was asked.</param>
    public void Asked(string model, Exception? failure, long since) => Record(modelCalls, since, Tag("model", model), Tag("outcome", Outcome(failure)));

    /// <summary>A draft was refused for what it says that it quotes.</summary>
    public void Misquoted(string model) => misquoted.Add(1, Tag("model", model));

    /// <summary>The knowledge was searched.</summary>
    public void Searched(Exception? failure, long since) => Record(searches, since, Tag("outcome", Outcome(failure)));

    private static string Outcome(Exception? failure) => failure switch
    {
        null => "ok",
        OperationCanceledException => "cancelled",
        _ => "failed",
    };

    private static KeyValuePair<string, object?> Tag(string name, string value) => new(name, value);

    private static void Record(Histogram<double> histogram, long since, params ReadOnlySpan<KeyValuePair<string, object?>> tags) =>
        histogram.Record(Stopwatch.GetElapsedTime(since).TotalSeconds, tags);
}
