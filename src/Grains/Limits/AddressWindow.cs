namespace FteAgent.Limits;

/// <summary>
/// The last minute of one block of addresses, in steps of five seconds: how many places each address took in each step, and all together.
/// A place is free again when the step in which it was taken is a minute old.
/// </summary>
/// <remarks>What was refused is not kept, so there are never more entries than the block has places.</remarks>
internal sealed class AddressWindow
{
    /// <summary>How long a place stays taken.</summary>
    public static readonly TimeSpan Length = TimeSpan.FromMinutes(1);

    private static readonly TimeSpan StepLength = TimeSpan.FromSeconds(5);
    private readonly Queue<Step> steps = new();

    /// <summary>Takes a place at this moment, or says when there will be one.</summary>
    public LimitAnswer Take(string address, int ofAddress, int ofBlock, DateTimeOffset now)
    {
        while (steps.TryPeek(out var oldest) && oldest.Ends(now) <= TimeSpan.Zero)
            steps.Dequeue();

        // Whoever is refused for both waits for both.
        var wait = Max(Wait(step => step.Of(address), ofAddress, now), Wait(static step => step.Total, ofBlock, now));
        if (wait > TimeSpan.Zero)
            return new(IsTaken: false, wait);

        if (steps.LastOrDefault() is not { } latest || now - latest.Began >= StepLength || now < latest.Began)
            steps.Enqueue(latest = new(now));
        latest.Add(address);
        return new(IsTaken: true, TimeSpan.Zero);
    }

    /// <summary>How long until enough of what was taken is free again for one more.</summary>
    private TimeSpan Wait(Func<Step, int> taken, int limit, DateTimeOffset now)
    {
        var over = steps.Sum(taken) + 1 - limit;
        foreach (var step in steps)
        {
            if (over <= 0)
                return TimeSpan.Zero;
            over -= taken(step);
            if (over <= 0)
                return step.Ends(now);
        }

        return TimeSpan.Zero;
    }

    private static TimeSpan Max(TimeSpan one, TimeSpan other) => one > other ? one : other;

    private sealed class Step(DateTimeOffset began)
    {
        private readonly Dictionary<string, int> taken = new(StringComparer.Ordinal);

        public DateTimeOffset Began { get; } = began;

        public int Total { get; private set; }

        /// <summary>How long until its places are free. A clock that went back makes nobody wait longer than a minute.</summary>
        public TimeSpan Ends(DateTimeOffset now) => now < Began ? Length : Began + Length - now;

        public int Of(string address) => taken.GetValueOrDefault(address);

        public void Add(string address)
        {
            taken[address] = Of(address) + 1;
            Total++;
        }
    }
}
