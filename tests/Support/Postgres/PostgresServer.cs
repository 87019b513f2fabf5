using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using FteAgent.Postgres;
using Npgsql;

namespace FteAgent.Testing;

/// <summary>
/// A real PostgreSQL server for the tests of one process, on a free loopback port, with its data in a temporary folder. It lives as long
/// as this process: the script that runs it ends it when its standard input closes, however this process ends.
/// </summary>
/// <remarks>Where FTE_TEST_POSTGRES holds a connection string, that server is used instead; its user must be allowed to make databases.</remarks>
internal sealed class PostgresServer : IAsyncDisposable
{
    private const int StartTries = 5;

    /// <summary>Files in memory, where the machine has such a place. A test's database is some hundred small files that go again at once.</summary>
    private const string Memory = "/dev/shm";
    private const long MemoryWanted = 4L << 30;

    // The first run on a machine builds pgvector.
    private static readonly TimeSpan StartWithin = TimeSpan.FromMinutes(5);
    private static readonly Lazy<Task<PostgresServer>> OfThisProcess = new(StartShared);

    private readonly Process? script;
    private readonly NpgsqlConnectionStringBuilder address;
    private readonly Lazy<Task<string>> template;
    private bool staysUp;

    private PostgresServer(Process? script, NpgsqlConnectionStringBuilder address, string? folder)
    {
        this.script = script;
        this.address = address;
        Folder = folder;
        template = new(MakeTemplate);
    }

    /// <summary>The folder with its data (<c>data</c>) and, where it keeps one, its archive (<c>archive</c>); null where the server is not ours.</summary>
    public string? Folder { get; }

    /// <summary>Where it is found.</summary>
    public int Port => address.Port;

    /// <summary>The one server that this process' tests share, started when it is first asked for.</summary>
    public static Task<PostgresServer> Shared => OfThisProcess.Value;

    /// <summary>Starts a server of one's own, for tests that stop it.</summary>
    /// <param name="durable">Whether it waits for the disk, as a server in earnest does.</param>
    /// <param name="settings">More settings of the server, each as <c>name=value</c>.</param>
    public static Task<PostgresServer> Start(bool durable, params string[] settings) => Start(durable, archives: false, settings);

    /// <summary>The same, and what it writes ahead is archived (<c>scripts/postgres-server --archive</c>) if <paramref name="archives"/>.</summary>
    public static async Task<PostgresServer> Start(bool durable, bool archives, params string[] settings)
    {
        if (Environment.GetEnvironmentVariable("FTE_TEST_POSTGRES") is { Length: > 0 } given)
            return new(null, new(given), null);

        for (var tries = 1; ; tries++)
        {
            var port = FreePort();
            var folder = Path.Combine(durable ? Path.GetTempPath() : Quickest(), $"fte-postgres-{Environment.ProcessId}-{Guid.NewGuid():N}"[..40]);
            var script = Run(durable, archives, folder, port, settings);
            if (await Said(script) == "ready")
                return new(script, new() { Host = "127.0.0.1", Port = port, Username = "postgres", Database = "postgres" }, folder);
            var why = await script.StandardError.ReadToEndAsync();
            // Somebody may have taken the port meanwhile.
            if (tries == StartTries || !why.Contains("Address already in use", StringComparison.Ordinal))
                throw new InvalidOperationException($"These tests need PostgreSQL 15 or later: set FTE_TEST_POSTGRES, or see what scripts/postgres says. {why}");
        }
    }

    /// <summary>A server of somebody's, by any of its databases; its user must be allowed to make more of them.</summary>
    /// <exception cref="FormatException">The URL cannot be read.</exception>
    public static PostgresServer At(string url) => new(null, PostgresUrl.Read("The database's URL", url).Settings, null);

    /// <summary>A connection string for a database of this server.</summary>
    public string ConnectionString(string database) => new NpgsqlConnectionStringBuilder(address.ConnectionString) { Database = database }.ConnectionString;

    /// <summary>Where the server's programs are, pgbouncer among them.</summary>
    public static Task<string> ProgramsFolder() => Programs.Value;

    /// <summary>A fresh database: a copy of the migrated template, or an empty one.</summary>
    public async Task<TestDatabase> NewDatabase(bool migrated = true)
    {
        var name = $"fte_test_{Guid.NewGuid():N}";
        // Copied as files where nobody waits for the disk: written through the log it takes several times as long.
        await Execute($"create database {name} template {(migrated ? await template.Value : "template0")} strategy {(staysUp ? "file_copy" : "wal_log")}");
        return new(this, name);
    }

    /// <summary>Changes settings that a running server can take.</summary>
    public async Task Set(params (string Name, string Value)[] settings)
    {
        foreach (var (name, value) in settings)
            await Execute($"alter system set {name} = '{value}'");
        await Execute("select pg_reload_conf()");
    }

    /// <summary>Stops the server at once, as a crash does. Not with FTE_TEST_POSTGRES.</summary>
    public Task Stop() => Tell("stop", "stopped");

    /// <summary>Starts it again, on the same port and data.</summary>
    public Task StartAgain() => Tell("start", "ready");

    public async ValueTask DisposeAsync()
    {
        if (script is null)
            return;
        script.StandardInput.Close();
        await script.WaitForExitAsync();
        script.Dispose();
    }

    /// <summary>Runs one statement on the server's own database, or another.</summary>
    internal async Task Execute(string sql, string? database = null)
    {
        // A connection that lingers would keep a template from being copied, or would be dead after a stop.
        var url = new NpgsqlConnectionStringBuilder(ConnectionString(database ?? address.Database!)) { Pooling = staysUp && database is null };
        await using var connection = new NpgsqlConnection(url.ConnectionString);
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(sql, connection) { CommandTimeout = 60 };
        await command.ExecuteNonQueryAsync();
    }

    private static readonly Lazy<Task<string>> Programs = new(async () =>
    {
        using var found = Process.Start(new ProcessStartInfo(ScriptPath("postgres")) { RedirectStandardOutput = true })!;
        var lines = (await found.StandardOutput.ReadToEndAsync()).Split('\n', StringSplitOptions.RemoveEmptyEntries);
        return Path.Combine(lines[^1], "bin");
    });

    private async Task<string> MakeTemplate()
    {
        var name = $"fte_template_{Guid.NewGuid():N}";
        await Execute($"create database {name} template template0");
        await TestDatabase.Migrate(ConnectionString(name));
        // Whoever is first to connect after a change writes down what each session has to know; the copies take that along.
        await Execute("select 1", name);
        // A server of our own goes with all that it holds; from another's we take away what we made.
        if (script is null)
            AppDomain.CurrentDomain.ProcessExit += (_, _) => Execute($"drop database if exists {name} with (force)").GetAwaiter().GetResult();
        return name;
    }

    private async Task Tell(string word, string answer)
    {
        if (script is null)
            throw new InvalidOperationException("The server of FTE_TEST_POSTGRES is not ours to stop.");
        await script.StandardInput.WriteLineAsync(word);
        await script.StandardInput.FlushAsync();
        if (await Said(script) is var said && said != answer)
            throw new InvalidOperationException($"The server's script was told '{word}' and said '{said}'.");
    }

    private static Process Run(bool durable, bool archives, string folder, int port, string[] settings)
    {
        var start = new ProcessStartInfo(ScriptPath("postgres-server")) { RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true };
        start.ArgumentList.Add("--temporary");
        if (!durable)
            start.ArgumentList.Add("--unsafe");
        if (archives)
            start.ArgumentList.Add("--archive");
        start.ArgumentList.Add(folder);
        start.ArgumentList.Add(port.ToString(System.Globalization.CultureInfo.InvariantCulture));
        foreach (var setting in settings)
        {
            start.ArgumentList.Add("-c");
            start.ArgumentList.Add(setting);
        }

        return Process.Start(start)!;
    }

    private static async Task<PostgresServer> StartShared()
    {
        var server = await Start(durable: false);
        server.staysUp = true;
        return server;
    }

    /// <summary>Where the files of a server lie that nobody expects to outlive the machine's power.</summary>
    private static string Quickest()
    {
        try
        {
            return Directory.Exists(Memory) && new DriveInfo(Memory).AvailableFreeSpace >= MemoryWanted ? Memory : Path.GetTempPath();
        }
        catch (IOException)
        {
            return Path.GetTempPath();
        }
    }

    private static async Task<string?> Said(Process script)
    {
        using var limit = new CancellationTokenSource(StartWithin);
        return await script.StandardOutput.ReadLineAsync(limit.Token);
    }

    internal static string ScriptPath(string name)
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
            if (Path.Combine(folder.FullName, "scripts", name) is var path && File.Exists(path))
                return path;
        throw new InvalidOperationException("These tests run inside the repository: its scripts start the database server.");
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
