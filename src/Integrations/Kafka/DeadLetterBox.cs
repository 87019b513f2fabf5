using System.Globalization;
using System.Text;
using Confluent.Kafka;

namespace FteAgent.Kafka;

/// <summary>Where records go that cannot be taken: the topic of dead letters, each as it was, with why and where from in headers of ours.</summary>
internal sealed class DeadLetterBox(KafkaProducer producer, TimeProvider time)
{
    /// <summary>What the names of our headers begin with.</summary>
    public const string Prefix = "fte_dlq_";

    /// <summary>Why it could not be taken.</summary>
    public const string Cause = $"{Prefix}cause";

    /// <summary>Its own topic.</summary>
    public const string Topic = $"{Prefix}topic";

    /// <summary>Its partition there.</summary>
    public const string Partition = $"{Prefix}partition";

    /// <summary>Its offset there.</summary>
    public const string Offset = $"{Prefix}offset";

    /// <summary>How often it was tried.</summary>
    public const string Tries = $"{Prefix}tries";

    /// <summary>When it was given up.</summary>
    public const string At = $"{Prefix}at";

    /// <summary>Puts a record there; false when the broker could not take it now.</summary>
    public async Task<bool> Put(InboundRecord record, string cause, int tries, CancellationToken cancellationToken)
    {
        var headers = Own(record.Raw.Headers);
        Add(Cause, cause);
        Add(Topic, record.Topic);
        Add(Partition, record.Partition.ToString(CultureInfo.InvariantCulture));
        Add(Offset, record.Offset.ToString(CultureInfo.InvariantCulture));
        Add(Tries, tries.ToString(CultureInfo.InvariantCulture));
        Add(At, time.GetUtcNow().UtcDateTime.ToString("O", CultureInfo.InvariantCulture));
        var end = await producer.Produce(KafkaTopics.DeadLetters, record.Raw.Key, headers, record.Raw.Value ?? [], cancellationToken).ConfigureAwait(false);
        if (end.Outcome is not ProduceOutcome.Refused)
            return end.Outcome is ProduceOutcome.Acknowledged;

        // Too large to be kept whole: that there was one, and where, is kept all the same.
        Add($"{Prefix}truncated", "true");
        return (await producer.Produce(KafkaTopics.DeadLetters, record.Raw.Key, headers, [], cancellationToken).ConfigureAwait(false)).Outcome is ProduceOutcome.Acknowledged;

        void Add(string name, string value) => headers.Add(name, Encoding.UTF8.GetBytes(value));
    }

    /// <summary>A record's headers without those that the dead letters add.</summary>
    public static Headers Own(Headers? headers)
    {
        var own = new Headers();
        foreach (var header in headers ?? [])
            if (!header.Key.StartsWith(Prefix, StringComparison.Ordinal))
                own.Add(header.Key, header.GetValueBytes());
        return own;
    }
}
