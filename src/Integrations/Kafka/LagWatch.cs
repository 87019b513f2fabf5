using Confluent.Kafka;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace FteAgent.Kafka;

/// <summary>
/// Measures what is not taken yet: from what the group has committed to where the partitions end, both as the broker says it. What the consumer has
/// seen itself says nothing about a partition that is paused, or of which no record has come.
/// </summary>
/// <remarks>
/// It asks as a consumer does, and waits. The administrative requests for the same are not used: librdkafka 2.16 ends the process
/// (<c>Assertion 'eonce->refcnt > 0' failed</c>, in its requests to a group's coordinator) where a broker comes back after one of them has run out of time.
/// </remarks>
internal sealed partial class LagWatch(
    KafkaAdmin admin, GroupMember member, KafkaMetrics metrics, TimeProvider time, ILogger<LagWatch> logger) : BackgroundService
{
    private static readonly TimeSpan Each = TimeSpan.FromSeconds(10);

    /// <summary>A silo that stops waits for this once.</summary>
    private static readonly TimeSpan AnswerWithin = TimeSpan.FromSeconds(2.5);

    /// <summary>Asks once. Blocks: not for a thread that others wait for.</summary>
    /// <exception cref="KafkaException">The broker did not answer; what was known stays.</exception>
    /// <exception cref="OperationCanceledException">It was ended early.</exception>
    public void Look(CancellationToken cancellationToken = default)
    {
        var partitions = member.Partitions;
        var behind = new Dictionary<string, long>();
        var asked = admin.Group;
        // Has what it said since called out, which would pile up else; records it gets none.
        asked.Consume(TimeSpan.Zero);
        if (!partitions.IsEmpty)
        {
            // The ends last: so what comes meanwhile counts, and what is taken meanwhile counts once more, and nothing is left out.
            foreach (var committed in asked.Committed(partitions, AnswerWithin))
            {
                cancellationToken.ThrowIfCancellationRequested();
                var (topic, known) = (committed.Topic, asked.QueryWatermarkOffsets(committed.TopicPartition, AnswerWithin));
                var next = committed.Offset.Value >= 0 ? committed.Offset.Value : known.Low.Value;
                behind[topic] = behind.GetValueOrDefault(topic) + Math.Max(0, known.High.Value - next);
            }
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
                    // Waited for to its end, or the client would be gone under it.
                    await Task.Run(() => Look(stoppingToken), CancellationToken.None).ConfigureAwait(false);
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

    [LoggerMessage(3044, LogLevel.Debug, "The lag was not measured ({Cause}).")]
    private static partial void LogNotMeasured(ILogger logger, string cause);
}
