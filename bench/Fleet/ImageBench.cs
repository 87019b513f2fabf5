using System.Globalization;
using System.Net;
using FteAgent.Cluster.History;
using FteAgent.Cluster.Load;
using FteAgent.Cluster.Silos;
using FteAgent.Testing;

namespace FteAgent.Bench.Fleets;

/// <summary>
/// The program as the image has it (<c>scripts/image-publish</c>), with the Dockerfile's settings as on a machine of 256 MB: how soon a
/// machine that joins a fleet answers, and how much memory it takes, idle and under load.
/// </summary>
internal static class ImageBench
{
    private const int RequestsPerSecond = 50;
    private const int Conversations = 200;
    private const long MachineBytes = 256L * 1024 * 1024;
    private static readonly TimeSpan Idle = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan Loaded = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan AskEvery = TimeSpan.FromMilliseconds(10);
    private static readonly TimeSpan SettleWithin = TimeSpan.FromSeconds(30);

    public static async Task<Figures> Run()
    {
        var figures = Figures.Begin("image");
        var program = Path.Combine(await ImageProgram.Publish("bench"), "FteAgent.Silo");
        var folder = Directory.CreateTempSubdirectory("fte-image-").FullName;
        await using var server = await PostgresServer.Start(durable: true);
        await using var database = await server.NewDatabase();
        // One that was there before, so that the measured one joins a cluster.
        await using var first = New(1);
        await first.Start();

        var (starts, idles) = (new List<double>(), new List<double>());
        for (var round = 1; round <= Rounds.Count; round++)
        {
            await using var joining = New(2);
            starts.Add(await FirstAnswer(joining));
            await Task.Delay(Idle);
            idles.Add(Memory(joining, "VmRSS"));
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"  round {round}: first answer after {starts[^1]:0} ms, {idles[^1]:0.0} MB resident after {Idle.TotalSeconds:0} s; load average {Machine.LoadAverage}"));
            await joining.Terminate();
        }

        // Alone, so that it does all of the work.
        await first.Terminate();
        await using var loaded = New(2);
        await FirstAnswer(loaded);
        await using var balancer = new Balancer(() => [loaded]);
        await using var load = await SteadyLoad.Begin(balancer, new Happenings(), RequestsPerSecond, Conversations, Seed.OfThisRun());
        await Task.Delay(Loaded);
        await load.End();
        // What was written is also answered by then.
        await Task.Delay(SettleWithin);
        foreach (var failure in load.Failures.Take(10))
            Console.WriteLine($"  failed: {failure}");

        figures.Add("start.first_answer_ms", Median(starts), $"from the start of the process until /health/ready said 200 in a cluster of two, median of {Rounds.Count}");
        figures.Add("start.idle_rss_mb", Median(idles), $"resident {Idle.TotalSeconds:0} s later, median");
        figures.Add("start.peak_hwm_mb", Memory(loaded, "VmHWM"), $"the most that was ever resident, {Loaded.TotalSeconds:0} s of {RequestsPerSecond} requests a second among it");
        figures.Add("start.failed_requests", load.Failures.Count, $"of {load.Milliseconds.Count + load.Failures.Count:#,0}");
        var sorted = load.Milliseconds.Order().ToList();
        figures.Add("start.p95_ms", sorted[(int)(0.95 * (sorted.Count - 1))], "of those requests");
        figures.Write();
        Directory.Delete(folder, recursive: true);
        return figures;

        FleetSilo New(int number) => new(number, silo => SiloProcess.Start([program, "run"], folder, Settings(silo, database, folder, MachineBytes), began: silo.Began));
    }

    /// <summary>Starts it, and asks for its readiness all the while.</summary>
    private static async Task<double> FirstAnswer(FleetSilo silo)
    {
        using var http = new HttpClient { Timeout = TimeSpan.FromSeconds(1) };
        var since = TimeProvider.System.GetTimestamp();
        var starting = silo.Start();
        while (true)
        {
            try
            {
                using var answer = await http.GetAsync(new Uri(silo.Http, "/health/ready"));
                if (answer.StatusCode is HttpStatusCode.OK)
                    break;
            }
            catch (Exception notYet) when (notYet is HttpRequestException or OperationCanceledException)
            {
                if (starting.IsFaulted)
                    break;
            }

            await Task.Delay(AskEvery);
        }

        var took = TimeProvider.System.GetElapsedTime(since);
        await starting;
        return took.TotalMilliseconds;
    }

    /// <summary>The Dockerfile's settings, as on a machine of that size, with limits that a load generator does not meet.</summary>
    internal static Dictionary<string, string> Settings(FleetSilo silo, TestDatabase database, string folder, long machineBytes)
    {
        var settings = new Dictionary<string, string>
        {
            ["FTE_DATA"] = folder,
            ["FTE_URL"] = silo.Http.ToString().TrimEnd('/'),
            ["DATABASE_URL"] = database.Url,
            ["CLUSTER_SECRET"] = Fleet.Secret,
            ["SILO_NAME"] = silo.Name,
            ["SILO_ADDRESS"] = silo.Host.ToString(),
            ["SILO_PORT"] = FleetSilo.FreePort(silo.Host).ToString(CultureInfo.InvariantCulture),
            ["METRICS_PORT"] = FleetSilo.FreePort(silo.Host).ToString(CultureInfo.InvariantCulture),
            ["Limits__SubmitPerMinute"] = "1000000",
            ["Limits__MessagesPerMinute"] = "1000000",
            ["Limits__RequestsPerMinute"] = "1000000",
            // The heap's limit is a share of the machine's memory: this is what a machine of that size would say.
            ["DOTNET_GCTotalPhysicalMemory"] = $"0x{machineBytes:x}",
        };
        foreach (var (name, value) in ImageProgram.RuntimeSettings())
            settings[name] = value;
        return settings;
    }

    /// <summary>A figure of a silo's memory in MB, by its name in <c>/proc/PID/status</c>.</summary>
    internal static double Memory(FleetSilo silo, string name)
    {
        var line = File.ReadLines($"/proc/{silo.ProcessId}/status").First(line => line.StartsWith($"{name}:", StringComparison.Ordinal));
        return double.Parse(line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[^2], CultureInfo.InvariantCulture) / 1024;
    }

    private static double Median(List<double> figures) => figures.Order().ElementAt(figures.Count / 2);
}
