using System.Security.Cryptography;
using Confluent.Kafka;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace FteAgent.Kafka;

/// <summary>
/// Consumes the inbound topics on a thread of its own, which never waits for a conversation: it hands records to lanes by key, keeps offsets of
/// what is done with, and pauses partitions when enough is in flight or nothing can be stored. So the group sees this silo alive however
/// long the database is away.
/// </summary>
internal sealed partial class InboundConsumer : BackgroundService
{
    /// <summary>How many records are in flight, and how many bytes, before no more are fetched; they are fetched again at half of it.</summary>
    public const int InFlightLimit = 512;

    private const long BytesLimit = 16 * 1024 * 1024;

    /// <summary>The longest key that is a lane's name as it is.</summary>
    private const int KeyLimit = 64;

    private static readonly TimeSpan PollFor = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan LagEach = TimeSpan.FromSeconds(1);

    /// <summary>What a partition that goes to another silo is waited for: less than the group waits for us.</summary>
    private static readonly TimeSpan RevokeWithin = TimeSpan.FromSeconds(4);

    private static readonly TimeSpan CloseWithin = TimeSpan.FromSeconds(3);
    private static readonly TimeSpan AgainAfter = TimeSpan.FromSeconds(2);

    private readonly KafkaClients clients;
    private readonly RecordHandler handler;
    private readonly InboundReader reader;
    private readonly KafkaMetrics metrics;
    private readonly Func<TimeSpan> drain;
    private readonly ILogger<InboundConsumer> logger;
    private readonly KeyLanes lanes = new();
    private readonly Dictionary<TopicPartition, PartitionProgress> partitions = [];
    private readonly CancellationTokenSource cut = new();
    private long bytes;
    private bool full;
    private bool stopped;
    private bool closing;
    private long lagAt;

    /// <param name="clients">Makes the consumer.</param>
    /// <param name="handler">Brings a record to its conversation.</param>
    /// <param name="reader">Reads a record.</param>
    /// <param name="metrics">Counts.</param>
    /// <param name="drain">How long what is in flight may take when the silo stops; asked then.</param>
    /// <param name="logger">The log.</param>
    public InboundConsumer(
        KafkaClients clients, RecordHandler handler, InboundReader reader, KafkaMetrics metrics, Func<TimeSpan> drain, ILogger<InboundConsumer> logger) =>
        (this.clients, this.handler, this.reader, this.metrics, this.drain, this.logger) = (clients, handler, reader, metrics, drain, logger);

    /// <inheritdoc/>
    public override void Dispose()
    {
        cut.Dispose();
        base.Dispose();
    }

    /// <inheritdoc/>
    protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
        Task.Factory.StartNew(() => Run(stoppingToken), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);

    private void Run(CancellationToken stopping)
    {
        while (!stopping.IsCancellationRequested)
        {
            try
            {
                Consume(stopping);
            }
            catch (Exception failure) when (!stopping.IsCancellationRequested)
            {
                // A client that has given itself up, or one that could not be made: what was not done with comes again.
                LogBroken(logger, failure.GetType().Name, failure is KafkaException kafka ? kafka.Error.Code.ToString() : "");
                Forget(partitions.Keys.ToList());
                stopping.WaitHandle.WaitOne(AgainAfter);
            }
        }
    }

    private void Consume(CancellationToken stopping)
    {
        Volatile.Write(ref closing, false);
        var consumer = clients.Consumer()
            .SetPartitionsAssignedHandler((_, assigned) => Assigned(assigned))
            .SetPartitionsRevokedHandler((consumer, revoked) => Revoked(consumer, revoked))
            .SetPartitionsLostHandler((_, lost) => Lost(lost))
            .Build();
        try
        {
            consumer.Subscribe(KafkaTopics.Consumed);
            while (!stopping.IsCancellationRequested)
            {
                if (Next(consumer) is { } record)
                    Begin(record);
                Keep(consumer);
                Throttle(consumer);
                Measure(consumer);
            }

            Drain(consumer);
        }
        finally
        {
            // It commits what is kept and takes its leave of the broker, which may be away.
            Volatile.Write(ref closing, true);
            var closed = Task.Run(() => Close(consumer), CancellationToken.None);
            ((IAsyncResult)closed).AsyncWaitHandle.WaitOne(CloseWithin);
        }
    }

    private void Close(IConsumer<byte[]?, byte[]?> consumer)
    {
        try
        {
            consumer.Close();
            consumer.Dispose();
        }
        catch (KafkaException failure)
        {
            LogNotClosed(logger, failure.Error.Code);
        }
    }

    private ConsumeResult<byte[]?, byte[]?>? Next(IConsumer<byte[]?, byte[]?> consumer)
    {
        try
        {
            return consumer.Consume(PollFor);
        }
        catch (ConsumeException failure) when (!failure.Error.IsFatal)
        {
            LogNotConsumed(logger, failure.ConsumerRecord?.Topic ?? "", failure.Error.Code);
            return null;
        }
    }

    private void Begin(ConsumeResult<byte[]?, byte[]?> result)
    {
        if (!partitions.TryGetValue(result.TopicPartition, out var progress))
            return;
        var record = Read(result, progress);
        progress.Began(record.Offset);
        Interlocked.Add(ref bytes, record.Size);
        lanes.Add(LaneOf(record), () => Work(record));
    }

    private InboundRecord Read(ConsumeResult<byte[]?, byte[]?> result, PartitionProgress progress)
    {
        var record = new InboundRecord(result.Topic, result.Partition.Value, result.Offset.Value, result.Message, progress);
        try
        {
            var (message, place) = reader.Read(result.Topic, result.Message);
            return record with { Message = message, Place = place };
        }
        catch (UnreadableRecordException unreadable)
        {
            return record with { Fault = unreadable.Message };
        }
        catch (Exception unforeseen)
        {
            // Whatever a stranger's bytes bring about, the next record is read.
            return record with { Fault = $"it could not be read ({unforeseen.GetType().Name})" };
        }
    }

    /// <summary>
    /// What must stay in order: records of one key. Those without a key by whoever wrote them; a record that cannot be read by its partition.
    /// </summary>
    private static string LaneOf(InboundRecord record) => record switch
    {
        { Raw.Key: { Length: > 0 and <= KeyLimit } key } => $"k{Convert.ToHexString(key)}",
        { Raw.Key: { Length: > 0 } key } => $"h{Convert.ToHexString(SHA256.HashData(key))}",
        { Message: { } message } => $"s{message.Sender.Kind}:{message.Sender.Address}",
        _ => $"p{record.Topic}/{record.Partition}",
    };

    private async Task Work(InboundRecord record)
    {
        try
        {
            while (!IsOver(record.Progress))
            {
                try
                {
                    if (await handler.Handle(record, () => IsOver(record.Progress), cut.Token).ConfigureAwait(false))
                        record.Progress.Done(record.Offset);
                    return;
                }
                catch (Exception failure) when (!cut.IsCancellationRequested)
                {
                    // Ours to mend, and no reason to step past a customer's message.
                    LogHandlingFailed(logger, failure, record.Topic, record.Partition, record.Offset);
                    await Task.Delay(AgainAfter, cut.Token).ConfigureAwait(false);
                }
            }
        }
        catch (OperationCanceledException)
        {
            // Cut off: it comes again.
        }
        finally
        {
            Interlocked.Add(ref bytes, -record.Size);
            record.Progress.Ended();
        }
    }

    private bool IsOver(PartitionProgress progress) => Volatile.Read(ref stopped) || progress.IsGone;

    /// <summary>Keeps the offsets of what is done with; the client commits them each second.</summary>
    private void Keep(IConsumer<byte[]?, byte[]?> consumer)
    {
        foreach (var (partition, progress) in partitions)
            if (progress.TryTake(out var offset))
                Store(consumer, partition, offset);
    }

    private void Store(IConsumer<byte[]?, byte[]?> consumer, TopicPartition partition, long offset)
    {
        try
        {
            consumer.StoreOffset(new TopicPartitionOffset(partition, offset));
        }
        catch (KafkaException failure)
        {
            // It is another silo's already; that one begins where ours was kept last.
            LogNotKept(logger, partition.Topic, partition.Partition.Value, failure.Error.Code);
        }
    }

    /// <summary>Fetches no more while enough is in flight, nor from a partition where something waits.</summary>
    private void Throttle(IConsumer<byte[]?, byte[]?> consumer)
    {
        var (count, size) = (lanes.Open, Interlocked.Read(ref bytes));
        metrics.InFlight(count);
        full = full ? count > InFlightLimit / 2 || size > BytesLimit / 2 : count >= InFlightLimit || size >= BytesLimit;
        List<TopicPartition>? pause = null, resume = null;
        foreach (var (partition, progress) in partitions)
        {
            var should = full || progress.IsWaiting;
            if (should == progress.IsPaused)
                continue;
            progress.IsPaused = should;
            (should ? pause ??= [] : resume ??= []).Add(partition);
        }

        if (pause is not null)
            consumer.Pause(pause);
        if (resume is not null)
            consumer.Resume(resume);
    }

    private void Measure(IConsumer<byte[]?, byte[]?> consumer)
    {
        if (TimeProvider.System.GetElapsedTime(lagAt) < LagEach)
            return;
        lagAt = TimeProvider.System.GetTimestamp();
        var behind = new Dictionary<string, long>();
        foreach (var (partition, progress) in partitions)
        {
            var (high, safe) = (consumer.GetWatermarkOffsets(partition).High, progress.Safe);
            behind.TryAdd(partition.Topic, 0);
            if (high.Value > 0 && safe >= 0)
                behind[partition.Topic] += Math.Max(0, high.Value - safe);
        }

        metrics.Behind(behind);
    }

    private void Assigned(List<TopicPartition> assigned)
    {
        // The client remembers a pause of ours across a rebalance, so each begins as if it were paused, and is resumed.
        foreach (var partition in assigned)
            partitions[partition] = new() { IsPaused = true };
        LogAssigned(logger, assigned.Count, partitions.Count);
    }

    /// <summary>What is being taken of these is waited for, so that the next silo begins behind it.</summary>
    private void Revoked(IConsumer<byte[]?, byte[]?> consumer, List<TopicPartitionOffset> revoked)
    {
        // On another thread, when all has been kept.
        if (Volatile.Read(ref closing))
            return;
        var leaving = revoked.Select(each => each.TopicPartition).Where(partitions.ContainsKey).ToList();
        foreach (var partition in leaving)
            partitions[partition].Leave();
        // Those that wait their turn end at once, without being done with.
        var drained = lanes.Wait(() => !leaving.Any(partition => partitions[partition].IsBusy), RevokeWithin);
        // What is kept the client commits before it lets go.
        Keep(consumer);
        Forget(leaving);
        LogRevoked(logger, leaving.Count, drained);
    }

    private void Lost(List<TopicPartitionOffset> lost)
    {
        if (Volatile.Read(ref closing))
            return;
        // Another silo has them already, and nothing of ours counts any more: what both take is recognised by its id.
        Forget(lost.Select(each => each.TopicPartition));
        LogLost(logger, lost.Count);
    }

    private void Drain(IConsumer<byte[]?, byte[]?> consumer)
    {
        Volatile.Write(ref stopped, true);
        var drained = lanes.Wait(() => lanes.Open == 0, drain());
        cut.Cancel();
        Keep(consumer);
        LogDrained(logger, drained);
    }

    private void Forget(IEnumerable<TopicPartition> which)
    {
        foreach (var partition in which)
            if (partitions.Remove(partition, out var progress))
                progress.Leave();
    }
}
