using System.Data;
using FteAgent.Conversations;
using Npgsql;

namespace FteAgent.Postgres;

/// <summary>
/// The road of all commits of this silo (group commit). One that finds nothing under way is sent at once and alone; what comes meanwhile goes
/// together with the next, by a second lane when it is many. So nobody waits for a clock, and the busier the silo, the less a commit costs. Each caller gets its
/// own result: a member that is refused harms none of the others.
/// </summary>
internal sealed class CommitPipeline : IDisposable, IAsyncDisposable
{
    /// <summary>How often those are looked for that have waited too long.</summary>
    private static readonly TimeSpan Patrol = TimeSpan.FromMilliseconds(500);

    private readonly NpgsqlDataSource source;
    private readonly CommitLimits limits;
    private readonly TimeProvider clock;
    private readonly CommitQueue queue;
    private readonly ITimer patrol;
    private readonly Lock gate = new();
    private readonly HashSet<Task> lanes = [];
    private readonly Stack<NpgsqlConnection> idle = new();   // Few sessions that know their plans, not each time another of the pool.
    private int running;
    private int failures;   // In a row. While there are any, one lane alone asks whether the database is back.
    private bool stopped;

    /// <summary>A pipeline to this database. The clock only bounds waits; what is stored never depends on it.</summary>
    public CommitPipeline(NpgsqlDataSource source, CommitLimits limits, TimeProvider clock)
    {
        this.source = source;
        this.limits = limits;
        this.clock = clock;
        queue = new(limits.Queue);
        patrol = clock.CreateTimer(static self => ((CommitPipeline)self!).GiveUpLate(), this, Patrol, Patrol);
    }

    /// <summary>How many commits wait.</summary>
    public int Waiting => queue.Waiting;

    /// <summary>
    /// Commits, and returns what became of it. A caller who cancels before it was sent has written nothing; once it was sent its result is
    /// awaited, for a bounded time.
    /// </summary>
    /// <exception cref="RecordUnavailableException">The database cannot be used, or too many wait; it may be unknown whether it was committed.</exception>
    public async Task<CommitOutcome> Commit(ConversationChanges changes, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var member = new CommitMember(changes, clock.GetTimestamp() + Ticks(limits.Wait));
        if (Volatile.Read(ref stopped))
            throw new RecordUnavailableException("The record is closed: this process is ending.");
        if (!queue.TryAdd(member))
            throw new RecordUnavailableException("Too many commits wait for the record.");
        StartLane();
        if (!cancellationToken.CanBeCanceled)
            return await member.Result.ConfigureAwait(false);
        using (cancellationToken.UnsafeRegister(static (member, token) => ((CommitMember)member!).CancelWaiting(token), member))
            return await member.Result.ConfigureAwait(false);
    }

    /// <summary>Sends what waits, then ends. Later commits are refused.</summary>
    public async ValueTask DisposeAsync()
    {
        Dispose();
        while (true)
        {
            Task[] left;
            lock (gate)
                left = [.. lanes];
            if (left.Length == 0)
                break;
            await Task.WhenAll(left).ConfigureAwait(false);
        }

        while (idle.TryPop(out var connection))
            await connection.DisposeAsync().ConfigureAwait(false);
    }

    /// <summary>Ends without waiting for what is on its way.</summary>
    public void Dispose()
    {
        Volatile.Write(ref stopped, true);
        patrol.Dispose();
    }

    /// <summary>
    /// Starts the first lane for whatever is ready. A further one is worth a transaction of its own only when a good group waits, or when
    /// what waits has done so for a while (<paramref name="waitedLong"/>): the lanes under way may be held up.
    /// </summary>
    private void StartLane(bool waitedLong = false)
    {
        lock (gate)
        {
            var ready = queue.Ready;
            if (ready == 0 || running >= (failures > 0 ? 1 : limits.Lanes) || (running > 0 && ready < limits.GoodGroup && !waitedLong))
                return;
            running++;
            // Off the caller's scheduler, which may be a grain's, and out of its context: the lane works for everyone.
            using (ExecutionContext.SuppressFlow())
            {
                var lane = Task.Run(RunLane);
                lanes.Add(lane);
                lane.ContinueWith(ended => { lock (gate) lanes.Remove(ended); }, CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
            }
        }
    }

    private async Task RunLane()
    {
        NpgsqlConnection? connection;
        lock (gate)
            idle.TryPop(out connection);
        do
        {
            var group = queue.Take(limits.Group);
            if (group.Count > 0)
                connection = await Send(group, connection).ConfigureAwait(false);
        }
        while (!EndLane(connection));
    }

    /// <summary>Ends the lane when nothing is ready, or too little for a transaction of its own beside another's.</summary>
    private bool EndLane(NpgsqlConnection? connection)
    {
        lock (gate)
        {
            var ready = queue.Ready;
            if (ready > 0 && (running == 1 || ready >= limits.GoodGroup))
                return false;
            running--;
            if (connection is not null)
                idle.Push(connection);
            return true;
        }
    }

    /// <summary>Sends a group and settles each member. Returns the connection for the next group, or null when it is no good any more.</summary>
    private async Task<NpgsqlConnection?> Send(List<CommitMember> group, NpgsqlConnection? connection)
    {
        if (group.Count == 1)
            return await SendSingly(group, connection).ConfigureAwait(false);
        try
        {
            connection = await StillOpen(connection).ConfigureAwait(false);
            connection ??= await source.OpenConnectionAsync().ConfigureAwait(false);
            Settle(group, await CommitGroup.Send(connection, [.. group.Select(m => m.Changes)], limits.Send).ConfigureAwait(false));
            return connection;
        }
        catch (Exception refused) when (connection is not null && CommitFailure.IsOfTheGroup(refused))
        {
            return await SendSingly(group, connection).ConfigureAwait(false);
        }
        catch (Exception passing)
        {
            await TryLater(group, connection, passing).ConfigureAwait(false);
            return null;
        }
    }

    /// <summary>Each member in a transaction of its own, so that only the one at fault fails.</summary>
    private async Task<NpgsqlConnection?> SendSingly(List<CommitMember> group, NpgsqlConnection? connection)
    {
        for (var i = 0; i < group.Count; i++)
        {
            var alone = group[i..(i + 1)];
            try
            {
                connection = await StillOpen(connection).ConfigureAwait(false);
                connection ??= await source.OpenConnectionAsync().ConfigureAwait(false);
                Settle(alone, await CommitGroup.Send(connection, [group[i].Changes], limits.Send).ConfigureAwait(false));
            }
            catch (Exception passing) when (CommitFailure.MayPass(passing))
            {
                // Either the database is away, and the others wait as any do, or this member is what cannot pass, and they go before it.
                queue.PutBack(group[(i + 1)..]);
                // One that never had a connection has done nothing to be suspected of.
                group[i].GoesAlone |= connection is not null;
                await TryLater(alone, connection, passing).ConfigureAwait(false);
                return null;
            }
            catch (Exception nobody) when (CommitFailure.IsOfNobody(nobody))
            {
                Settle(alone, [CommitOutcome.NoCustomer]);
            }
            catch (Exception final)
            {
                Fail(alone, final);
            }
        }

        return connection;
    }

    /// <summary>The connection, or null where it has died meanwhile: a failure to make another must not look like the group's.</summary>
    private static async Task<NpgsqlConnection?> StillOpen(NpgsqlConnection? connection)
    {
        if (connection is null or { State: ConnectionState.Open })
            return connection;
        await connection.DisposeAsync().ConfigureAwait(false);
        return null;
    }

    private void Settle(List<CommitMember> group, CommitOutcome[] outcomes)
    {
        Recovered();
        queue.Release(group);
        for (var i = 0; i < group.Count; i++)
            group[i].Complete(outcomes[i]);
        StartLane();
    }

    private void Fail(List<CommitMember> group, Exception failure)
    {
        if (PostgresFailure.IsUnavailable(failure))
            failure = PostgresFailure.Unavailable(failure);
        queue.Release(group);
        foreach (var member in group)
            member.Fail(failure);
    }

    /// <summary>
    /// The database is away, or its answer got lost. What has time left is sent again after a pause: it is safe, for whatever was committed
    /// after all has moved its version on, and is then recognised by its command.
    /// </summary>
    private async Task TryLater(List<CommitMember> group, NpgsqlConnection? connection, Exception failure)
    {
        if (connection is not null)
            await connection.DisposeAsync().ConfigureAwait(false);
        int inARow;
        lock (gate)
            inARow = ++failures;
        var now = clock.GetTimestamp();
        // A closed source is the end of this process: nothing comes back.
        var ends = failure is ObjectDisposedException;
        Fail([.. group.Where(member => ends || member.WaitsUntil <= now)], failure);
        queue.PutBack([.. group.Where(member => !ends && member.WaitsUntil > now)]);
        if (ends)
            return;
        // What lies in the pool is most likely as dead as this one was.
        source.Clear();

        // Up to half as long again, so that the silos of a fleet do not come back all at once.
        var pause = limits.Pause * Math.Min(1 << Math.Min(inARow - 1, 10), limits.LongestPause / limits.Pause) * (1 + Random.Shared.NextDouble() / 2);
        await Task.Delay(pause, clock).ConfigureAwait(false);
    }

    private void Recovered()
    {
        if (Volatile.Read(ref failures) == 0)
            return;
        lock (gate)
            failures = 0;
    }

    private void GiveUpLate()
    {
        var now = clock.GetTimestamp();
        queue.GiveUp(member => member.WaitsUntil <= now, static () => new RecordUnavailableException("The record's database did not take the commit in time."));
        StartLane(waitedLong: true);
    }

    private long Ticks(TimeSpan span) => (long)(span.TotalSeconds * clock.TimestampFrequency);
}
