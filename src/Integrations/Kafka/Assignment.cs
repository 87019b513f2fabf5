using Confluent.Kafka;
using Microsoft.Extensions.Logging;
using ErrorCode = Confluent.Kafka.ErrorCode;

namespace FteAgent.Kafka;

/// <summary>
/// The partitions that one client has, and how far they are. Each client has its own: one that was given up may learn of its end late and on another
/// thread, when a new client has the same partitions.
/// </summary>
/// <param name="lanes">Where records are worked on.</param>
/// <param name="member">Told what this silo has.</param>
/// <param name="logger">The log.</param>
internal sealed partial class Assignment(KeyLanes lanes, GroupMember member, ILogger<Assignment> logger)
{
    /// <summary>What a partition that goes to another silo is waited for: less than the group waits for us.</summary>
    private static readonly TimeSpan RevokeWithin = TimeSpan.FromSeconds(4);

    private readonly Dictionary<TopicPartition, PartitionProgress> partitions = [];
    private bool ended;

    /// <summary>How far a partition is; null for one that is not this client's.</summary>
    public PartitionProgress? Find(TopicPartition partition) => partitions.GetValueOrDefault(partition);

    /// <summary>The group gave these.</summary>
    public void Assigned(List<TopicPartition> assigned)
    {
        if (Volatile.Read(ref ended))
            return;
        foreach (var partition in assigned)
            partitions[partition] = new();
        member.Has(partitions.Keys);
        LogAssigned(logger, assigned.Count, partitions.Count);
    }

    /// <summary>The group takes these. What is being taken of them is waited for, so that the next silo begins behind it.</summary>
    public void Revoked(IConsumer<byte[]?, byte[]?> consumer, List<TopicPartitionOffset> revoked)
    {
        // On another thread, when all has been kept.
        if (Volatile.Read(ref ended))
            return;
        var leaving = revoked.Select(each => each.TopicPartition).Where(partitions.ContainsKey).ToList();
        foreach (var partition in leaving)
            partitions[partition].Leave();
        // Those that wait their turn end at once, without being done with.
        var drained = lanes.Wait(() => !leaving.Any(partition => partitions[partition].IsBusy), RevokeWithin);
        // What is kept the client commits before it lets go.
        Keep(consumer);
        Forget(leaving);
        member.IsOut();
        LogRevoked(logger, leaving.Count, drained);
    }

    /// <summary>Another silo has these already, and nothing of ours counts any more: what both take is recognised by its id.</summary>
    public void Lost(List<TopicPartitionOffset> lost)
    {
        if (Volatile.Read(ref ended))
            return;
        Forget(lost.Select(each => each.TopicPartition));
        member.IsOut();
        LogLost(logger, lost.Count);
    }

    /// <summary>Keeps the offsets of what is done with; the client commits them each second.</summary>
    public void Keep(IConsumer<byte[]?, byte[]?> consumer)
    {
        foreach (var (partition, progress) in partitions)
            if (progress.TryTake(out var offset))
                Store(consumer, partition, offset);
    }

    /// <summary>Fetches no more while enough is in flight, nor from a partition where something waits.</summary>
    public void Throttle(IConsumer<byte[]?, byte[]?> consumer, bool full)
    {
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

    /// <summary>The client is given up: whatever it learns from now on is nobody's any more.</summary>
    public void End()
    {
        Volatile.Write(ref ended, true);
        Forget([.. partitions.Keys]);
        member.IsOut();
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

    private void Forget(IEnumerable<TopicPartition> which)
    {
        foreach (var partition in which)
            if (partitions.Remove(partition, out var progress))
                progress.Leave();
    }

    [LoggerMessage(3030, LogLevel.Information, "Kafka gave this silo {Count} partitions; it has {Total}.")]
    private static partial void LogAssigned(ILogger logger, int count, int total);

    [LoggerMessage(3031, LogLevel.Information, "Kafka takes {Count} partitions from this silo; what was in flight has ended: {Drained}.")]
    private static partial void LogRevoked(ILogger logger, int count, bool drained);

    [LoggerMessage(3032, LogLevel.Warning, "This silo has lost {Count} partitions: another one may take the same records, which their ids tell.")]
    private static partial void LogLost(ILogger logger, int count);

    [LoggerMessage(3035, LogLevel.Debug, "The offset of {Topic}/{Partition} was not kept ({Code}).")]
    private static partial void LogNotKept(ILogger logger, string topic, int partition, ErrorCode code);
}
