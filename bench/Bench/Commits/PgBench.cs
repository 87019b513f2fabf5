using System.Diagnostics;
using System.Globalization;
using FteAgent.Testing;
using Npgsql;

namespace FteAgent.Bench.Commits;

/// <summary>What a run of pgbench measured.</summary>
/// <param name="PerSecond">Transactions a second, without connecting.</param>
/// <param name="P50">Half of them took less, in milliseconds.</param>
/// <param name="P99">99 of 100 took less, in milliseconds.</param>
internal sealed record PgBenchResult(double PerSecond, double P50, double P99);

/// <summary>PostgreSQL's own load generator, from the folder of the server: single-row upserts, prepared, each client on a row of its own.</summary>
internal sealed class PgBench : IAsyncDisposable
{
    /// <summary>Writing each transaction down would cost pgbench speed; one in ten is enough for a percentile.</summary>
    private const string Sampled = "0.1";

    private const string Script = """
        insert into upserts (id, text, version) values (:client_id, 'How do I import my own documents?', 1)
        on conflict (id) do update set text = excluded.text, version = upserts.version + 1;
        """;

    private readonly string program;
    private readonly TestDatabase database;
    private readonly int clients;
    private readonly string folder = Directory.CreateTempSubdirectory("fte-pgbench-").FullName;

    private PgBench(string program, TestDatabase database, int clients)
    {
        this.program = program;
        this.database = database;
        this.clients = clients;
    }

    /// <summary>On a database of its own, so that the server counts its transactions apart.</summary>
    public static async Task<PgBench> On(PostgresServer server, int clients)
    {
        var database = await server.NewDatabase(migrated: false);
        await database.Execute("create table upserts (id bigint primary key, text text not null, version bigint not null)");
        var bench = new PgBench(Path.Combine(await PostgresServer.ProgramsFolder(), "pgbench"), database, clients);
        await File.WriteAllTextAsync(Path.Combine(bench.folder, "upsert.sql"), Script);
        return bench;
    }

    public async Task<PgBenchResult> Run(TimeSpan length)
    {
        var address = new NpgsqlConnectionStringBuilder(database.Url);
        var start = new ProcessStartInfo(program) { WorkingDirectory = folder, RedirectStandardOutput = true, RedirectStandardError = true };
        string[] arguments =
        [
            "-h", address.Host!, "-p", address.Port.ToString(CultureInfo.InvariantCulture), "-U", address.Username!, "-n", "-M", "prepared",
            "-c", clients.ToString(CultureInfo.InvariantCulture), "-j", Environment.ProcessorCount.ToString(CultureInfo.InvariantCulture),
            "-T", ((int)length.TotalSeconds).ToString(CultureInfo.InvariantCulture), "-f", "upsert.sql",
            "--log", "--log-prefix=sample", $"--sampling-rate={Sampled}", address.Database!,
        ];
        foreach (var argument in arguments)
            start.ArgumentList.Add(argument);

        using var process = Process.Start(start)!;
        var said = await process.StandardOutput.ReadToEndAsync();
        var errors = await process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        if (process.ExitCode != 0)
            throw new InvalidOperationException($"pgbench failed: {errors}");

        var line = said.Split('\n').Single(l => l.StartsWith("tps = ", StringComparison.Ordinal));
        var latencies = Latencies();
        return new(double.Parse(line.Split(' ')[2], CultureInfo.InvariantCulture), latencies[latencies.Count / 2], latencies[latencies.Count * 99 / 100]);
    }

    public async ValueTask DisposeAsync()
    {
        Directory.Delete(folder, recursive: true);
        await database.DisposeAsync();
    }

    /// <summary>From pgbench's log: client, transaction, microseconds, and more.</summary>
    private List<double> Latencies()
    {
        var latencies = new List<double>();
        foreach (var file in Directory.GetFiles(folder, "sample.*"))
        {
            foreach (var line in File.ReadLines(file))
                latencies.Add(double.Parse(line.Split(' ')[2], CultureInfo.InvariantCulture) / 1000);
            File.Delete(file);
        }

        latencies.Sort();
        return latencies;
    }
}
