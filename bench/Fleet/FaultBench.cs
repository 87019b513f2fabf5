using FteAgent.Cluster.Faults;
using FteAgent.Cluster.History;
using FteAgent.Cluster.Load;

namespace FteAgent.Bench.Fleets;

/// <summary>Half an hour of faults in random order under load, and what the judge found.</summary>
internal static class FaultBench
{
    private const int DefaultSeconds = 1_800;

    public static async Task Run()
    {
        var figures = new Figures("faults");
        var report = await FaultRun.Run(Seed.OfThisRun(), FaultRun.Length(DefaultSeconds), line => Console.WriteLine($"  {line}"));
        foreach (var harm in Enum.GetValues<Harm>())
            figures.Add($"faults.{harm.ToString().ToLowerInvariant()}", report.Verdict.Count(harm), "must be 0");
        figures.Add("faults.accepted", report.Accepted, "messages that got a 2xx, redeliveries among them");
        figures.Add("faults.struck", report.Faults.Values.Sum(), string.Join(", ", report.Faults.Select(fault => $"{fault.Value} × {fault.Key}")));
        figures.Add("faults.unexpected_answers", report.Unexpected.Count, "neither 2xx nor 503 with Retry-After");
        figures.Add("faults.slowest_recovery_seconds", report.SlowestRecovery.TotalSeconds, "from the end of a fault until every silo was ready");
        figures.Add("faults.seed", report.Seed, $"{Seed.Variable} to repeat it");
        figures.Write();
    }
}
