using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Text;
using Npgsql;

namespace FteAgent.Testing;

/// <summary>A real PgBouncer in transaction mode before a test's database, with few connections of its own, so that transactions do change them.</summary>
internal sealed class PgBouncer : IAsyncDisposable
{
    private const int ServerConnections = 3;
    private static readonly TimeSpan StartWithin = TimeSpan.FromSeconds(20);

    private readonly Process process;
    private readonly string folder;

    private PgBouncer(Process process, string folder, string url)
    {
        this.process = process;
        this.folder = folder;
        Url = url;
    }

    /// <summary>The pooled way to the database.</summary>
    public string Url { get; }

    public static async Task<PgBouncer> Start(TestDatabase database)
    {
        var program = Path.Combine(await PostgresServer.ProgramsFolder(), "pgbouncer");
        if (!File.Exists(program))
            program = "/usr/sbin/pgbouncer";
        if (!File.Exists(program))
            throw new InvalidOperationException("These tests need PgBouncer; scripts/postgres brings it on Debian.");

        var folder = Directory.CreateTempSubdirectory("fte-pgbouncer-").FullName;
        var port = FreePort();
        var server = new NpgsqlConnectionStringBuilder(database.Url);
        await File.WriteAllTextAsync(Path.Combine(folder, "users"), $"\"{server.Username}\" \"{server.Password}\"\n");
        await File.WriteAllTextAsync(Path.Combine(folder, "pgbouncer.ini"), $"""
            [databases]
            {server.Database} = host={server.Host} port={server.Port} dbname={server.Database} user={server.Username}{(server.Password is { Length: > 0 } word ? $" password={word}" : "")}
            [pgbouncer]
            listen_addr = 127.0.0.1
            listen_port = {port}
            unix_socket_dir =
            auth_type = trust
            auth_file = {folder}/users
            pool_mode = transaction
            default_pool_size = {ServerConnections}
            max_client_conn = 200
            logfile = {folder}/log
            """);

        // It refuses to run as root, and reads its files as whom it runs.
        var (command, before) = Environment.UserName == "root"
            ? ("setpriv", new[] { "--reuid=nobody", "--regid=nogroup", "--clear-groups", "--pdeathsig=KILL", program })
            : ("setpriv", ["--pdeathsig=KILL", program]);
        if (Environment.UserName == "root")
            await Run("chown", "-R", "nobody:nogroup", folder);
        var start = new ProcessStartInfo(command) { RedirectStandardError = true };
        foreach (var argument in (string[])[.. before, Path.Combine(folder, "pgbouncer.ini")])
            start.ArgumentList.Add(argument);
        var process = Process.Start(start)!;
        var said = new StringBuilder();
        process.ErrorDataReceived += (_, line) => { lock (said) said.AppendLine(line.Data); };
        process.BeginErrorReadLine();

        var url = new NpgsqlConnectionStringBuilder { Host = "127.0.0.1", Port = port, Username = server.Username, Database = server.Database }.ConnectionString;
        await WhenAnswering(port, process, said);
        return new(process, folder, url);
    }

    public async ValueTask DisposeAsync()
    {
        NpgsqlConnection.ClearPool(new(Url));
        process.Kill();
        await process.WaitForExitAsync();
        process.Dispose();
        Directory.Delete(folder, recursive: true);
    }

    private static async Task WhenAnswering(int port, Process process, StringBuilder said)
    {
        for (var started = Stopwatch.GetTimestamp(); Stopwatch.GetElapsedTime(started) < StartWithin && !process.HasExited;)
        {
            try
            {
                using var client = new TcpClient();
                await client.ConnectAsync(IPAddress.Loopback, port);
                return;
            }
            catch (SocketException)
            {
                await Task.Delay(20);
            }
        }

        lock (said)
            throw new InvalidOperationException($"PgBouncer does not answer. It said: {said}");
    }

    private static async Task Run(string command, params string[] arguments)
    {
        using var process = Process.Start(command, arguments);
        await process.WaitForExitAsync();
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
