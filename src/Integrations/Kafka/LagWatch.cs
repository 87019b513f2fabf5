using System.Collections.Immutable;
using Confluent.Kafka;
using Confluent.Kafka.Admin;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace FteAgent.Kafka;

/// <summary>
/// Measures what is not taken yet: from what the group has committed to where the partitions end, both as the broker says it. What the consumer has
/// seen itself says nothing about a partition that is paused, or of which no record has come.
/// </summary>
internal sealed partial class LagWatch(
    KafkaAdmin admin, KafkaOptions options, GroupMember member, KafkaMetrics metrics, TimeProvider time, ILogger<LagWatch> logger) : BackgroundService
{
    private static readonly TimeSpan Each = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan AnswerWithin = TimeSpan.FromSeconds(5);

    /// <summary>Asks once.</summary>
    /// <exception cref="KafkaException">The broker did not answer; what was known stays.</exception>
    public async Task Look()
    {
        var partitions = member.Partitions;
        var behind = new Dictionary<string, long>();
        if (!partitions.IsEmpty)
        {
            var client = admin.Client;
            // The ends last: so what comes meanwhile counts, and what is taken meanwhile counts once more, and nothing is left out.
            var committed = await Committed(client, partitions).ConfigureAwait(false);
            var begins = await Offsets(client, partitions.Where(partition => !committed.ContainsKey(partition)), OffsetSpec.Earliest()).ConfigureAwait(false);
            var ends = await Offsets(client, partitions, OffsetSpec.Latest()).ConfigureAwait(false);
            foreach (var partition in partitions)
                behind[partition.Topic] = behind.GetValueOrDefault(partition.Topic)
                    + Math.Max(0, ends.GetValueOrDefault(partition) - (committed.TryGetValue(partition, out var next) ? next : begins.GetValueOrDefault(partition)));
        }

        metrics.Behind(behind);
    }

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Each, time);
        try
        {
            while (await timer.WaitForNextTickAsync(stoppingToken).ConfigureAwait(false))
            {
                try
                {
                    await Look().ConfigureAwait(false);
                }
                catch (Exception failure) when (!stoppingToken.IsCancellationRequested)
                {
                    LogNotMeasured(logger, failure is KafkaException kafka ? kafka.Error.Code.ToString() : failure.GetType().Name);
                }
            }
        }
        catch (Exception) when (stoppingToken.IsCancellationRequested)
        {
            // Whatever was cut off by it.
        }
    }

    private async Task<Dictionary<TopicPartition, long>> Committed(IAdminClient client, ImmutableArray<TopicPartition> partitions)
    {
        var groups = await client.ListConsumerGroupOffsetsAsync(
            [new ConsumerGroupTopicPartitions(options.GroupId, [.. partitions])], new() { RequestTimeout = AnswerWithin, RequireStableOffsets = false }).ConfigureAwait(false);
        return groups[0].Partitions.Where(each => each.Offset.Value >= 0).ToDictionary(each => each.TopicPartition, each => each.Offset.Value);
    }

    private static async Task<Dictionary<TopicPartition, long>> Offsets(IAdminClient client, IEnumerable<TopicPartition> partitions, OffsetSpec which)
    {
        var asked = partitions.Select(partition => new TopicPartitionOffsetSpec { TopicPartition = partition, OffsetSpec = which }).ToList();
        if (asked.Count == 0)
            return [];
        var found = await client.ListOffsetsAsync(asked, new() { RequestTimeout = AnswerWithin }).ConfigureAwait(false);
        return found.ResultInfos.ToDictionary(each => each.TopicPartitionOffsetError.TopicPartition, each => each.TopicPartitionOffsetError.Offset.Value);
    }

    [LoggerMessage(3044, LogLevel.Debug, "The lag was not measured ({Cause}).")]
    private static partial void LogNotMeasured(ILogger logger, string cause);
}
