using System.Globalization;

namespace FteAgent.Bench.Fleets;

/// <summary>Brings the figures that the fleet is judged by together in <c>fleet.json</c>, from the parts that were measured before.</summary>
internal static class Summary
{
    private static readonly (string File, string[] Figures)[] Parts =
    [
        ("fleet-failover", ["failover.kill9_seconds", "failover.kill9_failed_calls", "failover.kill9_cut_calls", "failover.sigstop_seconds", "failover.sigstop_failed_calls", "failover.unexpected_answers"]),
        ("evictions", ["evictions.under_full_load"]),
        ("rolling", ["rolling.failed_requests", "rolling.lost", "rolling.doubled", "rolling.other_harms", "rolling.slowest_drain_seconds", "rolling.p99_ms"]),
        ("cross-silo", ["engine.cross_silo_calls_per_s", "engine.cross_silo_p99_ms", "engine.cross_silo_ratio_to_tcp_echo"]),
        ("commits", ["commits.ratio_to_pgbench", "commits.p99_ratio_to_pgbench", "commits.accept_p99_ms", "commits.round_trips_per_message"]),
        ("knowledge", ["knowledge.search_p95_ms", "knowledge.words_search_p95_ms", "knowledge.pgvector_search_p95_ms"]),
        ("records", ["knowledge.quality_difference"]),
    ];

    /// <summary>Kept in their own file, and in the printed table.</summary>
    private static readonly string[] Faults =
        ["faults.lost", "faults.doubled", "faults.reordered", "faults.stuck", "faults.leaked", "faults.unexpected_answers", "faults.seconds"];

    public static Task<Figures> Write()
    {
        var figures = Figures.Begin("fleet");
        var missing = new List<string>();
        foreach (var (file, names) in Parts)
        {
            var measured = Figures.Read(file);
            foreach (var name in names)
                if (measured.TryGetValue(name, out var value))
                    figures.Add(name, value, $"from {file}.json");
                else
                    missing.Add($"{name} ({file}.json)");
        }

        figures.Write();
        return missing.Count == 0 ? Task.FromResult(figures) : throw new InvalidOperationException($"Not measured: {string.Join(", ", missing)}.");
    }

    /// <summary>Prints the table of all that was measured on this engine and commit; what is missing is named.</summary>
    public static Task<Figures> Print()
    {
        Console.WriteLine($"  {ThisBuild.Heading}{(Rounds.AreFewer ? $"; only {Rounds.Count} of the usual rounds" : "")}");
        Console.WriteLine($"  {"figure (medians)",-38} {"value",12}  target");
        foreach (var (file, names) in Parts.Append(("faults", Faults)))
        {
            var measured = OfThisBuild(file);
            foreach (var name in names)
            {
                double? value = measured.TryGetValue(name, out var found) ? found : null;
                var verdict = value is null ? "NOT MEASURED" : Target.Of(name)?.Verdict(found) ?? "";
                Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"  {name,-38} {value,12:#,0.###}  {verdict}"));
            }
        }

        return Task.FromResult(Figures.None);
    }

    private static IReadOnlyDictionary<string, double> OfThisBuild(string file)
    {
        try
        {
            return Figures.Read(file);
        }
        catch (InvalidOperationException another)
        {
            Console.WriteLine($"  {another.Message}");
            return new Dictionary<string, double>();
        }
    }
}
