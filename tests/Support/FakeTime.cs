namespace FteAgent.Testing;

/// <summary>
/// A clock that moves only when a test moves it. Timers fire inside <see cref="Advance"/>, on the calling thread, in order of time
/// and then of making, each at exactly the moment it was due, so that what a callback reads from the clock is what it would have read.
/// One that repeats very often in a long move is only brought to its end, as one is that slept with its machine.
/// </summary>
internal sealed class FakeTime(DateTimeOffset start) : TimeProvider
{
    /// <summary>
    /// How often in one move a timer fires at each of its moments: for an hour and more of one that fires twice a second. Each of them for days would
    /// be a million times, which takes minutes.
    /// </summary>
    public const int MostRepeats = 10_000;

    private readonly Lock gate = new();
    private readonly PriorityQueue<Due, (DateTimeOffset At, long Order)> queue = new();
    private readonly List<(int Timers, TaskCompletionSource Reached)> watchers = [];
    private DateTimeOffset now = start;
    private long order;
    private int waiting;
    private int moves;

    /// <summary>A Tuesday morning in UTC: inside business hours, far from any turn of the year.</summary>
    public FakeTime() : this(new(2026, 3, 3, 9, 0, 0, TimeSpan.Zero))
    {
    }

    /// <summary>How many timers are set. A test that must not move time before the code under test waits for it asks here, or <see cref="WhenWaiting"/>.</summary>
    public int Waiting { get { lock (gate) return waiting; } }

    /// <summary>Told of each move, before the timers due at that moment fire: another clock may follow this one.</summary>
    public Action<DateTimeOffset>? Moved { get; set; }

    public override TimeZoneInfo LocalTimeZone => TimeZoneInfo.Utc;

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override DateTimeOffset GetUtcNow()
    {
        lock (gate)
            return now;
    }

    public override long GetTimestamp()
    {
        lock (gate)
            return now.UtcTicks;
    }

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = new Timer(this, callback, state);
        timer.Change(dueTime, period);
        return timer;
    }

    /// <summary>Moves time on and fires what falls due on the way, including what such callbacks set.</summary>
    public void Advance(TimeSpan by)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(by, TimeSpan.Zero);
        DateTimeOffset end;
        lock (gate)
        {
            end = now + by;
            moves++;
        }

        while (TakeNext(end) is { } timer)
        {
            Moved?.Invoke(GetUtcNow());
            timer.Fire();
        }

        Moved?.Invoke(GetUtcNow());
    }

    /// <summary>Completes once at least <paramref name="timers"/> timers are set: the code under test has reached its wait.</summary>
    public Task WhenWaiting(int timers = 1)
    {
        lock (gate)
        {
            if (waiting >= timers)
                return Task.CompletedTask;
            var source = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            watchers.Add((timers, source));
            return source.Task;
        }
    }

    private Timer? TakeNext(DateTimeOffset end)
    {
        lock (gate)
        {
            while (queue.TryPeek(out var due, out var priority) && priority.At <= end)
            {
                queue.Dequeue();
                if (due.Timer.Generation != due.Generation)
                    continue;   // Changed or disposed since: this entry is stale.

                now = priority.At > now ? priority.At : now;
                if (due.Timer.Period > TimeSpan.Zero)
                    queue.Enqueue(due, (due.Timer.Next(priority.At, end, moves), order++));
                else
                    Disarm(due.Timer);
                return due.Timer;
            }

            now = end > now ? end : now;
            return null;
        }
    }

    private void Arm(Timer timer, TimeSpan dueTime, TimeSpan period)
    {
        Disarm(timer);
        if (dueTime == Timeout.InfiniteTimeSpan)
            return;
        timer.Armed = true;
        timer.Period = period;
        waiting++;
        queue.Enqueue(new(timer, timer.Generation), (now + dueTime, order++));
        watchers.RemoveAll(watcher => waiting >= watcher.Timers && watcher.Reached.TrySetResult());
    }

    private void Disarm(Timer timer)
    {
        timer.Generation++;
        if (timer.Armed)
            waiting--;
        timer.Armed = false;
    }

    private sealed record Due(Timer Timer, int Generation);

    private sealed class Timer(FakeTime time, TimerCallback callback, object? state) : ITimer
    {
        private bool disposed;
        private int repeats;
        private int lastMove;

        public bool Armed { get; set; }

        public int Generation { get; set; }

        public TimeSpan Period { get; set; }

        public void Fire() => callback(state);

        /// <summary>When one that repeats fires next after it did in a move that ends then.</summary>
        public DateTimeOffset Next(DateTimeOffset last, DateTimeOffset end, int move)
        {
            repeats = move == lastMove ? repeats + 1 : 1;
            lastMove = move;
            var left = (end - last).Ticks / Period.Ticks;
            return last + (repeats < MostRepeats ? Period : Period * Math.Max(1, left));
        }

        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            bool now;
            lock (time.gate)
            {
                if (disposed)
                    return false;
                now = dueTime == TimeSpan.Zero && period <= TimeSpan.Zero;
                time.Arm(this, now ? Timeout.InfiniteTimeSpan : dueTime, period);
            }

            // A timer due at once needs no movement of time; it fires on the pool, as the real one does.
            if (now)
                ThreadPool.QueueUserWorkItem(static timer => timer.Fire(), this, preferLocal: false);
            return true;
        }

        public void Dispose()
        {
            lock (time.gate)
            {
                disposed = true;
                time.Disarm(this);
            }
        }

        public ValueTask DisposeAsync()
        {
            Dispose();
            return ValueTask.CompletedTask;
        }
    }
}
