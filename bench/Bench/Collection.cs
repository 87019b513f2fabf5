using System.Diagnostics;

namespace FteAgent.Bench;

/// <summary>Short ages, so that a bench sees grains idle out, and the wait until they have.</summary>
internal static class Collection
{
    public static readonly TimeSpan Age = TimeSpan.FromSeconds(5);
    public static readonly TimeSpan Quantum = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan LongestWait = TimeSpan.FromMinutes(2);

    public static async Task OfAll(string grainClass, IManagementGrain management)
    {
        var watch = Stopwatch.StartNew();
        while ((await management.GetSimpleGrainStatistics()).Any(count => count.GrainType.Contains(grainClass) && count.ActivationCount > 0))
        {
            if (watch.Elapsed > LongestWait) throw new TimeoutException($"Idle grains were not collected within {LongestWait}.");
            await Task.Delay(Quantum / 4);
        }
    }
}
