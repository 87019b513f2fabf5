using Confluent.Kafka;
using FteAgent.Channels;
using FteAgent.Conversations;
using FteAgent.Telemetry;
using Microsoft.Extensions.Logging;

namespace FteAgent.Kafka;

/// <summary>
/// Brings one record to its conversation. While nothing can be stored it waits, for as long as that takes; what can never be taken goes to the
/// dead letters first and counts as done only then.
/// </summary>
/// <param name="take">Takes a message into the record.</param>
/// <param name="dead">Where records go that cannot be taken.</param>
/// <param name="calls">Calls a person for those whose senders were told that they are heard.</param>
/// <param name="metrics">Counts.</param>
/// <param name="time">The clock.</param>
/// <param name="logger">The log.</param>
internal sealed partial class RecordHandler(
    Func<InboundMessage, CancellationToken, Task<Accepted>> take, DeadLetterBox dead, BuriedCall calls, KafkaMetrics metrics, TimeProvider time,
    ILogger<RecordHandler> logger)
{
    /// <summary>How often a conversation may refuse a record.</summary>
    public const int TryLimit = 5;

    /// <summary>How many calls there are at once. What waits for its turn to be tried again is none.</summary>
    private const int AtOnce = 64;

    private static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan LookEvery = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(15);

    private readonly SemaphoreSlim slots = new(AtOnce);

    /// <summary>Brings it, and says whether it is done with. False: it is left to whoever has the partition next.</summary>
    /// <param name="record">The record.</param>
    /// <param name="stop">Ends the waits: the silo stops, or the partition goes to another.</param>
    /// <param name="cut">Ends the calls as well: there is no more time.</param>
    public async Task<bool> Handle(InboundRecord record, Func<bool> stop, CancellationToken cut)
    {
        if (record.Message is not { } message)
            return await Bury(record, DeadKind.Unreadable, record.Fault, tries: 1, stop, cut).ConfigureAwait(false);

        using var step = Traces.GoOn("consume", record.Place);
        var pause = FirstPause;
        for (var refused = 0; !stop();)
        {
            string cause;
            try
            {
                return await Call(message, stop, cut).ConfigureAwait(false) is { } accepted
                    && await End(record, accepted, refused + 1, stop, cut).ConfigureAwait(false);
            }
            catch (OperationCanceledException) when (cut.IsCancellationRequested)
            {
                return false;
            }
            catch (Exception failure) when (IsAway(failure))
            {
                metrics.Retried(record.Topic, unavailable: true);
                LogWaits(logger, record.Topic, record.Partition, record.Offset, failure.GetType().Name);
                record.Progress.Waits(true);
                try
                {
                    if (!await Pause(pause, stop, cut).ConfigureAwait(false))
                        return false;
                }
                finally
                {
                    record.Progress.Waits(false);
                }

                pause = pause * 2 < LongestPause ? pause * 2 : LongestPause;
                continue;
            }
            catch (Exception failure)
            {
                // Not its message, which may hold what the customer wrote.
                cause = $"{failure.GetType().Name} from the conversation";
                refused++;
                LogRefused(logger, record.Topic, record.Partition, record.Offset, refused, failure.GetType().Name);
            }

            if (refused >= TryLimit)
                return await Bury(record, DeadKind.Refused, cause, refused, stop, cut).ConfigureAwait(false);
            metrics.Retried(record.Topic, unavailable: false);
            if (!await Pause(FirstPause * refused, stop, cut).ConfigureAwait(false))
                return false;
        }

        return false;
    }

    // Null when it came to its turn too late: whoever has the partition next takes it.
    private async Task<Accepted?> Call(InboundMessage message, Func<bool> stop, CancellationToken cut)
    {
        while (!await slots.WaitAsync(LookEvery, cut).ConfigureAwait(false))
            if (stop())
                return null;
        try
        {
            return stop() ? null : await take(message, cut).ConfigureAwait(false);
        }
        finally
        {
            slots.Release();
        }
    }

    private async Task<bool> End(InboundRecord record, Accepted accepted, int tries, Func<bool> stop, CancellationToken cut)
    {
        if (accepted.Outcome is AcceptOutcome.Conflict)
            return await Bury(record, DeadKind.Conflict, "its channel_message_id was used before, for other words", tries, stop, cut).ConfigureAwait(false);
        if (accepted.Outcome is AcceptOutcome.Elsewhere)
            return await Bury(record, DeadKind.Elsewhere, "its conversation goes on elsewhere, where its sender may not follow it", tries, stop, cut).ConfigureAwait(false);
        // Whoever wrote it was erased before it came here, or came here again: there is nobody to answer.
        var gone = accepted.Outcome is AcceptOutcome.NoCustomer;
        if (gone)
            LogGone(logger, record.Topic, record.Partition, record.Offset);
        metrics.Ended(record.Topic, gone ? RecordEnd.Gone : RecordEnd.Taken);
        return true;
    }

    /// <summary>Nothing is wrong with the record: the database, a silo or the time was missing.</summary>
    private static bool IsAway(Exception failure) => failure is RecordUnavailableException or TimeoutException or OrleansException or OperationCanceledException;

    private async Task<bool> Bury(InboundRecord record, DeadKind kind, string cause, int tries, Func<bool> stop, CancellationToken cut)
    {
        ProduceEnd end;
        var isTold = false;
        for (var pause = FirstPause;
            (end = await dead.Put(record, kind, cause, tries, cut).ConfigureAwait(false)).Outcome is ProduceOutcome.Unavailable or ProduceOutcome.Refused;
            pause = pause * 2 < LongestPause ? pause * 2 : LongestPause)
        {
            // The topic can be mended, and a record that was stepped past would be gone.
            if (end.Outcome is ProduceOutcome.Refused && !isTold)
                LogHeldUp(logger, record.Topic, record.Partition, record.Offset, cause);
            isTold |= end.Outcome is ProduceOutcome.Refused;
            metrics.Retried(record.Topic, unavailable: true);
            record.Progress.Waits(true);
            try
            {
                if (!await Pause(pause, stop, cut).ConfigureAwait(false))
                    return false;
            }
            finally
            {
                record.Progress.Waits(false);
            }
        }

        metrics.Ended(record.Topic, RecordEnd.Dead);
        metrics.Died(record.Topic, kind);
        // One of which the box cannot even take the place must not hold up its partition for ever.
        if (end.Outcome is ProduceOutcome.TooLarge)
            LogNotBuried(logger, record.Topic, record.Partition, record.Offset, tries, cause);
        else
            LogBuried(logger, record.Topic, record.Partition, record.Offset, tries, cause);
        if (kind is DeadKind.Refused)
            await calls.Make(record, end.Place, cut).ConfigureAwait(false);
        return true;
    }

    /// <summary>Waits, and says whether it is worth another try.</summary>
    private async Task<bool> Pause(TimeSpan pause, Func<bool> stop, CancellationToken cut)
    {
        // Each up to a quarter longer, so that many do not come back together; looked at in between, since a silo that stops does not wait.
        var left = pause * (1 + Random.Shared.NextDouble() / 4);
        try
        {
            for (var look = FirstPause; left > TimeSpan.Zero && !stop(); left -= look)
                await Task.Delay(left < look ? left : look, time, cut).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            return false;
        }

        return !stop();
    }

    [LoggerMessage(3020, LogLevel.Warning, "Record {Topic}/{Partition}/{Offset} waits, since nothing can be stored now ({Reason}).")]
    private static partial void LogWaits(ILogger logger, string topic, int partition, long offset, string reason);

    [LoggerMessage(3021, LogLevel.Warning, "Record {Topic}/{Partition}/{Offset} was refused (attempt {Attempt}): {Reason}.")]
    private static partial void LogRefused(ILogger logger, string topic, int partition, long offset, int attempt, string reason);

    [LoggerMessage(3022, LogLevel.Error, "Record {Topic}/{Partition}/{Offset} went to the dead letters after {Tries} tries: {Cause}.")]
    private static partial void LogBuried(ILogger logger, string topic, int partition, long offset, int tries, string cause);

    [LoggerMessage(3023, LogLevel.Warning, "Record {Topic}/{Partition}/{Offset} is of somebody whom the record does not have, or not any more: it is dropped.")]
    private static partial void LogGone(ILogger logger, string topic, int partition, long offset);

    [LoggerMessage(3024, LogLevel.Error, "Record {Topic}/{Partition}/{Offset} could not be taken after {Tries} tries ({Cause}), and even its place is too large for the dead letters: it is stepped past.")]
    private static partial void LogNotBuried(ILogger logger, string topic, int partition, long offset, int tries, string cause);

    [LoggerMessage(3025, LogLevel.Error, "Record {Topic}/{Partition}/{Offset} cannot be taken ({Cause}), and the topic of dead letters refuses it as that is set up: it waits, and its partition with it.")]
    private static partial void LogHeldUp(ILogger logger, string topic, int partition, long offset, string cause);
}

/// <summary>A record that was consumed, as far as it could be read.</summary>
/// <param name="Topic">Its topic.</param>
/// <param name="Partition">Its partition.</param>
/// <param name="Offset">Its place there.</param>
/// <param name="Raw">The record itself.</param>
/// <param name="Progress">How far its partition is.</param>
internal sealed record InboundRecord(string Topic, int Partition, long Offset, Message<byte[]?, byte[]?> Raw, PartitionProgress Progress)
{
    /// <summary>What it says; null where it could not be read.</summary>
    public InboundMessage? Message { get; init; }

    /// <summary>Why it could not be read, without customer text.</summary>
    public string Fault { get; init; } = "";

    /// <summary>Where it goes on in a trace.</summary>
    public string? Place { get; init; }

    /// <summary>How much of memory it holds, about, in bytes.</summary>
    public int Size { get; } = (Raw.Value?.Length ?? 0) + (Raw.Key?.Length ?? 0)
        + (Raw.Headers ?? []).Sum(header => header.Key.Length + (header.GetValueBytes()?.Length ?? 0));
}
