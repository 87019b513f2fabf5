using System.Diagnostics;
using FteAgent.Answering;
using FteAgent.Conversations;
using FteAgent.Customers;
using FteAgent.Postgres;
using FteAgent.Testing;
using FteAgent.Tickets;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace FteAgent.Bench.Commits;

/// <summary>
/// What an accepted message costs on Postgres: the product's own grain, 64 busy conversations, each message durable with its conversation's
/// row when Accept returns (fsync and synchronous_commit on), against pgbench's prepared single-row upserts of 64 clients on the same server,
/// one after the other in turn.
/// </summary>
internal static class CommitBench
{
    private const int Busy = 64;
    private const int Rounds = 5;
    private static readonly TimeSpan RoundLength = TimeSpan.FromSeconds(6);
    private static readonly TimeSpan WarmUp = TimeSpan.FromSeconds(8);

    public static async Task Run()
    {
        await using var server = await PostgresServer.Start(durable: true);
        await using var database = await server.NewDatabase();
        await using var pgbench = await PgBench.On(server, Busy);
        Console.WriteLine($"  {await database.Scalar<string>("select version()")}");
        Console.WriteLine($"  fsync {await database.Scalar<string>("show fsync")}, synchronous_commit {await database.Scalar<string>("show synchronous_commit")}, load average {LoadAverage()}");

        var figures = new Figures("commits");
        using var host = BuildHost(database);
        await host.StartAsync();
        var grains = host.Services.GetRequiredService<IGrainFactory>();
        var customers = await NewCustomers(host.Services);
        await Accept(grains, customers, WarmUp, []);
        await MeasureInTurn(grains, customers, database, pgbench, figures);
        await MeasureLone(grains, host.Services, figures);
        await MeasureGenerator(customers, figures);
        await host.StopAsync();
        figures.Write();
    }

    private static IHost BuildHost(TestDatabase database)
    {
        var builder = Host.CreateApplicationBuilder();
        builder.Logging.SetMinimumLevel(LogLevel.Error);
        builder.UseOrleans(silo => silo.UseLocalhostClustering());
        builder.Configuration.AddInMemoryCollection([new("Conversation:Settle", "00:00:10"), new("Conversation:JoinFor", "00:05:00"), new("Conversation:MessagesPerMinute", "1000")]);
        builder.Services.AddPostgresRecord(database.Options);
        builder.Services.AddGrainServices();
        // Drafting is another matter, measured elsewhere: here it is neither waited for nor paid for.
        builder.Services.AddSingleton<IExchangeQueue, NoDrafting>();
        return builder.Build();
    }

    private static async Task<List<CustomerId>> NewCustomers(IServiceProvider services)
    {
        var directory = services.GetRequiredService<ICustomerDirectory>();
        var customers = new List<CustomerId>();
        for (var i = 0; i < Busy; i++)
            customers.Add(await directory.Resolve(new(IdentifierKind.WebSession, Guid.NewGuid().ToString("N"), true), new(""), default));
        return customers;
    }

    private static async Task MeasureInTurn(IGrainFactory grains, List<CustomerId> customers, TestDatabase database, PgBench pgbench, Figures figures)
    {
        var (theirs, ours) = (new List<PgBenchResult>(), new List<(double PerSecond, double P50, double P99)>());
        var (transactions, trips, accepted, cpu) = (0L, 0L, 0L, TimeSpan.Zero);
        theirs.Add(await pgbench.Run(RoundLength));
        for (var round = 1; round <= Rounds; round++)
        {
            var latencies = new List<double>();
            var (before, tripsBefore, cpuBefore) = (await Transactions(database), RoundTrips.Count, Process.GetCurrentProcess().TotalProcessorTime);
            var rate = await Accept(grains, customers, RoundLength, latencies);
            cpu += Process.GetCurrentProcess().TotalProcessorTime - cpuBefore;
            trips += RoundTrips.Count - tripsBefore;
            transactions += await Transactions(database) - before;
            accepted += latencies.Count;
            latencies.Sort();
            ours.Add((rate, Percentile(latencies, 50), Percentile(latencies, 99)));
            theirs.Add(await pgbench.Run(RoundLength));
            Console.WriteLine($"  round {round}: pgbench {theirs[^2].PerSecond,7:#,0}/s p99 {theirs[^2].P99,5:0.0} ms – ours {rate,7:#,0}/s p50 {ours[^1].P50,5:0.0} p99 {ours[^1].P99,5:0.0} ms – pgbench {theirs[^1].PerSecond,7:#,0}/s p99 {theirs[^1].P99,5:0.0} ms; ratio {Ratio(round - 1):0.00}; load {LoadAverage()}");
        }

        double Ratio(int round) => ours[round].PerSecond / ((theirs[round].PerSecond + theirs[round + 1].PerSecond) / 2);
        double P99Ratio(int round) => ours[round].P99 / ((theirs[round].P99 + theirs[round + 1].P99) / 2);
        figures.Add("commits.ratio_to_pgbench", Median(Enumerable.Range(0, Rounds).Select(Ratio)), $"{Figures.EngineName}: Accept at the grain's interface ÷ the pgbench runs before and after; median of {Rounds}");
        figures.Add("commits.p99_ratio_to_pgbench", Median(Enumerable.Range(0, Rounds).Select(P99Ratio)), "at most 2 is promised");
        figures.Add("commits.accepts_per_s", Median(ours.Select(o => o.PerSecond)), $"{Busy} busy conversations, one message after another in each");
        figures.Add("commits.accept_p50_ms", Median(ours.Select(o => o.P50)), "");
        figures.Add("commits.accept_p99_ms", Median(ours.Select(o => o.P99)), "");
        figures.Add("commits.pgbench_per_s", Median(theirs.Select(t => t.PerSecond)), $"prepared upserts, {Busy} clients, each its own row");
        figures.Add("commits.pgbench_p50_ms", Median(theirs.Select(t => t.P50)), "");
        figures.Add("commits.pgbench_p99_ms", Median(theirs.Select(t => t.P99)), "");
        figures.Add("commits.transactions_per_message", transactions / (double)accepted, "as the server counts them, signs of life and sweeps among them");
        figures.Add("commits.round_trips_per_message", trips / (double)accepted, "as the client counts them");
        figures.Add("commits.process_cpu_us_per_message", cpu.TotalMicroseconds / accepted, "silo and load generator together, both in this process");
        figures.Add("commits.load_average", double.Parse(LoadAverage(), System.Globalization.CultureInfo.InvariantCulture), $"of the last minute, on {Environment.ProcessorCount} cores");
    }

    /// <summary>One caller on an idle silo: nothing to share a transaction with.</summary>
    private static async Task MeasureLone(IGrainFactory grains, IServiceProvider services, Figures figures)
    {
        var alone = (await NewCustomers(services))[..1];
        await Accept(grains, alone, TimeSpan.FromSeconds(0.5), []);
        var latencies = new List<double>();
        var before = RoundTrips.Count;
        var watch = Stopwatch.StartNew();
        await Accept(grains, alone, TimeSpan.FromSeconds(2), latencies);
        // The sign of life and the sweep come each second.
        var others = 2 * watch.Elapsed.TotalSeconds;
        latencies.Sort();
        figures.Add("commits.lone_round_trips", (RoundTrips.Count - before - others) / latencies.Count, "for each Accept of one caller alone, without the silo's two a second of its own");
        figures.Add("commits.lone_p50_ms", Percentile(latencies, 50), "the disk included");
    }

    /// <summary>What of the CPU time is the generator's own: the same callers and messages, and nobody called.</summary>
    private static async Task MeasureGenerator(List<CustomerId> customers, Figures figures)
    {
        var before = Process.GetCurrentProcess().TotalProcessorTime;
        var made = (await Task.WhenAll(customers.Select(customer => Task.Run(async () =>
        {
            var watch = Stopwatch.StartNew();
            var own = new List<double>();
            while (watch.Elapsed < TimeSpan.FromSeconds(1))
            {
                var started = Stopwatch.GetTimestamp();
                _ = NewMessage(customer);
                await Task.Yield();
                own.Add(Stopwatch.GetElapsedTime(started).TotalMilliseconds);
            }

            return own.Count;
        })))).Sum();
        figures.Add("commits.generator_cpu_us_per_message", (Process.GetCurrentProcess().TotalProcessorTime - before).TotalMicroseconds / made, "part of the process' above");
    }

    private static async Task<double> Accept(IGrainFactory grains, List<CustomerId> customers, TimeSpan length, List<double> latencies)
    {
        var stop = false;
        var gate = new Lock();
        var watch = Stopwatch.StartNew();
        var callers = customers.Select(customer => Task.Run(async () =>
        {
            var grain = grains.GetGrain<IConversationGrain>(customer.ToString());
            var own = new List<double>();
            while (!Volatile.Read(ref stop))
            {
                var started = Stopwatch.GetTimestamp();
                await grain.Accept(NewMessage(customer));
                own.Add(Stopwatch.GetElapsedTime(started).TotalMilliseconds);
            }

            lock (gate)
                latencies.AddRange(own);
            return own.Count;
        })).ToArray();
        await Task.Delay(length);
        Volatile.Write(ref stop, true);
        return (await Task.WhenAll(callers)).Sum() / watch.Elapsed.TotalSeconds;
    }

    private static IncomingMessage NewMessage(CustomerId customer)
    {
        var id = MessageId.Mint(TimeProvider.System);
        return new(id, TicketId.Mint(TimeProvider.System), Channel.Web, $"{customer}/{id}", "How do I import my own documents?", DateTimeOffset.UtcNow, null, []);
    }

    private static async Task<long> Transactions(TestDatabase database)
    {
        // The server's sessions tell what they did at most a second late.
        await Task.Delay(TimeSpan.FromSeconds(1.1));
        return await database.Scalar<long>("select xact_commit from pg_stat_database where datname = current_database()");
    }

    private static double Median(IEnumerable<double> values) => Percentile([.. values.Order()], 50);

    private static double Percentile(List<double> sorted, int percent) => sorted[Math.Min(sorted.Count - 1, sorted.Count * percent / 100)];

    private static string LoadAverage() => File.Exists("/proc/loadavg") ? File.ReadAllText("/proc/loadavg").Split(' ')[0] : "0";

    private sealed class NoDrafting : IExchangeQueue
    {
        public void Enqueue(ExchangeSnapshot snapshot)
        {
        }
    }
}
