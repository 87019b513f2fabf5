using System.Diagnostics;
using System.Diagnostics.Metrics;
using System.Text.Json;
using FteAgent.Answering;
using FteAgent.Telemetry;

namespace FteAgent.Conversations;

/// <summary>What conversations count and time. Labels name kinds only, never a customer (docs/metrics.md lists them all).</summary>
internal sealed class ConversationMetrics
{
    private readonly Counter<long> messages;
    private readonly Counter<long> beyondLimit;
    private readonly Counter<long> exchanges;
    private readonly Histogram<double> exchangeDuration;
    private readonly Counter<long> escalations;
    private readonly Histogram<double> sentiment;
    private readonly Histogram<double> commitDuration;

    public ConversationMetrics(IMeterFactory meters)
    {
        var meter = meters.Create(Traces.Name);
        messages = meter.CreateCounter<long>("fte.messages", "{message}", "Customers' messages that were taken, by channel and by how they were taken.");
        beyondLimit = meter.CreateCounter<long>(
            "fte.mails.beyond.limit", "{mail}", "Mails that are not answered, since too many came from their unproved address within the hour; a person is called.");
        exchanges = meter.CreateCounter<long>("fte.exchanges", "{exchange}", "Exchanges that were decided, by what became of them; stale are drafts that came too late.");
        exchangeDuration = meter.CreateHistogram(
            "fte.exchange.duration", "s", "From an exchange's first message to its decision.", advice: Buckets(0.5, 1, 1.5, 2, 3, 5, 10, 20, 30, 60, 120, 300));
        escalations = meter.CreateCounter<long>("fte.escalations", "{escalation}", "Escalations that were raised, by reason and urgency.");
        sentiment = meter.CreateHistogram(
            "fte.message.sentiment", null, "The sentiment of customers' messages, from 0 (angry) to 1 (happy).", advice: Buckets(0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 1));
        commitDuration = meter.CreateHistogram(
            "fte.commit.duration", "s", "Commits of conversations to the record, by outcome.", advice: Buckets(0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10));
    }

    /// <summary>A message was taken.</summary>
    public void Took(Channel channel, AcceptOutcome outcome) =>
        messages.Add(1, new("channel", Word(channel)), new("outcome", Word(outcome)));

    /// <summary>A mail came beyond what is answered of one unproved address.</summary>
    public void CameBeyondLimit() => beyondLimit.Add(1);

    /// <summary>An exchange was decided, or a draft for it was dropped.</summary>
    public void Decided(Decision? decision, TimeSpan since)
    {
        var outcome = new KeyValuePair<string, object?>("outcome", decision switch
        {
            null => "stale",
            Decision.Reply => "reply",
            Decision.Escalate => "escalate",
            Decision.AskForText => "ask_for_text",
            Decision.Confirm => "confirm",
            _ => "stay_silent",
        });
        exchanges.Add(1, outcome);
        if (decision is not null)
            exchangeDuration.Record(since.TotalSeconds, outcome);
    }

    /// <summary>Something is in the record: what is new in it is counted.</summary>
    public void Committed(Conversation before, ConversationChanges changes)
    {
        foreach (var escalation in changes.Escalations)
            if (escalation.Id != before.Escalation?.Id && escalation.EndedAt is null)
                escalations.Add(1, new("reason", Word(escalation.Reason)), new("urgency", Word(escalation.Urgency)));
        foreach (var message in changes.Messages)
            if (message.Sentiment is { } score)
                sentiment.Record(score);
    }

    /// <summary>A commit has ended; no outcome is one of which nothing was heard.</summary>
    public void Tried(CommitOutcome? outcome, long since) => commitDuration.Record(
        Stopwatch.GetElapsedTime(since).TotalSeconds, new KeyValuePair<string, object?>("outcome", outcome switch
        {
            CommitOutcome.Committed => "committed",
            CommitOutcome.VersionConflict => "conflict",
            CommitOutcome.DuplicateMessage => "duplicate",
            CommitOutcome.NoCustomer => "no_customer",
            _ => "failed",
        }));

    private static InstrumentAdvice<double> Buckets(params double[] bounds) => new() { HistogramBucketBoundaries = bounds };

    private static string Word<T>(T value)
        where T : struct, Enum => JsonNamingPolicy.SnakeCaseLower.ConvertName(value.ToString());
}
