using FteAgent.Bench;
using FteAgent.Bench.Fleets;

// dotnet run -c Release --project bench/Fleet -- [all | NAME…]
// Ends with 1 when a harm was found, a bench broke off, or the soak run missed its uptime or its p95. Any other target of speed that was missed is
// printed as missed, and no more.
var benches = new Dictionary<string, Func<Task<Figures>>>
{
    ["failover"] = FailoverBench.Run,
    ["evictions"] = EvictionBench.Run,
    ["rolling"] = RollingBench.Run,
    ["image"] = ImageBench.Run,
    ["restore"] = RestoreDrill.Run,
    ["soak"] = SoakBench.Run,
    ["summary"] = Summary.Write,
    ["faults"] = FaultBench.Run,
    ["kafka"] = KafkaBench.Run,
    ["model"] = ModelBench.Run,
    ["table"] = Summary.Print,
};

// The restore drill, the soak run, and the benches of the image, of Kafka and of the model have commands of their own in the Makefile.
var wanted = args is [] or ["all"] ? ["failover", "evictions", "rolling", "summary", "faults", "table"] : args;
if (wanted.FirstOrDefault(name => !benches.ContainsKey(name)) is { } unknown)
{
    Console.Error.WriteLine($"There is no bench '{unknown}': take all or {string.Join(", ", benches.Keys)}.");
    return 2;
}

Console.WriteLine(ThisBuild.Heading);
var wrong = new List<string>();
foreach (var name in wanted)
{
    Console.WriteLine($"\n{name}");
    try
    {
        wrong.AddRange((await benches[name]()).Faults.Select(fault => $"{name}: {fault}"));
    }
    catch (Exception broken)
    {
        // The others can still be measured, and half an hour of faults is not for nothing.
        wrong.Add($"{name} broke off: {broken.Message}");
        Console.Error.WriteLine($"  {broken}");
    }
}

foreach (var line in wrong)
    Console.Error.WriteLine($"FAILED  {line}");
return wrong.Count == 0 ? 0 : 1;
