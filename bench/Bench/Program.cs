using FteAgent.Bench;
using FteAgent.Bench.Commits;
using FteAgent.Bench.Conversations;
using FteAgent.Bench.Engine;
using FteAgent.Bench.Engine.CrossSilo;
using FteAgent.Bench.Knowledge;

// dotnet run -c Release --project bench/Bench -- [all | NAME…]
if (args is [Partner.Argument]) return await Partner.Run();

var benches = new Dictionary<string, Func<Task>>
{
    ["engine"] = EngineBench.Run,
    ["cross-silo"] = CrossSiloBench.Run,
#if !ORLEANS
    ["wire"] = WireBench.Run,
#endif
    ["knowledge"] = KnowledgeBench.Run,
    ["conversations"] = ConversationBench.Run,
    ["commits"] = CommitBench.Run,
};

var wanted = args is [] or ["all"] ? [.. benches.Keys] : args;
if (wanted.FirstOrDefault(name => !benches.ContainsKey(name)) is { } unknown)
{
    Console.Error.WriteLine($"There is no bench '{unknown}': take all or {string.Join(", ", benches.Keys)}.");
    return 2;
}

Console.WriteLine(ThisBuild.Heading);
foreach (var name in wanted)
{
    Console.WriteLine($"\n{name}");
    await benches[name]();
}

return 0;
