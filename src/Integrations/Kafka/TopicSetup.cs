using System.Collections.Immutable;
using System.Globalization;
using Confluent.Kafka;
using Confluent.Kafka.Admin;
using ErrorCode = Confluent.Kafka.ErrorCode;

namespace FteAgent.Kafka;

/// <summary>What a broker says of our topics.</summary>
/// <param name="Present">Those that are there, with their partitions.</param>
/// <param name="Missing">Those that are not.</param>
/// <param name="Brokers">How many brokers there are.</param>
internal sealed record TopicFacts(ImmutableSortedDictionary<string, int> Present, ImmutableArray<string> Missing, int Brokers);

/// <summary>What making topics came to.</summary>
/// <param name="Made">Those that were made.</param>
/// <param name="Refused">Those that were not, each with the broker's reason.</param>
internal sealed record TopicsMade(ImmutableArray<string> Made, ImmutableArray<(string Topic, ErrorCode Code)> Refused);

/// <summary>Looks at our topics and makes those that are missing.</summary>
internal sealed class TopicSetup(KafkaClients clients)
{
    private const string RetentionMs = "retention.ms";
    private const string SegmentMs = "segment.ms";

    private static readonly TimeSpan LookWithin = TimeSpan.FromSeconds(2.5);
    private static readonly TimeSpan MakeWithin = TimeSpan.FromSeconds(10);

    /// <summary>What is there. Blocks: not for a thread that others wait for.</summary>
    /// <exception cref="KafkaException">The broker does not answer, or lets us not in.</exception>
    public TopicFacts Look(IAdminClient admin)
    {
        var metadata = admin.GetMetadata(LookWithin);
        var found = metadata.Topics.Where(topic => topic.Error.Code is ErrorCode.NoError or ErrorCode.LeaderNotAvailable)
            .ToDictionary(topic => topic.Topic, topic => topic.Partitions.Count);
        return new(
            KafkaTopics.All.Where(found.ContainsKey).ToImmutableSortedDictionary(topic => topic, topic => found[topic], StringComparer.Ordinal),
            [.. KafkaTopics.All.Where(topic => !found.ContainsKey(topic))],
            metadata.Brokers.Count);
    }

    /// <summary>Makes topics, replicated as the broker does by default, and kept for as long as customers' words may be.</summary>
    public async Task<TopicsMade> Make(IAdminClient admin, IReadOnlyCollection<string> topics)
    {
        if (topics.Count == 0)
            return new([], []);
        try
        {
            await admin.CreateTopicsAsync(
                topics.Select(topic => new TopicSpecification { Name = topic, NumPartitions = clients.Options.Partitions, ReplicationFactor = -1, Configs = Configuration() }),
                new() { RequestTimeout = MakeWithin, OperationTimeout = MakeWithin }).ConfigureAwait(false);
            return new([.. topics], []);
        }
        catch (CreateTopicsException partly)
        {
            // Another silo may have been faster, which is as good.
            return new(
                [.. partly.Results.Where(each => each.Error.Code is ErrorCode.NoError or ErrorCode.TopicAlreadyExists).Select(each => each.Topic)],
                [.. partly.Results.Where(each => each.Error.Code is not (ErrorCode.NoError or ErrorCode.TopicAlreadyExists)).Select(each => (each.Topic, each.Error.Code))]);
        }
        catch (KafkaException none)
        {
            return new([], [.. topics.Select(topic => (topic, none.Error.Code))]);
        }
    }

    /// <summary>Those that keep customers' words longer than they may be kept; none where the broker does not say.</summary>
    public async Task<ImmutableArray<string>> KeptTooLong(IAdminClient admin, IEnumerable<string> topics)
    {
        try
        {
            var described = await admin.DescribeConfigsAsync(
                topics.Select(topic => new ConfigResource { Type = ResourceType.Topic, Name = topic }), new() { RequestTimeout = LookWithin }).ConfigureAwait(false);
            return [.. described.Where(each => IsTooLong(Value(each, RetentionMs), Value(each, SegmentMs))).Select(each => each.ConfigResource.Name)];
        }
        catch (KafkaException)
        {
            return [];
        }

        static string? Value(DescribeConfigsResult topic, string name) => topic.Entries.TryGetValue(name, out var entry) ? entry.Value : null;
    }

    /// <summary>How a topic of ours is kept. A record's time is the broker's: one that a producer dates into the future would keep its segment until then.</summary>
    public static Dictionary<string, string> Configuration() => new()
    {
        [RetentionMs] = Milliseconds(KafkaTopics.KeptFor),
        [SegmentMs] = Milliseconds(KafkaTopics.Segment),
        ["message.timestamp.type"] = "LogAppendTime",
        ["cleanup.policy"] = "delete",
    };

    /// <summary>Whether records may be there for longer than they may be: until the newest in their segment is too old, and a segment is filled for a while.</summary>
    /// <param name="retention">The topic's <c>retention.ms</c>; null where the broker does not say.</param>
    /// <param name="segment">Its <c>segment.ms</c>.</param>
    public static bool IsTooLong(string? retention, string? segment) =>
        long.TryParse(retention, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var kept)
        && (kept < 0 || kept + (long.TryParse(segment, NumberStyles.None, CultureInfo.InvariantCulture, out var filled) ? (double)filled : 0) > KafkaTopics.Retention.TotalMilliseconds);

    private static string Milliseconds(TimeSpan time) => ((long)time.TotalMilliseconds).ToString(CultureInfo.InvariantCulture);
}
