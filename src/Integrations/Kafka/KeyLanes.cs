namespace FteAgent.Kafka;

/// <summary>Works in parallel across keys and in order within one. A lane lives as long as it has work, so an idle key costs nothing.</summary>
internal sealed class KeyLanes
{
    // Also a condition that is waited for, which the newer kind of lock has not.
    private readonly object gate = new();
    private readonly Dictionary<string, Queue<Func<Task>>> lanes = [];
    private int open;

    /// <summary>How many works have not ended.</summary>
    public int Open
    {
        get
        {
            lock (gate)
                return open;
        }
    }

    /// <summary>Has a work done after all others of its key. It must not throw.</summary>
    public void Add(string key, Func<Task> work)
    {
        lock (gate)
        {
            open++;
            if (lanes.TryGetValue(key, out var lane))
            {
                lane.Enqueue(work);
                return;
            }

            lane = new Queue<Func<Task>>([work]);
            lanes.Add(key, lane);
            _ = Task.Run(() => Run(key, lane));
        }
    }

    /// <summary>Blocks until a condition holds that can only change when a work ends, or time is up. For the consumer's own thread.</summary>
    public bool Wait(Func<bool> condition, TimeSpan within)
    {
        var since = TimeProvider.System.GetTimestamp();
        lock (gate)
        {
            while (!condition())
            {
                var left = within - TimeProvider.System.GetElapsedTime(since);
                if (left <= TimeSpan.Zero)
                    return false;
                Monitor.Wait(gate, left);
            }
        }

        return true;
    }

    private async Task Run(string key, Queue<Func<Task>> lane)
    {
        while (true)
        {
            Func<Task> work;
            lock (gate)
            {
                if (!lane.TryPeek(out work!))
                {
                    lanes.Remove(key);
                    return;
                }
            }

            try
            {
                await work().ConfigureAwait(false);
            }
            finally
            {
                lock (gate)
                {
                    lane.Dequeue();
                    open--;
                    Monitor.PulseAll(gate);
                }
            }
        }
    }
}
