using System.Collections.Immutable;
using Confluent.Kafka;
using ErrorCode = Confluent.Kafka.ErrorCode;

namespace FteAgent.Kafka;

/// <summary>How this silo stands in the group that shares the partitions: which it has, and what the broker does not let it read.</summary>
internal sealed class GroupMember(TimeProvider time)
{
    /// <summary>How long it may be without a place in the group: partitions are given out anew within seconds.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    /// <summary>What stands for the group itself among the topics.</summary>
    private const string Group = "";

    private readonly Lock gate = new();
    private readonly Dictionary<string, ErrorCode> refused = [];
    private ImmutableArray<TopicPartition> partitions = [];
    private long? outSince = time.GetTimestamp();

    /// <summary>The partitions that this silo has now.</summary>
    public ImmutableArray<TopicPartition> Partitions
    {
        get
        {
            lock (gate)
                return partitions;
        }
    }

    /// <summary>It is in the group, and has these; there may be none for it.</summary>
    public void Has(IEnumerable<TopicPartition> now)
    {
        lock (gate)
        {
            (partitions, outSince) = ([.. now], null);
            // What is still refused is told again of each partition that was given out.
            foreach (var topic in partitions.Select(partition => partition.Topic).Append(Group))
                refused.Remove(topic);
        }
    }

    /// <summary>It is not in the group for now.</summary>
    public void IsOut()
    {
        lock (gate)
            (partitions, outSince) = ([], outSince ?? time.GetTimestamp());
    }

    /// <summary>A record of this topic came.</summary>
    public void Reads(string topic)
    {
        lock (gate)
            refused.Remove(topic);
    }

    /// <summary>The broker does not let this silo read. It says so once, and not again until something changes.</summary>
    public void Refused(string? topic, ErrorCode code)
    {
        lock (gate)
            refused[topic ?? Group] = code;
    }

    /// <summary>What keeps this silo from reading, in a sentence for whoever asks how it does; null for nothing.</summary>
    public string? Trouble()
    {
        lock (gate)
            return (refused.Count, outSince) switch
            {
                ( > 0, _) => $"The broker does not let this silo read ({refused.Values.First()}).",
                (_, { } since) when time.GetElapsedTime(since) >= Patience => "This silo has had no place in its group for a minute, and reads nothing.",
                _ => null,
            };
    }
}
