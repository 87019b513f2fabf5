using System.Diagnostics;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Orleans.Configuration;

namespace FteAgent.Bench.Engine;

/// <summary>
/// Calls per second on one silo, against a bare channel hop, and the memory that idle grains give back. Callers are in
/// the silo's process, each awaits one call after another on a grain of its own.
/// </summary>
internal static class EngineBench
{
    private const int Callers = 100;
    private const int IdleGrains = 100_000;
    private static readonly TimeSpan RoundLength = TimeSpan.FromSeconds(2);

    public static async Task Run()
    {
        var figures = Figures.Begin("engine");
        using var host = BuildHost();
        await host.StartAsync();

        var grains = host.Services.GetRequiredService<IGrainFactory>();
        await MeasureCalls(grains, figures);
        await MeasureIdleMemory(grains, figures);

        await host.StopAsync();
        figures.Write();
    }

    private static IHost BuildHost()
    {
        var builder = Host.CreateApplicationBuilder();
        builder.Logging.SetMinimumLevel(LogLevel.Warning);
        builder.UseOrleans(silo => silo
            .UseLocalhostClustering()
            .Configure<GrainCollectionOptions>(options => (options.CollectionAge, options.CollectionQuantum) = (Collection.Age, Collection.Quantum)));
        return builder.Build();
    }

    private static async Task MeasureCalls(IGrainFactory grains, Figures figures)
    {
        var adders = Enumerable.Range(0, Callers).Select(n => grains.GetGrain<IAdderGrain>($"adder-{n}")).ToArray();
        var channels = Enumerable.Range(0, Callers).Select(_ => new ChannelAdder()).ToArray();
        Func<int, Task> call = n => adders[n].Add(1);
        Func<int, Task> hop = n => channels[n].Add(1);

        // Warm up, so that the measured rounds run compiled code.
        await CallsPerSecond(call);
        await CallsPerSecond(hop);

        var calls = new List<Rate>();
        var hops = new List<Rate>();
        for (var round = 0; round < Rounds.Count; round++)
        {
            calls.Add(await CallsPerSecond(call));
            hops.Add(await CallsPerSecond(hop));
            Console.WriteLine($"  round {round + 1}: {calls[^1]}; by channel {hops[^1]}");
        }

        var (callRate, hopRate) = (Median(calls.Select(rate => rate.PerSecond)), Median(hops.Select(rate => rate.PerSecond)));
        figures.Add("engine.local_calls_per_s", callRate, $"{Callers} callers, {Callers} grains, median of {Rounds.Count}");
        figures.Add("engine.channel_hops_per_s", hopRate, "the same by hand with System.Threading.Channels");
        figures.Add("engine.slowest_caller_ratio", Median(calls.Select(rate => rate.Slowest)), "calls of the slowest caller to the average: 1 is fair");
        figures.Add("engine.local_ratio_to_channel", callRate / hopRate, "1 would be a grain call for the price of a hop");
    }

    private static async Task<Rate> CallsPerSecond(Func<int, Task> call)
    {
        var stop = false;
        var watch = Stopwatch.StartNew();
        var callers = Enumerable.Range(0, Callers).Select(n => Task.Run(async () =>
        {
            long made = 0;
            for (; !Volatile.Read(ref stop); made++) await call(n);
            return made;
        })).ToArray();
        await Task.Delay(RoundLength);
        Volatile.Write(ref stop, true);
        var made = await Task.WhenAll(callers);
        return new(made.Sum() / watch.Elapsed.TotalSeconds, made.Min() / made.Average());
    }

    private static async Task MeasureIdleMemory(IGrainFactory grains, Figures figures)
    {
        var management = grains.GetGrain<IManagementGrain>(0);
        await Collection.OfAll(nameof(AdderGrain), management);
        var before = Memory.HeapAfterCollection();

        var watch = Stopwatch.StartNew();
        await Parallel.ForAsync(0, IdleGrains, async (n, _) => await grains.GetGrain<IAdderGrain>($"idle-{n}").Add(1));
        var activation = watch.Elapsed;
        var full = Memory.HeapAfterCollection();
        var rssFull = Memory.Rss();

        await Collection.OfAll(nameof(AdderGrain), management);
        var after = Memory.HeapAfterCollection();
        figures.Add("engine.activations_per_s", IdleGrains / activation.TotalSeconds, $"{IdleGrains:#,0} grains, each called once");
        figures.Add("engine.bytes_per_activation", (full - before) / (double)IdleGrains, "managed heap while they were active");
        figures.Add("engine.idle_heap_ratio", after / (double)before, $"heap {before / 1e6:0.0} MB before, {full / 1e6:0.0} MB active, {after / 1e6:0.0} MB after; RSS {rssFull / 1e6:0} MB active, {Memory.Rss() / 1e6:0} MB after");
    }

    private static double Median(IEnumerable<double> values) => values.Order().ElementAt(Rounds.Count / 2);

    /// <summary>How many a second, and the slowest caller's share of the average: a rate that starves callers is no rate.</summary>
    private sealed record Rate(double PerSecond, double Slowest)
    {
        public override string ToString() => $"{PerSecond,10:#,0}/s (slowest caller {Slowest:0.00} of average)";
    }
}
