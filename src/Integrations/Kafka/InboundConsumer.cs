using System.Security.Cryptography;
using Confluent.Kafka;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using ErrorCode = Confluent.Kafka.ErrorCode;

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
    private static readonly TimeSpan CloseWithin = TimeSpan.FromSeconds(3);
    private static readonly TimeSpan AgainAfter = TimeSpan.FromSeconds(2);

    private readonly KafkaClients clients;
    private readonly RecordHandler handler;
    private readonly InboundReader reader;
    private readonly GroupMember member;
    private readonly KafkaMetrics metrics;
    private readonly Func<TimeSpan> drain;
    private readonly ILoggerFactory loggers;
    private readonly ILogger<InboundConsumer> logger;
    private readonly KeyLanes lanes = new();
    private readonly CancellationTokenSource cut = new();
    private long bytes;
    private bool full;
    private bool stopped;

    /// <param name="clients">Makes the consumer.</param>
    /// <param name="handler">Brings a record to its conversation.</param>
    /// <param name="reader">Reads a record.</param>
    /// <param name="member">Told how this silo stands in the group.</param>
    /// <param name="metrics">Counts.</param>
    /// <param name="drain">How long what is in flight may take when the silo stops; asked then.</param>
    /// <param name="loggers">The logs.</param>
    public InboundConsumer(
        KafkaClients clients, RecordHandler handler, InboundReader reader, GroupMember member, KafkaMetrics metrics, Func<TimeSpan> drain, ILoggerFactory loggers)
    {
        (this.clients, this.handler, this.reader, this.member, this.metrics, this.drain) = (clients, handler, reader, member, metrics, drain);
        (this.loggers, logger) = (loggers, loggers.CreateLogger<InboundConsumer>());
    }

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
                stopping.WaitHandle.WaitOne(AgainAfter);
            }
        }
    }

    private void Consume(CancellationToken stopping)
    {
        var assignment = new Assignment(lanes, member, loggers.CreateLogger<Assignment>());
        var consumer = clients.Consumer()
            .SetPartitionsAssignedHandler((_, assigned) => assignment.Assigned(assigned))
            .SetPartitionsRevokedHandler((consumer, revoked) => assignment.Revoked(consumer, revoked))
            .SetPartitionsLostHandler((_, lost) => assignment.Lost(lost))
            .Build();
        try
        {
            consumer.Subscribe(KafkaTopics.Consumed);
            while (!stopping.IsCancellationRequested)
            {
                if (Next(consumer) is { } record)
                    Begin(record, assignment);
                assignment.Keep(consumer);
                assignment.Throttle(consumer, IsFull());
            }

            Drain(consumer, assignment);
        }
        finally
        {
            assignment.End();
            // It commits what is kept and takes its leave of the broker, which may be away.
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
            var (topic, code) = (failure.ConsumerRecord?.Topic, failure.Error.Code);
            if (code is ErrorCode.TopicAuthorizationFailed or ErrorCode.GroupAuthorizationFailed)
                member.Refused(topic, code);
            // That a topic is missing is told by the one who looks after the topics.
            LogNotConsumed(logger, code is not ErrorCode.UnknownTopicOrPart && clients.IsNews($"consume {code}") ? LogLevel.Warning : LogLevel.Debug, topic ?? "", code);
            return null;
        }
    }

    private void Begin(ConsumeResult<byte[]?, byte[]?> result, Assignment assignment)
    {
        if (assignment.Find(result.TopicPartition) is not { } progress)
        {
            if (clients.IsNews("not ours"))
                LogNotOurs(logger, result.Topic, result.Partition.Value);
            return;
        }

        member.Reads(result.Topic);
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

    private bool IsFull()
    {
        var (count, size) = (lanes.Open, Interlocked.Read(ref bytes));
        metrics.InFlight(count);
        return full = full ? count > InFlightLimit / 2 || size > BytesLimit / 2 : count >= InFlightLimit || size >= BytesLimit;
    }

    private void Drain(IConsumer<byte[]?, byte[]?> consumer, Assignment assignment)
    {
        Volatile.Write(ref stopped, true);
        var drained = lanes.Wait(() => lanes.Open == 0, drain());
        cut.Cancel();
        assignment.Keep(consumer);
        LogDrained(logger, drained);
    }
}
