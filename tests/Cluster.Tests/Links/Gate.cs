namespace FteAgent.Cluster.Links;

/// <summary>The state of a link between two ends: open, slow, or cut so that whatever is sent vanishes into silence.</summary>
internal sealed class Gate(int seed = 0)
{
    private readonly Random chance = new(seed);
    private readonly Lock guard = new();
    private readonly HashSet<IDisposable> roads = [];
    private TaskCompletionSource? closed;

    /// <summary>How long each piece of data is held up, at random within these bounds.</summary>
    public (int From, int To) DelayMilliseconds { get; set; }

    /// <summary>How long the next piece is held up.</summary>
    public int NextDelay()
    {
        var (shortest, longest) = DelayMilliseconds;
        if (longest <= 0)
            return 0;
        lock (guard)
            return chance.Next(shortest, longest + 1);
    }

    /// <summary>From now on nothing passes: no data, no end of a connection, no refusal.</summary>
    public void Cut()
    {
        lock (guard)
            closed ??= new(TaskCreationOptions.RunContinuationsAsynchronously);
    }

    /// <summary>
    /// Lets data pass again. What was under way arrives late, as it does when a network comes back; or else, with
    /// <paramref name="forget"/>, the connections of before are gone.
    /// </summary>
    public void Heal(bool forget = false)
    {
        TaskCompletionSource? opened;
        IDisposable[] old;
        lock (guard)
        {
            (opened, closed) = (closed, null);
            old = forget ? [.. roads] : [];
        }

        foreach (var road in old)
            road.Dispose();
        opened?.SetResult();
    }

    /// <summary>Completes when data may pass.</summary>
    public Task WhenOpen(CancellationToken cancellationToken)
    {
        lock (guard)
            return closed is { } gate ? gate.Task.WaitAsync(cancellationToken) : Task.CompletedTask;
    }

    public void Add(IDisposable road)
    {
        lock (guard)
            roads.Add(road);
    }

    public void Remove(IDisposable road)
    {
        lock (guard)
            roads.Remove(road);
    }
}
