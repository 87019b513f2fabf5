using System.Collections.Concurrent;
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

    /// <summary>
    /// After so many messages a caller goes on as another customer. Nobody answers here, and a conversation with thousands of messages that
    /// nobody has answered is none that anybody has; each keeps its undecided messages at hand.
    /// </summary>
    private const int MessagesEach = 200;

    private const int Customers = 20_000;
    private static readonly TimeSpan RoundLength = TimeSpan.FromSeconds(6);

    /// <summary>So many messages until the code that is run is the code that stays: a compiler at work would be measured otherwise.</summary>
    private const int WarmUpMessages = 100_000;

    private static readonly TimeSpan LongestWarmUp = TimeSpan.FromSeconds(60);

    public static async Task Run()
    {
        await using var server = await PostgresServer.Start(durable: true);
        await using var database = await server.NewDatabase();
        await using var pgbench = await PgBench.On(server, Busy);
        Console.WriteLine($"  {await database.Scalar<string>("select version()")}");
        Console.WriteLine($"  fsync {await database.Scalar<string>("show fsync")}, synchronous_commit {await database.Scalar<string>("show synchronous_commit")}, load average {Machine.LoadAverage}");

        var figures = Figures.Begin("commits");
        using var host = BuildHost(database);
        await host.StartAsync();
        var grains = host.Services.GetRequiredService<IGrainFactory>();
        var customers = new ConcurrentQueue<CustomerId>(await NewCustomers(database));
        await WarmUp(grains, customers);
        await MeasureInTurn(grains, customers, database, pgbench, figures);
        await MeasureLone(grains, customers, figures);
        await MeasureGenerator(figures);
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

    private static async Task WarmUp(IGrainFactory grains, ConcurrentQueue<CustomerId> customers)
    {
        var accepted = new List<double>();
        var watch = Stopwatch.StartNew();
        while (accepted.Count < WarmUpMessages && watch.Elapsed < LongestWarmUp)
            await Accept(grains, customers, Busy, TimeSpan.FromSeconds(2), accepted);
        Console.WriteLine($"  warmed up by {accepted.Count:#,0} messages");
    }

    /// <summary>Written all at once: that customers come is not what is measured.</summary>
    private static async Task<List<CustomerId>> NewCustomers(TestDatabase database)
    {
        var customers = Enumerable.Range(0, Customers).Select(_ => new CustomerId(Guid.CreateVersion7(TimeProvider.System.GetUtcNow()))).ToList();
        await database.Execute($"""
            insert into fte.customers (id, name, name_folded, created_at, seen_minute)
            select id, '', '', fte.now(), date_bin('1 minute', fte.now(), 'epoch') from unnest(array['{string.Join("','", customers)}']::uuid[]) as new (id)
            """);
        await database.Execute("vacuum analyze fte.customers");
        return customers;
    }

    private static async Task MeasureInTurn(IGrainFactory grains, ConcurrentQueue<CustomerId> customers, TestDatabase database, PgBench pgbench, Figures figures)
    {
        var (theirs, ours) = (new List<PgBenchResult>(), new List<(double PerSecond, double P50, double P99)>());
        var (transactions, trips, accepted) = (0L, 0L, 0L);
        var cost = await Cost.Of(database);
        theirs.Add(await cost.CountTheirs(() => pgbench.Run(RoundLength)));
        for (var round = 1; round <= Rounds.Count; round++)
        {
            var latencies = new List<double>();
            var (before, tripsBefore) = (await Transactions(database), RoundTrips.Count);
            var rate = await cost.CountOurs(() => Accept(grains, customers, Busy, RoundLength, latencies));
            trips += RoundTrips.Count - tripsBefore;
            transactions += await Transactions(database) - before;
            accepted += latencies.Count;
            latencies.Sort();
            ours.Add((rate, Percentile(latencies, 50), Percentile(latencies, 99)));
            theirs.Add(await cost.CountTheirs(() => pgbench.Run(RoundLength)));
            Console.WriteLine($"  round {round}: pgbench {theirs[^2].PerSecond,7:#,0}/s p99 {theirs[^2].P99,5:0.0} ms – ours {rate,7:#,0}/s p50 {ours[^1].P50,5:0.0} p99 {ours[^1].P99,5:0.0} ms – pgbench {theirs[^1].PerSecond,7:#,0}/s p99 {theirs[^1].P99,5:0.0} ms; ratio {Ratio(round - 1):0.00}; load {Machine.LoadAverage}");
        }

        double Ratio(int round) => ours[round].PerSecond / ((theirs[round].PerSecond + theirs[round + 1].PerSecond) / 2);
        double P99Ratio(int round) => ours[round].P99 / ((theirs[round].P99 + theirs[round + 1].P99) / 2);
        figures.Add("commits.ratio_to_pgbench", Median(Enumerable.Range(0, Rounds.Count).Select(Ratio)), $"{ThisBuild.Engine}: Accept at the grain's interface ÷ the pgbench runs before and after; median of {Rounds.Count}");
        figures.Add("commits.p99_ratio_to_pgbench", Median(Enumerable.Range(0, Rounds.Count).Select(P99Ratio)), "the slowest hundredth, likewise");
        figures.Add("commits.accepts_per_s", Median(ours.Select(o => o.PerSecond)), $"{Busy} busy conversations, {MessagesEach} messages one after another in each, then the next customer's");
        figures.Add("commits.accept_p50_ms", Median(ours.Select(o => o.P50)), "");
        figures.Add("commits.accept_p99_ms", Median(ours.Select(o => o.P99)), "");
        figures.Add("commits.pgbench_per_s", Median(theirs.Select(t => t.PerSecond)), $"prepared upserts, {Busy} clients, each its own row");
        figures.Add("commits.pgbench_p50_ms", Median(theirs.Select(t => t.P50)), "");
        figures.Add("commits.pgbench_p99_ms", Median(theirs.Select(t => t.P99)), "");
        figures.Add("commits.transactions_per_message", transactions / (double)accepted, "as the server counts them, signs of life and sweeps among them");
        figures.Add("commits.round_trips_per_message", trips / (double)accepted, "as the client counts them");
        figures.Add("commits.heap_only_share", await database.Scalar<double>("select n_tup_hot_upd::float8 / n_tup_upd from pg_stat_user_tables where relid = 'fte.conversations'::regclass"), "of the updates of conversations: those that touched no index");
        if (CpuTime.IsKnown)
            cost.Add(figures, accepted, theirs.Sum(t => t.PerSecond * RoundLength.TotalSeconds));
    }

    /// <summary>One caller on an idle silo: nothing to share a transaction with, and nobody to wait for.</summary>
    private static async Task MeasureLone(IGrainFactory grains, ConcurrentQueue<CustomerId> customers, Figures figures)
    {
        var latencies = new List<double>();
        await Accept(grains, customers, 1, TimeSpan.FromSeconds(2), latencies);
        latencies.Sort();
        figures.Add("commits.lone_p50_ms", Percentile(latencies, 50), "one caller alone: one round trip, the disk included");
    }

    /// <summary>What of the CPU time is the generator's own: the same callers and messages, and nobody called.</summary>
    private static async Task MeasureGenerator(Figures figures)
    {
        var before = Process.GetCurrentProcess().TotalProcessorTime;
        var made = (await Task.WhenAll(Enumerable.Range(0, Busy).Select(caller => Task.Run(async () =>
        {
            var watch = Stopwatch.StartNew();
            var own = new List<double>();
            while (watch.Elapsed < TimeSpan.FromSeconds(1))
            {
                var started = Stopwatch.GetTimestamp();
                _ = NewMessage(default);
                await Task.Yield();
                own.Add(Stopwatch.GetElapsedTime(started).TotalMilliseconds);
            }

            return own.Count;
        })))).Sum();
        figures.Add("commits.generator_cpu_us_per_message", (Process.GetCurrentProcess().TotalProcessorTime - before).TotalMicroseconds / made, "part of this process' above");
    }

    private static async Task<double> Accept(IGrainFactory grains, ConcurrentQueue<CustomerId> customers, int callers, TimeSpan length, List<double> latencies)
    {
        var stop = false;
        var gate = new Lock();
        var watch = Stopwatch.StartNew();
        var calling = Enumerable.Range(0, callers).Select(number => Task.Run(async () =>
        {
            var own = new List<double>();
            var (customer, grain) = (default(CustomerId), null as IConversationGrain);
            while (!Volatile.Read(ref stop))
            {
                // Not all in the same moment: they came at different times.
                if (grain is null || (own.Count + (number * MessagesEach / callers)) % MessagesEach == 0)
                {
                    customer = customers.TryDequeue(out var next) ? next : throw new InvalidOperationException($"{Customers} customers were too few.");
                    grain = grains.GetGrain<IConversationGrain>(customer.ToString());
                }

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
        return (await Task.WhenAll(calling)).Sum() / watch.Elapsed.TotalSeconds;
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

    private sealed class NoDrafting : IExchangeQueue
    {
        public void Enqueue(ExchangeSnapshot snapshot)
        {
        }
    }
}
