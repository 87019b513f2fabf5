using System.Text;
using System.Text.Json;
using Confluent.Kafka;
using FteAgent.Kafka;
using FteAgent.Testing;

namespace FteAgent.Cluster.Roads;

/// <summary>An event as it lies in a topic.</summary>
/// <param name="Topic">Where.</param>
/// <param name="Key">Its key: the conversation.</param>
/// <param name="Id">Its <c>ce_id</c>.</param>
/// <param name="Message">The message that it tells; null for another kind of event.</param>
internal sealed record ToldEvent(string Topic, string Key, string Id, string? Message);

/// <summary>What a broker holds, read past the product's own code.</summary>
internal static class Topics
{
    private static readonly TimeSpan AnswerWithin = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan LookEach = TimeSpan.FromMilliseconds(200);

    /// <summary>The topics in which silos tell what was decided.</summary>
    private static readonly string[] Telling = [.. KafkaTopics.All.Where(topic => topic.EndsWith(".outbound", StringComparison.Ordinal)), KafkaTopics.Escalations];

    /// <summary>Waits until the silos' group has committed whatever they consume, to its end; false when it has not in time.</summary>
    public static Task<bool> AllTaken(string bootstrap, TimeSpan within) => Task.Run(() =>
    {
        using var group = Consumer(bootstrap, "fte");
        var partitions = PartitionsOf(KafkaTopics.Consumed);
        for (var since = TimeProvider.System.GetTimestamp(); TimeProvider.System.GetElapsedTime(since) < within; Thread.Sleep(LookEach))
            if (group.Committed(partitions, AnswerWithin).All(each => Math.Max(0, each.Offset.Value) >= group.QueryWatermarkOffsets(each.TopicPartition, AnswerWithin).High.Value))
                return true;
        return false;
    });

    /// <summary>All that silos have told, each topic's partitions in order.</summary>
    public static Task<List<ToldEvent>> Told(string bootstrap) => Task.Run(() =>
    {
        using var reader = Consumer(bootstrap, "a-reader-of-the-tests");
        var open = PartitionsOf(Telling).ToDictionary(partition => partition, partition => reader.QueryWatermarkOffsets(partition, AnswerWithin).High.Value);
        reader.Assign(open.Keys.Select(partition => new TopicPartitionOffset(partition, 0)).ToList());
        var found = new List<ToldEvent>();
        foreach (var empty in open.Where(end => end.Value == 0).Select(end => end.Key).ToList())
            open.Remove(empty);
        while (open.Count > 0)
        {
            var record = reader.Consume(AnswerWithin) ?? throw new TimeoutException("The broker does not tell what it holds.");
            found.Add(Read(record));
            if (open.TryGetValue(record.TopicPartition, out var end) && record.Offset.Value + 1 >= end)
                open.Remove(record.TopicPartition);
        }

        return found;
    });

    private static ToldEvent Read(ConsumeResult<byte[], byte[]> record)
    {
        using var value = JsonDocument.Parse(record.Message.Value);
        return new(
            record.Topic, Encoding.ASCII.GetString(record.Message.Key), Encoding.ASCII.GetString(record.Message.Headers.GetLastBytes("ce_id")),
            value.RootElement.TryGetProperty("message_id", out var message) ? message.GetString() : null);
    }

    private static IConsumer<byte[], byte[]> Consumer(string bootstrap, string group) =>
        new ConsumerBuilder<byte[], byte[]>(new ConsumerConfig { BootstrapServers = bootstrap, GroupId = group, EnableAutoCommit = false }).Build();

    private static List<TopicPartition> PartitionsOf(IEnumerable<string> topics) =>
        [.. topics.SelectMany(topic => Enumerable.Range(0, KafkaBroker.Partitions).Select(partition => new TopicPartition(topic, partition)))];
}
