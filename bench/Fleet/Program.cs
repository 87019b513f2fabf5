using FteAgent.Bench;
using FteAgent.Bench.Fleets;

// dotnet run -c Release --project bench/Fleet -- [all | NAME…]
var benches = new Dictionary<string, Func<Task>>
{
    ["failover"] = FailoverBench.Run,
    ["evictions"] = EvictionBench.Run,
    ["faults"] = FaultBench.Run,
    ["summary"] = Summary.Write,
};

var wanted = args is [] or ["all"] ? [.. benches.Keys] : args;
if (wanted.FirstOrDefault(name => !benches.ContainsKey(name)) is { } unknown)
{
    Console.Error.WriteLine($"There is no bench '{unknown}': take all or {string.Join(", ", benches.Keys)}.");
    return 2;
}

Console.WriteLine($"Grain engine: {Figures.EngineName}; {Environment.ProcessorCount} cores; .NET {Environment.Version}; load average {Machine.LoadAverage}");
foreach (var name in wanted)
{
    Console.WriteLine($"\n{name}");
    await benches[name]();
}

return 0;
