using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using FteAgent.Telemetry;

namespace FteAgent.Kafka;

/// <summary>What became of a record that was consumed.</summary>
internal enum RecordEnd
{
    /// <summary>It is in the record: since now, or since it came before.</summary>
    Taken,

    /// <summary>It is of somebody who was erased meanwhile, and was dropped.</summary>
    Gone,

    /// <summary>It went to the dead letters.</summary>
    Dead,
}

/// <summary>What the roads through Kafka count, by topic.</summary>
internal sealed class KafkaMetrics
{
    private readonly Counter<long> records;
    private readonly Counter<long> retries;
    private readonly Counter<long> dead;
    private readonly Counter<long> produced;
    private readonly ConcurrentDictionary<string, long> lag = new();
    private long inFlight;

    public KafkaMetrics(IMeterFactory meters)
    {
        var meter = meters.Create(Traces.Name);
        records = meter.CreateCounter<long>("fte.kafka.records", "{record}", "Records that were consumed, by topic and outcome.");
        retries = meter.CreateCounter<long>("fte.kafka.retries", "{attempt}", "Attempts to take a record that failed and are made again, by topic and reason.");
        dead = meter.CreateCounter<long>("fte.kafka.dead.letters", "{record}", "Records that went to the dead letters, by topic and cause.");
        produced = meter.CreateCounter<long>("fte.kafka.produced", "{record}", "Records that were produced, by topic and outcome.");
        meter.CreateObservableGauge("fte.kafka.lag", Lag, "{record}", "Records of this silo's partitions that are not taken yet, by topic, as the broker says it every ten seconds.");
        meter.CreateObservableGauge("fte.kafka.in.flight", () => Interlocked.Read(ref inFlight), "{record}", "Records that are being taken or wait for their turn.");
    }

    /// <summary>A record is done with.</summary>
    public void Ended(string topic, RecordEnd end) => records.Add(1, Topic(topic), new("outcome", end switch
    {
        RecordEnd.Taken => "taken",
        RecordEnd.Gone => "gone",
        _ => "dead",
    }));

    /// <summary>An attempt failed and is made again.</summary>
    public void Retried(string topic, bool unavailable) => retries.Add(1, Topic(topic), new("reason", unavailable ? "unavailable" : "refused"));

    /// <summary>A record went to the dead letters.</summary>
    public void Died(string topic, DeadKind kind) => dead.Add(1, Topic(topic), new("cause", DeadLetterBox.NameOf(kind)));

    /// <summary>A record was handed to the broker, or could not be.</summary>
    public void Produced(string topic, ProduceOutcome outcome) => produced.Add(1, Topic(topic), new("outcome", outcome switch
    {
        ProduceOutcome.Acknowledged => "acknowledged",
        ProduceOutcome.Unavailable => "unavailable",
        _ => "refused",
    }));

    /// <summary>How many are in flight now.</summary>
    public void InFlight(long now) => Interlocked.Exchange(ref inFlight, now);

    /// <summary>What is not taken yet, by topic; those that are not named are not this silo's any more.</summary>
    public void Behind(IReadOnlyDictionary<string, long> now)
    {
        foreach (var topic in lag.Keys.Where(topic => !now.ContainsKey(topic)))
            lag.TryRemove(topic, out _);
        foreach (var (topic, behind) in now)
            lag[topic] = behind;
    }

    /// <summary>What is not taken yet, over all topics.</summary>
    public long TotalLag => lag.Values.Sum();

    private IEnumerable<Measurement<long>> Lag() => lag.Select(pair => new Measurement<long>(pair.Value, Topic(pair.Key)));

    private static KeyValuePair<string, object?> Topic(string topic) => new("topic", topic);
}
