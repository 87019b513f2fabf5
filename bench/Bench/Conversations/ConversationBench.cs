using System.Diagnostics;
using FteAgent.Conversations;
using FteAgent.Customers;
using FteAgent.Operators;
using FteAgent.Sqlite;
using FteAgent.Tickets;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Orleans.Configuration;

namespace FteAgent.Bench.Conversations;

/// <summary>
/// What the product's own grain does on its own record: messages accepted a second (durable: message, ticket, exchange and conversation in
/// one transaction, fsync on), against bare single-row commits to the same disk in the same run; and the memory of idle conversations.
/// </summary>
internal static class ConversationBench
{
    private const int Busy = 64;
    private const int Idle = 100_000;
    private static readonly TimeSpan RoundLength = TimeSpan.FromSeconds(3);

    public static async Task Run()
    {
        var folder = Directory.CreateTempSubdirectory("fte-bench-");
        var figures = Figures.Begin("conversations");
        using (var host = BuildHost(folder.FullName))
        {
            await host.StartAsync();
            // Memory first: what the busy conversations still have to do would blur it.
            await MeasureIdleMemory(host.Services.GetRequiredService<IGrainFactory>(), figures);
            await MeasureIntake(host.Services, folder.FullName, figures);
            await host.StopAsync();
        }

        SqliteConnection.ClearAllPools();
        folder.Delete(recursive: true);
        figures.Write();
    }

    private static IHost BuildHost(string folder)
    {
        var builder = Host.CreateApplicationBuilder();
        builder.Logging.SetMinimumLevel(LogLevel.Error);
        builder.UseOrleans(silo => silo
            .UseLocalhostClustering()
            .Configure<GrainCollectionOptions>(options => (options.CollectionAge, options.CollectionQuantum) = (Collection.Age, Collection.Quantum)));
        // Drafting is another matter: exchanges settle for longer than this runs.
        builder.Configuration.AddInMemoryCollection([new("Conversation:Settle", "00:00:10"), new("Conversation:JoinFor", "00:05:00"), new("Conversation:MessagesPerMinute", "1000")]);
        builder.Services.AddSqliteRecord(new SqliteOptions { Path = Path.Combine(folder, "fte.db") });
        builder.Services.AddGrainServices();
        return builder.Build();
    }

    private static async Task MeasureIntake(IServiceProvider services, string folder, Figures figures)
    {
        var grains = services.GetRequiredService<IGrainFactory>();
        var directory = services.GetRequiredService<ICustomerDirectory>();
        var customers = new List<CustomerId>();
        for (var i = 0; i < Busy; i++)
            customers.Add(await directory.Resolve(new(IdentifierKind.WebSession, $"bench:{i}", true), new(""), default));

        using var bare = new BareCommits(Path.Combine(folder, "bare.db"));
        var latencies = new List<double>();
        var (accepts, commits) = (new List<double>(), new List<double>());
        await Accepts(grains, customers, []);
        for (var round = 0; round < Rounds.Count; round++)
        {
            commits.Add(bare.PerSecond(RoundLength));
            accepts.Add(await Accepts(grains, customers, latencies));
            Console.WriteLine($"  round {round + 1}: {accepts[^1],8:#,0} accepts/s; {commits[^1],8:#,0} bare commits/s");
        }

        latencies.Sort();
        var (acceptRate, commitRate) = (accepts.Order().ElementAt(Rounds.Count / 2), commits.Order().ElementAt(Rounds.Count / 2));
        figures.Add("conversations.accepts_per_s", acceptRate, $"{Busy} busy conversations, one message after another in each, median of {Rounds.Count}");
        figures.Add("conversations.bare_commits_per_s", commitRate, "single-row SQLite commits, one connection, WAL, synchronous=FULL");
        figures.Add("conversations.ratio_to_bare_commits", acceptRate / commitRate, "above 1: commits of many conversations share an fsync");
        figures.Add("conversations.accept_p50_ms", latencies[latencies.Count / 2], "at that load");
        figures.Add("conversations.accept_p95_ms", latencies[latencies.Count * 95 / 100], "at that load");
    }

    private static async Task<double> Accepts(IGrainFactory grains, List<CustomerId> customers, List<double> latencies)
    {
        var stop = false;
        var watch = Stopwatch.StartNew();
        var gate = new Lock();
        var callers = customers.Select(customer => Task.Run(async () =>
        {
            var grain = grains.GetGrain<IConversationGrain>(customer.ToString());
            var own = new List<double>();
            while (!Volatile.Read(ref stop))
            {
                var started = Stopwatch.GetTimestamp();
                var id = MessageId.Mint(TimeProvider.System);
                await grain.Accept(new(id, TicketId.Mint(TimeProvider.System), Channel.Web, $"{customer}/{id}", "How do I import my own documents?", DateTimeOffset.UtcNow, null, []));
                own.Add(Stopwatch.GetElapsedTime(started).TotalMilliseconds);
            }

            lock (gate)
                latencies.AddRange(own);
            return own.Count;
        })).ToArray();
        await Task.Delay(RoundLength);
        Volatile.Write(ref stop, true);
        return (await Task.WhenAll(callers)).Sum() / watch.Elapsed.TotalSeconds;
    }

    private static async Task MeasureIdleMemory(IGrainFactory grains, Figures figures)
    {
        var management = grains.GetGrain<IManagementGrain>(0);
        var nobody = new Operator(Guid.Empty, "bench");
        await Activate(grains, nobody, 1_000);
        await Collection.OfAll(nameof(ConversationGrain), management);
        var before = Memory.HeapAfterCollection();

        var watch = Stopwatch.StartNew();
        await Activate(grains, nobody, Idle);
        var activation = watch.Elapsed;
        var full = Memory.HeapAfterCollection();
        var rss = Memory.Rss();

        await Collection.OfAll(nameof(ConversationGrain), management);
        var after = Memory.HeapAfterCollection();
        figures.Add("conversations.activations_per_s", Idle / activation.TotalSeconds, $"{Idle:#,0} conversations, each loaded from the record");
        figures.Add("conversations.idle_heap_ratio", after / (double)before, $"heap {before / 1e6:0.0} MB before, {full / 1e6:0.0} MB with {Idle:#,0} (those first loaded may have gone), {after / 1e6:0.0} MB after; RSS {rss / 1e6:0} MB, then {Memory.Rss() / 1e6:0} MB");
    }

    /// <summary>Conversations in which nothing was said: each is loaded, and the note is refused.</summary>
    private static Task Activate(IGrainFactory grains, Operator nobody, int count) => Parallel.ForAsync(0, count, async (n, _) =>
        await grains.GetGrain<IConversationGrain>(new CustomerId(new Guid(n + 1, 0, 0, new byte[8])).ToString()).AddNote(CommandId.Mint(TimeProvider.System), nobody, "-"));

    /// <summary>The limit: what one connection can commit, one row at a time.</summary>
    private sealed class BareCommits : IDisposable
    {
        private readonly SqliteConnection connection;
        private readonly SqliteCommand insert;

        public BareCommits(string path)
        {
            connection = new($"Data Source={path};Pooling=False");
            connection.Open();
            using var set = connection.CreateCommand();
            set.CommandText = "pragma journal_mode = wal; pragma synchronous = full; create table rows (id integer primary key, text text not null)";
            set.ExecuteNonQuery();
            insert = connection.CreateCommand();
            insert.CommandText = "insert into rows (text) values ('How do I import my own documents?')";
            insert.Prepare();
        }

        public double PerSecond(TimeSpan length)
        {
            var watch = Stopwatch.StartNew();
            var made = 0;
            for (; watch.Elapsed < length; made++)
                insert.ExecuteNonQuery();
            return made / watch.Elapsed.TotalSeconds;
        }

        public void Dispose()
        {
            insert.Dispose();
            connection.Dispose();
        }
    }
}
