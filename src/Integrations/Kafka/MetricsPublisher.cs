using System.Text;
using System.Text.Json;
using FteAgent.Health;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace FteAgent.Kafka;

/// <summary>Tells each minute how this silo does, for systems that read Kafka and no Prometheus. At best: what cannot be told is not told later.</summary>
internal sealed partial class MetricsPublisher(
    KafkaProducer producer, KafkaOptions options, KafkaMetrics metrics, IBacklogQueries backlog, TimeProvider time, ILogger<MetricsPublisher> logger) : BackgroundService
{
    /// <summary>What kind of event it is.</summary>
    public const string Type = "fte.metrics.snapshot";

    private static readonly TimeSpan Each = TimeSpan.FromMinutes(1);

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Each, time);
        try
        {
            while (await timer.WaitForNextTickAsync(stoppingToken).ConfigureAwait(false))
                await Publish(stoppingToken).ConfigureAwait(false);
        }
        catch (Exception) when (stoppingToken.IsCancellationRequested)
        {
            // Whatever was cut off by it.
        }
    }

    private async Task Publish(CancellationToken stopping)
    {
        try
        {
            var waits = await backlog.Read(stopping).ConfigureAwait(false);
            var at = time.GetUtcNow();
            var snapshot = new Snapshot(
                options.Silo, at, waits.OpenExchanges, waits.OldestExchange.TotalSeconds, waits.Unsent, waits.OldestUnsent.TotalSeconds, waits.Overdue.TotalSeconds,
                waits.WaitingForPerson, waits.HeldByPerson, metrics.TotalLag);
            var envelope = new CloudEvent(Guid.CreateVersion7(at).ToString(), CloudEvent.OurSource, Type, at, null, default);
            await producer.Produce(
                KafkaTopics.Metrics, Encoding.UTF8.GetBytes(options.Silo), envelope.ToHeaders(), JsonSerializer.SerializeToUtf8Bytes(snapshot, InboundEvent.Json), stopping)
                .ConfigureAwait(false);
        }
        catch (Exception failure) when (!stopping.IsCancellationRequested)
        {
            LogNotPublished(logger, failure.GetType().Name);
        }
    }

    /// <summary>What is told: docs/events/metrics.schema.json. All but the lag is of the whole record, and so the same from each silo.</summary>
    private sealed record Snapshot(
        string Silo, DateTimeOffset At, long OpenExchanges, double OldestExchangeSeconds, long Unsent, double OldestUnsentSeconds, double OverdueSeconds,
        long WaitingForPerson, long HeldByPerson, long KafkaLag);

    [LoggerMessage(3060, LogLevel.Debug, "The minute's metrics were not published ({Cause}).")]
    private static partial void LogNotPublished(ILogger logger, string cause);
}
