using FteAgent.Cluster.Load;
using FteAgent.Cluster.Roads;

namespace FteAgent.Bench.Fleets;

/// <summary>
/// A broker that is away for a minute under load, and a silo that is killed in the midst of what it consumes. The broker is librdkafka's mock, which
/// keeps records in memory: what a broker loses itself is not measured.
/// </summary>
internal static class KafkaBench
{
    private static readonly TimeSpan Down = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan Around = TimeSpan.FromSeconds(15);

    public static async Task<Figures> Run()
    {
        var figures = Figures.Begin("kafka");
        var outage = await RoadRun.Outage(Seed.OfThisRun(), customers: 50, Rounds.AreFewer ? Down / 5 : Down, Around, line => Console.WriteLine($"  {line}"));
        Add(figures, "kafka.outage", outage, "after the broker was back");
        var kill = await RoadRun.Kill(Seed.OfThisRun(), customers: 100, each: Rounds.AreFewer ? 20 : 100, line => Console.WriteLine($"  {line}"));
        Add(figures, "kafka.kill9", kill, "after a silo was killed in the midst of it");
        figures.Write();
        return figures;
    }

    private static void Add(Figures figures, string what, RoadReport report, string when)
    {
        figures.Add($"{what}_lost", report.Lost.Count, $"of {report.Acknowledged:#,0} that were acknowledged");
        figures.Add($"{what}_doubled", report.Doubled.Count, "in the record more than once");
        figures.Add($"{what}_swapped", report.Swapped.Count, "before an earlier one of the same customer");
        figures.Add($"{what}_caught_up_seconds", report.Caught.TotalSeconds, $"until all that had been acknowledged was in the record {when}");
        if (report.Told is not { } told)
            return;
        figures.Add($"{what}_untold", told.Untold.Count, $"of {told.Decided:#,0} events for other systems");
        figures.Add($"{what}_told_twice", told.Doubled.Count, "under two ids");
        figures.Add($"{what}_told_swapped", told.Swapped.Count, "before an earlier one of the same conversation");
    }
}
