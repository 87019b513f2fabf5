namespace FteAgent.Kafka;

/// <summary>
/// How far a partition is: which of its records are in flight, and up to where all are done with. The offset that is kept never passes a record in
/// flight, so whoever has the partition next begins with that one.
/// </summary>
internal sealed class PartitionProgress
{
    private readonly Lock gate = new();
    private readonly SortedSet<long> inFlight = [];
    private long next = -1;
    private long kept = -1;
    private int waiting;
    private int works;
    private bool gone;

    /// <summary>Whether it is another silo's now: what has not begun is left to that one.</summary>
    public bool IsGone => Volatile.Read(ref gone);

    /// <summary>
    /// Whether nothing is fetched for now; null as long as nobody has said it, since the client remembers a pause of ours across a rebalance. Known
    /// and set by the consumer's own thread alone.
    /// </summary>
    public bool? IsPaused { get; set; }

    /// <summary>Whether some record cannot go on until something is there again.</summary>
    public bool IsWaiting => Volatile.Read(ref waiting) > 0;

    /// <summary>Whether work on its records goes on, or waits for its turn to find that there is none.</summary>
    public bool IsBusy => Volatile.Read(ref works) > 0;

    /// <summary>The offset that a successor would begin with; -1 before any record has begun.</summary>
    public long Safe
    {
        get
        {
            lock (gate)
                return inFlight.Count > 0 ? inFlight.Min : next;
        }
    }

    /// <summary>A record is in flight.</summary>
    public void Began(long offset)
    {
        Interlocked.Increment(ref works);
        lock (gate)
        {
            inFlight.Add(offset);
            next = Math.Max(next, offset + 1);
        }
    }

    /// <summary>A record is done with: it is in the record, or among the dead letters.</summary>
    public void Done(long offset)
    {
        lock (gate)
            inFlight.Remove(offset);
    }

    /// <summary>The work on a record has ended, whether or not it is done with.</summary>
    public void Ended() => Interlocked.Decrement(ref works);

    /// <summary>Some record waits for something to be there again, or does no longer.</summary>
    public void Waits(bool begins)
    {
        if (begins)
            Interlocked.Increment(ref waiting);
        else
            Interlocked.Decrement(ref waiting);
    }

    /// <summary>It goes to another silo.</summary>
    public void Leave() => Volatile.Write(ref gone, true);

    /// <summary>The offset to keep, if it is farther than the last that was taken from here.</summary>
    public bool TryTake(out long offset)
    {
        lock (gate)
        {
            offset = inFlight.Count > 0 ? inFlight.Min : next;
            if (offset <= kept)
                return false;
            kept = offset;
            return true;
        }
    }
}
