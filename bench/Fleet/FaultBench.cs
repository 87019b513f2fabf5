using FteAgent.Cluster.Faults;
using FteAgent.Cluster.History;
using FteAgent.Cluster.Load;

namespace FteAgent.Bench.Fleets;

/// <summary>Half an hour of faults in random order under load, and what the judge found.</summary>
internal static class FaultBench
{
    private const int DefaultSeconds = 1_800;

    public static async Task<Figures> Run()
    {
        var figures = Figures.Begin("faults");
        // In words, for whoever must find out why; beside the figures, because a terminal forgets.
        var findings = Path.ChangeExtension(Figures.PathOf("faults"), ".txt");
        File.Delete(findings);
        var length = FaultRun.Length(DefaultSeconds);
        var seed = Seed.OfThisRun();
        FaultReport report;
        try
        {
            report = await FaultRun.Run(seed, length, line => Console.WriteLine($"  {line}"));
        }
        catch (Exception broken)
        {
            await File.WriteAllTextAsync(findings, $"{ThisBuild.Heading}\nseed {seed}: the run broke off.\n{broken}\n");
            throw;
        }

        foreach (var harm in Enum.GetValues<Harm>())
            figures.Add($"faults.{harm.ToString().ToLowerInvariant()}", report.Verdict.Count(harm), "must be 0");
        figures.Add("faults.unexpected_answers", report.Unexpected.Count, "neither 2xx nor 503 with Retry-After");
        figures.Add("faults.seconds", length.TotalSeconds, $"of faults; {FaultRun.Variable} to change it");
        figures.Add("faults.accepted", report.Accepted, "messages that got a 2xx, redeliveries among them");
        figures.Add("faults.struck", report.Faults.Values.Sum(), string.Join(", ", report.Faults.Select(fault => $"{fault.Value} × {fault.Key}")));
        figures.Add("faults.slowest_recovery_seconds", report.SlowestRecovery.TotalSeconds, "from the end of a fault until every silo was ready");
        figures.Add("faults.seed", report.Seed, $"{Seed.Variable} to repeat it");
        figures.Write();
        await File.WriteAllLinesAsync(findings,
        [
            ThisBuild.Heading, $"seed {report.Seed}, {length.TotalSeconds:0} s of faults",
            .. report.Verdict.Findings.Select(finding => $"{finding.Harm}: conversation {finding.Conversation}: {finding.What}"),
            .. report.Unexpected.Select(answer => $"unexpected: {answer}"),
            $"{report.Verdict.Findings.Length} harms, {report.Unexpected.Count} unexpected answers",
        ]);
        return figures;
    }
}
