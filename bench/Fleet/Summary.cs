namespace FteAgent.Bench.Fleets;

/// <summary>Brings the figures that the fleet is judged by together in <c>fleet.json</c>, from the parts that were measured before.</summary>
internal static class Summary
{
    private static readonly (string File, string Figure)[] Parts =
    [
        ("commits", "commits.ratio_to_pgbench"), ("fleet-failover", "failover.kill9_seconds"), ("fleet-failover", "failover.kill9_failed_calls"), ("fleet-failover", "failover.sigstop_seconds"),
        ("cross-silo", "engine.cross_silo_calls_per_s"), ("knowledge", "knowledge.search_p95_ms"), ("evictions", "evictions.under_full_load"),
    ];

    public static Task Write()
    {
        var figures = new Figures("fleet");
        foreach (var (file, figure) in Parts)
            if (Figures.Read(file).TryGetValue(figure, out var value))
                figures.Add(figure, value, $"from {file}.json");
            else
                throw new InvalidOperationException($"{figure} was not measured: run the bench that writes {file}.json first.");
        figures.Write();
        return Task.CompletedTask;
    }
}
