using FteAgent.Cluster.History;
using FteAgent.Cluster.Load;

namespace FteAgent.Bench.Fleets;

/// <summary>
/// A rolling restart of three silos under 200 requests a second that nobody sends twice. The load comes from this process, which has its
/// share of the machine's cores.
/// </summary>
internal static class RollingBench
{
    private const int RequestsPerSecond = 200;
    private static readonly TimeSpan ModelTakes = TimeSpan.FromSeconds(1);

    public static async Task<Figures> Run()
    {
        var figures = Figures.Begin("rolling");
        var before = Environment.CpuUsage.TotalTime;
        var report = await RollingRestart.Run(Seed.OfThisRun(), RequestsPerSecond, ModelTakes, line => Console.WriteLine($"  {line}"));
        var generator = Environment.CpuUsage.TotalTime - before;
        foreach (var failure in report.Failures.Take(20))
            Console.WriteLine($"  failed: {failure}");
        foreach (var finding in report.Verdict.Findings.Take(20))
            Console.WriteLine($"  {finding}");

        var harms = report.Verdict.Findings;
        figures.Add("rolling.failed_requests", report.Failures.Count, $"of {report.Answered + report.Failures.Count:#,0}, none of them sent twice; the balancer asks every 10 s");
        figures.Add("rolling.lost", report.Verdict.Count(Harm.Lost), "messages");
        figures.Add("rolling.doubled", report.Verdict.Count(Harm.Doubled), "messages and answers");
        figures.Add("rolling.other_harms", harms.Count(finding => finding.Harm is not (Harm.Lost or Harm.Doubled)), "reordered, stuck or leaked");
        figures.Add("rolling.slowest_drain_seconds", report.SlowestDrain.TotalSeconds, $"from SIGTERM to the end of the process, {RollingRestart.DrainSeconds} of them for the balancer");
        figures.Add("rolling.slowest_start_seconds", report.SlowestStart.TotalSeconds, "from the start of the process until it took requests, under this load and not published as in the image");
        figures.Add("rolling.p50_ms", Quantile(report.Milliseconds, 0.5), "of all requests");
        figures.Add("rolling.p99_ms", Quantile(report.Milliseconds, 0.99), "of all requests");
        figures.Add("rolling.generator_us_per_request", generator.TotalMicroseconds / (report.Answered + report.Failures.Count), "CPU time of this process, the judge among it");
        figures.Write();
        return figures;
    }

    private static double Quantile(IReadOnlyList<double> sorted, double share) => sorted[(int)(share * (sorted.Count - 1))];
}
