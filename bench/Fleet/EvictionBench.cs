using System.Diagnostics;
using FteAgent.Cluster.Load;
using FteAgent.Cluster.Silos;

namespace FteAgent.Bench.Fleets;

/// <summary>Whether silos that are merely slow are taken for dead: a minute with every core taken twice over by others.</summary>
internal static class EvictionBench
{
    private const int Conversations = 100;
    private const int BurnersPerCore = 2;
    private const int FirstNumber = 100_000;
    private static readonly TimeSpan Length = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan AllAnsweredWithin = TimeSpan.FromMinutes(2);

    public static async Task Run()
    {
        var figures = new Figures("evictions");
        await using var fleet = await Fleet.Start(new() { HasLinks = false });
        await using var balancer = new Balancer(() => fleet.Silos);
        if (!await balancer.AllReady(AllAnsweredWithin))
            throw new TimeoutException("The fleet is not ready.");
        var before = await fleet.Evictions.Count();
        await using var talks = new BusyTalks(fleet, balancer, Conversations, FirstNumber);

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

        Console.WriteLine($"  load average {Machine.LoadAverage}; {talks.All.Count(sent => sent.AnsweredAt is not null)} messages answered meanwhile");
        await talks.End(AllAnsweredWithin);
        figures.Add("evictions.under_full_load", await fleet.Evictions.Count() - before, $"silos taken for dead in {Length.TotalSeconds:0} s of full load; none was");
        figures.Write();
    }
}
