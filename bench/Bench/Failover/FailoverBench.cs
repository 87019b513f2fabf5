using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using FteAgent.Bench.Engine;
using FteAgent.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace FteAgent.Bench.Failover;

/// <summary>
/// Three silos over loopback and a real PostgreSQL, a hundred grains called again and again with no retry: how long until every grain
/// answers again when one silo is killed or freezes, and how many calls failed. Then the same with every core kept busy and nobody
/// harmed, when no silo may be taken for dead.
/// </summary>
internal static class FailoverBench
{
    private const int Silos = 3;
    private const int Keys = 100;
    private const int Rounds = 3;
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(120);
    private static readonly TimeSpan FullLoad = TimeSpan.FromSeconds(30);

    public static async Task Run()
    {
        var figures = new Figures("failover");
        await using var server = await PostgresServer.Start(durable: true);
        foreach (var (signal, name) in new[] { ("KILL", "kill9"), ("STOP", "sigstop") })
        {
            var seconds = new List<double>();
            var failed = new List<double>();
            for (var round = 0; round < Rounds; round++)
            {
                await using var fleet = await Fleet.Start(server);
                var (recovered, failures) = await Harm(fleet, signal);
                seconds.Add(recovered.TotalSeconds);
                failed.Add(failures);
                Console.WriteLine($"  {name} round {round + 1}: {recovered.TotalSeconds:0.0} s, {failures} failed calls");
            }

            figures.Add($"engine_failover.{name}_seconds", Median(seconds), $"median of {Rounds}: every grain answers again");
            figures.Add($"engine_failover.{name}_failed_calls", Median(failed), "calls that failed meanwhile, with no retry");
        }

        await using (var fleet = await Fleet.Start(server))
            figures.Add("engine_failover.false_evictions", await UnderFullLoad(fleet), $"silos taken for dead in {FullLoad.TotalSeconds:0} s of full load");
        figures.Write();
    }

    private static async Task<(TimeSpan Recovered, int Failed)> Harm(Fleet fleet, string signal)
    {
        using var ended = new CancellationTokenSource();
        var callers = Enumerable.Range(0, Keys).Select(key => new Caller(fleet.Grain(key))).ToArray();
        await Task.WhenAll(callers.Select(caller => caller.Call()));
        var calling = callers.Select(caller => caller.Go(ended.Token)).ToArray();
        await Task.Delay(TimeSpan.FromSeconds(5));

        var harmed = Stopwatch.GetTimestamp();
        foreach (var caller in callers)
            caller.Watch(harmed);
        fleet.Signal(signal);
        while (callers.Any(caller => caller.Recovered is null) && Stopwatch.GetElapsedTime(harmed) < Longest)
            await Task.Delay(20);
        var recovered = callers.Max(caller => caller.Recovered ?? Longest);
        // Calls that were under way when it happened may fail later than others succeed.
        await Task.Delay(TimeSpan.FromSeconds(5));
        await ended.CancelAsync();
        await Task.WhenAll(calling);
        return (recovered, callers.Sum(caller => caller.Failed));
    }

    private static async Task<int> UnderFullLoad(Fleet fleet)
    {
        using var ended = new CancellationTokenSource(FullLoad);
        var callers = Enumerable.Range(0, Keys).Select(key => new Caller(fleet.Grain(key))).ToArray();
        var calling = callers.Select(caller => caller.Go(ended.Token)).ToArray();
        var burning = Enumerable.Range(0, Environment.ProcessorCount * 4).Select(_ => Task.Factory.StartNew(
            () => { while (!ended.IsCancellationRequested) Thread.SpinWait(10_000); }, default, TaskCreationOptions.LongRunning, TaskScheduler.Default)).ToArray();
        await Task.WhenAll([.. calling, .. burning]);
        return Silos - await fleet.Members();
    }

    private static double Median(List<double> values) => values.Order().ElementAt(values.Count / 2);

    /// <summary>Calls one grain without end.</summary>
    private sealed class Caller(IAdderGrain grain)
    {
        private long harmed = long.MaxValue;
        private long recovered;

        public int Failed { get; private set; }

        /// <summary>From the harm to the answer of the first call made after it.</summary>
        public TimeSpan? Recovered => Volatile.Read(ref recovered) is > 0 and var answered ? Stopwatch.GetElapsedTime(harmed, answered) : null;

        public Task Call() => grain.Add(1);

        public void Watch(long since) => Volatile.Write(ref harmed, since);

        public async Task Go(CancellationToken cancellationToken)
        {
            while (!cancellationToken.IsCancellationRequested)
            {
                var sent = Stopwatch.GetTimestamp();
                try
                {
                    await grain.Add(1);
                    if (recovered == 0 && sent >= Volatile.Read(ref harmed))
                        Volatile.Write(ref recovered, Stopwatch.GetTimestamp());
                }
                catch (Exception failure) when (failure is TimeoutException or OrleansException)
                {
                    Failed++;
                }

                await Task.Delay(Pause, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }

    /// <summary>One silo here, whose callers live on, and the others in processes of their own.</summary>
    private sealed class Fleet : IAsyncDisposable
    {
        private readonly List<Process> others = [];
        private Microsoft.Extensions.Hosting.IHost host = null!;
        private TestDatabase database = null!;

        public static async Task<Fleet> Start(PostgresServer server)
        {
            var fleet = new Fleet { database = await server.NewDatabase() };
            fleet.host = Member.Build(fleet.database.Url, FreePort());
            await fleet.host.StartAsync();
            for (var silo = 1; silo < Silos; silo++)
                fleet.others.Add(await StartMember(fleet.database.Url));
            return fleet;
        }

        public IAdderGrain Grain(int key) => host.Services.GetRequiredService<IGrainFactory>().GetGrain<IAdderGrain>(key.ToString(CultureInfo.InvariantCulture));

        public async Task<int> Members() =>
            (await host.Services.GetRequiredService<IGrainFactory>().GetGrain<IManagementGrain>(0).GetHosts(onlyActive: true)).Count;

        public void Signal(string signal)
        {
            using var kill = Process.Start("kill", [$"-{signal}", others[0].Id.ToString(CultureInfo.InvariantCulture)]);
            kill.WaitForExit();
        }

        public async ValueTask DisposeAsync()
        {
            foreach (var other in others)
            {
                other.Kill();
                await other.WaitForExitAsync();
                other.Dispose();
            }

            using (host)
            {
                using var soon = new CancellationTokenSource(TimeSpan.FromSeconds(5));
                await host.StopAsync(soon.Token);
            }

            await database.DisposeAsync();
        }

        private static async Task<Process> StartMember(string url)
        {
            var start = new ProcessStartInfo("dotnet", [typeof(Member).Assembly.Location, Member.Word, url, FreePort().ToString(CultureInfo.InvariantCulture)])
            {
                RedirectStandardInput = true, RedirectStandardOutput = true,
            };
            var process = Process.Start(start)!;
            return await process.StandardOutput.ReadLineAsync() == "ready" ? process : throw new InvalidOperationException("A silo did not start.");
        }

        private static int FreePort()
        {
            using var listener = new TcpListener(IPAddress.Loopback, 0);
            listener.Start();
            return ((IPEndPoint)listener.LocalEndpoint).Port;
        }
    }
}
