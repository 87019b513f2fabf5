using System.Globalization;
using System.Net;
using System.Reflection;
using FteAgent.Cluster.Hosting;
using FteAgent.Cluster.Links;
using FteAgent.Cluster.Load;
using FteAgent.Testing;
using Npgsql;

namespace FteAgent.Cluster.Silos;

/// <summary>
/// Silos as processes, each with a loopback address of its own, on one real PostgreSQL that waits for its disk. What stands in for the
/// world is the model and the support team's address; all else is the product.
/// </summary>
internal sealed class Fleet : IAsyncDisposable
{
    /// <summary>The key of the first operator.</summary>
    public const string OperatorKey = "operator-key-of-the-cluster-tests-0001";

    /// <summary>What silos of one cluster prove to each other.</summary>
    public const string Secret = "cluster-secret-of-the-cluster-tests-0001";

    private static readonly TimeSpan LookAgainAfter = TimeSpan.FromSeconds(2);

    private readonly FleetOptions options;
    private readonly string folder = Directory.CreateTempSubdirectory("fte-fleet-").FullName;
    private readonly List<FleetSilo> silos = [];
    private readonly Lock gate = new();
    private int places;

    private Fleet(FleetOptions options, PostgresServer server, TestDatabase database, EscalationSink sink)
    {
        this.options = options;
        Server = server;
        Database = database;
        Sink = sink;
        Evictions = new(database.Url);
        Network = new(options.Seed);
    }

    /// <summary>The database server, which can be stopped.</summary>
    public PostgresServer Server { get; }

    public TestDatabase Database { get; }

    /// <summary>The support team's address.</summary>
    public EscalationSink Sink { get; }

    /// <summary>Who took whom for dead.</summary>
    public Evictions Evictions { get; }

    public Network Network { get; }

    /// <summary>Every place in the fleet, whether a process has it or not.</summary>
    public IReadOnlyList<FleetSilo> Silos
    {
        get
        {
            lock (gate)
                return [.. silos];
        }
    }

    public static async Task<Fleet> Start(FleetOptions options)
    {
        TestLogs.Secret(OperatorKey);
        TestLogs.Secret(Secret);
        var server = await PostgresServer.Start(durable: true, options.Archives);
        var fleet = new Fleet(options, server, await server.NewDatabase(migrated: false), await EscalationSink.Start());
        try
        {
            await fleet.Command("migrate");
            // The first fills the knowledge; the others then find it.
            for (var number = 1; number <= options.Silos; number++)
                await fleet.Add();
        }
        catch
        {
            await fleet.DisposeAsync();
            throw;
        }

        return fleet;
    }

    /// <summary>A new silo joins.</summary>
    public async Task<FleetSilo> Add(IReadOnlyDictionary<string, string>? settings = null)
    {
        var silo = NewPlace(settings);
        await silo.Start();
        return silo;
    }

    /// <summary>A place for a silo that is not started.</summary>
    public FleetSilo NewPlace(IReadOnlyDictionary<string, string>? settings = null)
    {
        lock (gate)
        {
            FleetSilo silo = null!;
            var environment = new Lazy<Dictionary<string, string>>(() => Environment(silo, settings ?? new Dictionary<string, string>()));
            silo = new FleetSilo(++places, place => SiloProcess.Start(
                [options.Program, "silo"], folder, environment.Value, line => Hear(place, line), place.Began));
            silos.Add(silo);
            return silo;
        }
    }

    /// <summary>Forgets the newest place, whose silo was only a guest.</summary>
    public void Remove(FleetSilo guest)
    {
        lock (gate)
            silos.Remove(guest);
    }

    /// <summary>
    /// Waits until all silos that run are ready; false when that took too long. One that was declared dead is started again, as whoever
    /// runs a fleet does.
    /// </summary>
    public async Task<bool> AllReady(Balancer balancer, TimeSpan within)
    {
        var since = TimeProvider.System.GetTimestamp();
        do
        {
            foreach (var silo in Silos.Where(silo => silo.WasDeclaredDead))
                await silo.Start();
            if (await balancer.AllReady(LookAgainAfter))
                return true;
        }
        while (TimeProvider.System.GetElapsedTime(since) < within);
        return false;
    }

    /// <summary>Runs a command of the product on this fleet's database and returns what it wrote.</summary>
    public async Task<string> Command(params string[] arguments)
    {
        var program = typeof(Fleet).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(a => a.Key == "SiloPath").Value!;
        var (code, output, error) = await SiloProcess.Command([program, .. arguments], folder, new Dictionary<string, string> { ["DATABASE_URL"] = Database.Url });
        return code == 0 ? output.Trim() : throw new InvalidOperationException($"'{string.Join(' ', arguments)}' ended with {code}: {error}{output}");
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var silo in Silos)
            await silo.DisposeAsync();
        await Network.DisposeAsync();
        await Sink.DisposeAsync();
        await Server.DisposeAsync();
        Directory.Delete(folder, recursive: true);
    }

    private void Hear(FleetSilo silo, string line)
    {
        Evictions.Hear(line);
        options.Heard?.Invoke(silo.Name, line);
    }

    private Dictionary<string, string> Environment(FleetSilo silo, IReadOnlyDictionary<string, string> own)
    {
        var environment = new Dictionary<string, string>
        {
            ["FTE_DATA"] = folder,
            ["FTE_URL"] = silo.Http.ToString().TrimEnd('/'),
            ["METRICS_PORT"] = silo.Metrics.Port.ToString(CultureInfo.InvariantCulture),
            ["SILO_NAME"] = silo.Name,
            ["SILO_ADDRESS"] = silo.Host.ToString(),
            ["CLUSTER_SECRET"] = Secret,
            ["OPERATOR_KEY"] = OperatorKey,
            ["ESCALATION_URL"] = Sink.Address,
            [StubModel.Milliseconds] = options.ModelTakes.TotalMilliseconds.ToString(CultureInfo.InvariantCulture),
            ["BusinessHours__AlwaysOpen"] = "true",
            // Callers tell where they come from, as through a balancer, so the limits by address are those of production. That of a
            // conversation is not: these write faster than people.
            ["TRUSTED_PROXIES"] = "127.0.0.0/8",
            ["Limits__MessagesPerMinute"] = "1000000",
            ["Logging__LogLevel__Default"] = "Warning",
        };
        var database = new NpgsqlConnectionStringBuilder(Database.Url);
        if (options.HasLinks)
        {
            var listening = new IPEndPoint(silo.HiddenHost, FleetSilo.FreePort(silo.HiddenHost));
            environment[TestSilo.Listen] = listening.ToString();
            environment["SILO_PORT"] = Network.OpenToSilo(silo.Number, silo.Host, listening, () => silo.ProcessId).ToString(CultureInfo.InvariantCulture);
            database.Port = Network.OpenToDatabase(silo.Number, new(IPAddress.Loopback, database.Port));
        }
        else
        {
            environment["SILO_PORT"] = FleetSilo.FreePort(silo.Host).ToString(CultureInfo.InvariantCulture);
        }

        environment["GATEWAY_PORT"] = FleetSilo.FreePort(silo.Host).ToString(CultureInfo.InvariantCulture);
        environment["DATABASE_URL"] = database.ConnectionString;
        foreach (var (name, value) in options.Settings.Concat(own))
            environment[name] = value;
        return environment;
    }
}
