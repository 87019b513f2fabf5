using System.Globalization;
using Confluent.Kafka;
using ErrorCode = Confluent.Kafka.ErrorCode;

namespace FteAgent.Kafka;

/// <summary>Reads the topic of dead letters to where it ended when it was asked: the latest of each partition. Blocks.</summary>
/// <param name="consumer">Reads it.</param>
/// <param name="limit">How many are looked at.</param>
internal sealed class DeadLetterShelf(IConsumer<byte[]?, byte[]?> consumer, int limit = DeadLetterShelf.Limit)
{
    /// <summary>How many are looked at unless told otherwise: with this many something else is wrong.</summary>
    public const int Limit = 10_000;

    private static readonly TimeSpan AnswerWithin = TimeSpan.FromSeconds(5);

    /// <summary>The latest of them, oldest first.</summary>
    /// <exception cref="KafkaException">The broker does not answer: then nobody can say what is there.</exception>
    public List<ConsumeResult<byte[]?, byte[]?>> Read(CancellationToken cancellationToken)
    {
        using var admin = new DependentAdminClientBuilder(consumer.Handle).Build();
        var partitions = admin.GetMetadata(KafkaTopics.DeadLetters, AnswerWithin).Topics[0].Partitions
            .Select(partition => new TopicPartition(KafkaTopics.DeadLetters, partition.PartitionId)).ToList();
        var each = Math.Max(1, limit / Math.Max(1, partitions.Count));
        var ends = partitions.ToDictionary(partition => partition, partition => consumer.QueryWatermarkOffsets(partition, AnswerWithin));
        var found = new List<ConsumeResult<byte[]?, byte[]?>>();
        var open = ends.Where(end => end.Value.High.Value > end.Value.Low.Value).Select(end => end.Key).ToHashSet();
        consumer.Assign(open.Select(partition => new TopicPartitionOffset(partition, Math.Max(ends[partition].Low.Value, ends[partition].High.Value - each))));
        while (open.Count > 0)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var result = consumer.Consume(AnswerWithin) ?? throw new KafkaException(ErrorCode.Local_TimedOut);
            if (!result.IsPartitionEOF && result.Offset.Value < ends[result.TopicPartition].High.Value)
                found.Add(result);
            if (result.IsPartitionEOF || result.Offset.Value + 1 >= ends[result.TopicPartition].High.Value)
                open.Remove(result.TopicPartition);
        }

        return [.. found.OrderBy(result => result.Message.Timestamp.UnixTimestampMs).ThenBy(result => result.Offset.Value)];
    }

    /// <summary>What is told of one: nothing of its content.</summary>
    public static DeadLetter Told(ConsumeResult<byte[]?, byte[]?> result)
    {
        var headers = result.Message.Headers;
        return new(
            IdOf(result), Text(DeadLetterBox.Topic), $"{Text(DeadLetterBox.Partition)}/{Text(DeadLetterBox.Offset)}", Text(DeadLetterBox.At), Text(DeadLetterBox.Tries),
            Text(DeadLetterBox.Cause));

        string Text(string name) => CloudEvent.Text(headers, name) is { } text && !text.Any(char.IsControl) ? text : "?";
    }

    /// <summary>Its place among them.</summary>
    public static string IdOf(ConsumeResult<byte[]?, byte[]?> result) => IdOf(result.TopicPartitionOffset);

    /// <inheritdoc cref="IdOf(ConsumeResult{byte[], byte[]})"/>
    public static string IdOf(TopicPartitionOffset place) => string.Create(CultureInfo.InvariantCulture, $"{place.Partition.Value}-{place.Offset.Value}");
}
