namespace FteAgent.Engine;

/// <summary>Looks round once in each quantum of time and ends the activations that nobody uses.</summary>
internal sealed class IdleCollector : IDisposable
{
    /// <summary>How many end at the same time: each may write to a store, and a hundred thousand at once would flood it.</summary>
    private const int MaxEndingAtOnce = 128;

    private readonly ITimer _timer;

    public IdleCollector(Silo silo, TimeSpan quantum) => _timer = silo.Time.Activations.CreateTimer(
        static catalog => _ = Collect((Catalog)catalog!), silo.Catalog, quantum, quantum);

    public void Dispose() => _timer.Dispose();

    public static Task Collect(Catalog catalog, TimeSpan? ageLimit = null)
    {
        // Who is idle is settled now, at the tick; a grain that is called before it is its turn to end is let be.
        var idle = catalog.Idle(ageLimit);
        return idle.Count == 0
            ? Task.CompletedTask
            : Parallel.ForEachAsync(
                idle, new ParallelOptions { MaxDegreeOfParallelism = MaxEndingAtOnce }, async (activation, _) => await activation.DeactivateIfIdle(ageLimit));
    }
}
