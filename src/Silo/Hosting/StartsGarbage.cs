using System.Runtime;

namespace FteAgent.Silo.Hosting;

/// <summary>
/// Gives back what the start took: settings, descriptions of services and the index's raw material are garbage by then, and a silo that
/// has nothing to do would not collect it for hours.
/// </summary>
internal sealed class StartsGarbage(TimeProvider time) : BackgroundService
{
    /// <summary>By then the first requests have been answered, and what they needed only once has been made.</summary>
    private static readonly TimeSpan After = TimeSpan.FromSeconds(5);

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await Task.Delay(After, time, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        if (stoppingToken.IsCancellationRequested)
            return;
        GCSettings.LargeObjectHeapCompactionMode = GCLargeObjectHeapCompactionMode.CompactOnce;
        GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);
    }
}
