using System.Diagnostics;
using FteAgent.Cluster.Load;
using FteAgent.Cluster.Silos;

namespace FteAgent.Bench.Fleets;

/// <summary>
/// Whether silos that are merely slow are taken for dead, or think so themselves: a minute with every core taken twice over by others.
/// Then one is killed, to see that an eviction would have been counted.
/// </summary>
internal static class EvictionBench
{
    private const int Conversations = 100;
    private const int BurnersPerCore = 2;
    private const int FirstNumber = 100_000;
    private static readonly TimeSpan Length = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan AllAnsweredWithin = TimeSpan.FromMinutes(2);
    private static readonly TimeSpan CountedWithin = TimeSpan.FromMinutes(1);

    public static async Task<Figures> Run()
    {
        var figures = Figures.Begin("evictions");
        await using var fleet = await Fleet.Start(new() { HasLinks = false });
        await using var balancer = new Balancer(() => fleet.Silos);
        await Whole.Again(fleet, balancer);
        var before = await fleet.Evictions.CountWithLostLeases();
        await using (var talks = new BusyTalks(fleet, balancer, Conversations, FirstNumber))
        {
            await BurnEveryCore();
            Console.WriteLine($"  load average {Machine.LoadAverage}; {talks.All.Count(sent => sent.AnsweredAt is not null)} messages answered meanwhile");
            await talks.End(AllAnsweredWithin);
        }

        var evicted = await fleet.Evictions.CountWithLostLeases() - before;
        var seconds = await CountedAfterKill(fleet);
        figures.Add("evictions.under_full_load", evicted, $"silos taken for dead, or out of their lease, in {Length.TotalSeconds:0} s of full load");
        figures.Add("evictions.of_a_killed_silo_seconds", seconds, "until the same counter moved for a silo that was killed");
        figures.Write();
        return figures;
    }

    private static async Task BurnEveryCore()
    {
        var burners = Enumerable.Range(0, BurnersPerCore * Environment.ProcessorCount).Select(_ => Process.Start("sh", ["-c", "while :; do :; done"])).ToList();
        try
        {
            await Task.Delay(Length);
        }
        finally
        {
            foreach (var burner in burners)
            {
                burner.Kill();
                burner.Dispose();
            }
        }
    }

    /// <summary>A counter that could not count would find nothing either.</summary>
    private static async Task<double> CountedAfterKill(Fleet fleet)
    {
        var before = await fleet.Evictions.Count();
        var since = TimeProvider.System.GetTimestamp();
        await fleet.Silos[^1].Kill();
        while (await fleet.Evictions.Count() == before)
        {
            if (TimeProvider.System.GetElapsedTime(since) > CountedWithin)
                throw new InvalidOperationException($"A silo was killed and not counted within {CountedWithin}: the counter of evictions is deaf, and its 0 means nothing.");
            await Task.Delay(TimeSpan.FromMilliseconds(100));
        }

        return TimeProvider.System.GetElapsedTime(since).TotalSeconds;
    }
}
