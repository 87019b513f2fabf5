using System.Text;
using Confluent.Kafka;
using FteAgent.Kafka;
using FteAgent.Testing;

namespace FteAgent.Api.Roads;

/// <summary>What lies in a broker's topics, and how far a group of silos is with it.</summary>
internal sealed class BrokerTopics(string bootstrap)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    /// <summary>How many records a topic has had.</summary>
    public long Count(string topic) => Ends(topic).Sum(end => end.Offset.Value);

    /// <summary>Where the next records of a topic will be.</summary>
    public IReadOnlyList<TopicPartitionOffset> Ends(string topic)
    {
        using var consumer = Consumer("ends");
        return [.. Partitions(topic).Select(partition => new TopicPartitionOffset(partition, consumer.QueryWatermarkOffsets(partition, Patience).High))];
    }

    /// <summary>Whether a group is done with all that came in.</summary>
    public bool AreTaken(string group)
    {
        using var consumer = Consumer(group);
        return KafkaTopics.Consumed.All(topic => consumer.Committed(Partitions(topic), Patience)
            .All(done => Math.Max(done.Offset.Value, 0) == consumer.QueryWatermarkOffsets(done.TopicPartition, Patience).High.Value));
    }

    /// <summary>What has come into topics since, each record with its key and headers as one text.</summary>
    public List<string> Since(IEnumerable<TopicPartitionOffset> places)
    {
        var (from, found) = (places.ToList(), new List<string>());
        using var consumer = Consumer("since");
        consumer.Assign(from);
        for (var ended = 0; ended < from.Count;)
            if (consumer.Consume(Patience) is not { } result)
                Assert.Fail("The topics do not end.");
            else if (result.IsPartitionEOF)
                ended++;
            else
                found.Add(string.Join('\n', [Text(result.Message.Key), .. result.Message.Headers.Select(header => Text(header.GetValueBytes())), Text(result.Message.Value)]));
        return found;
    }

    private static string Text(byte[]? bytes) => Encoding.UTF8.GetString(bytes ?? []);

    private static IEnumerable<TopicPartition> Partitions(string topic) =>
        Enumerable.Range(0, KafkaBroker.Partitions).Select(partition => new TopicPartition(topic, partition));

    private IConsumer<byte[]?, byte[]?> Consumer(string group) =>
        new ConsumerBuilder<byte[]?, byte[]?>(new ConsumerConfig { BootstrapServers = bootstrap, GroupId = group, EnableAutoCommit = false, EnablePartitionEof = true }).Build();
}
