using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Reflection;
using FteAgent.Cluster.Links;
using FteAgent.Cluster.Silos;
using FteAgent.Silo.Commands;
using FteAgent.Silo.Hosting;
using FteAgent.Testing;
using Npgsql;
using Xunit.Abstractions;

namespace FteAgent.Cluster.Stories;

/// <summary>How long the product's own program takes from the sign to stop to its end, and what it refuses to start with.</summary>
public sealed class StopStories(ITestOutputHelper output) : IDisposable
{
    /// <summary>What those who run silos give one before they kill it.</summary>
    private static readonly TimeSpan Promise = TimeSpan.FromSeconds(30);

    /// <summary>The exit code of a process that the last limit ended.</summary>
    private const int EndedByLimit = 143;
    private static readonly TimeSpan Watched = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(100);

    private readonly string folder = Directory.CreateTempSubdirectory("fte-stop-").FullName;

    private static string Program { get; } =
        typeof(StopStories).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(a => a.Key == "SiloPath").Value!;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public async Task A_silo_that_is_asked_to_go_serves_on_as_long_as_a_balancer_needs()
    {
        const int DrainSeconds = 5;
        await using var silo = await Start(new() { ["DRAIN_SECONDS"] = DrainSeconds.ToString(CultureInfo.InvariantCulture) });
        using var http = new HttpClient { BaseAddress = silo.Address };

        var stop = Stop(silo);
        var served = TimeSpan.Zero;
        for (var since = TimeProvider.System.GetTimestamp(); !stop.IsCompleted; await Task.Delay(Pause))
        {
            try
            {
                using var answer = await http.GetAsync(new Uri("/health/live", UriKind.Relative));
                if (answer.IsSuccessStatusCode)
                    served = TimeProvider.System.GetElapsedTime(since);
            }
            catch (HttpRequestException)
            {
                break;
            }
        }

        var (code, took) = await stop;
        Assert.True(served > TimeSpan.FromSeconds(DrainSeconds - 1), $"It served for {served} only, and ended after {took}.");
        Assert.Equal(0, code);
    }

    [Fact]
    public async Task A_silo_ends_within_half_a_minute_though_requests_hang_and_its_database_is_away()
    {
        await using var database = await (await PostgresServer.Shared).NewDatabase();
        var way = new NpgsqlConnectionStringBuilder(database.Url);
        var gate = new Gate();
        await using var link = Link.Open(new(IPAddress.Loopback, 0), new(IPAddress.Loopback, way.Port), gate);
        way.Port = link.Address.Port;
        await using var silo = await Start(new()
        {
            ["DATABASE_URL"] = way.ConnectionString,
            ["CLUSTER_SECRET"] = Fleet.Secret,
            ["SILO_ADDRESS"] = "127.0.0.1",
            ["SILO_PORT"] = FleetSilo.FreePort(IPAddress.Loopback).ToString(CultureInfo.InvariantCulture),
        });

        // Half a request, and one whose commit will never be answered.
        using var half = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        await half.ConnectAsync(IPAddress.Loopback, silo.Address.Port);
        await half.SendAsync("POST /support/submit HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: 500\r\n\r\n{"u8.ToArray());
        using var http = new HttpClient { BaseAddress = silo.Address };
        gate.Cut();
        var asking = http.PostAsync(new Uri("/support/submit", UriKind.Relative), new StringContent(
            """{"name":"Mira","email":"mira@example.com","subject":"Backup","category":"technical","priority":"medium","message":"How do I make a backup?"}""",
            System.Text.Encoding.UTF8, "application/json"));
        await Task.WhenAny(asking, Task.Delay(Pause));

        var (code, took) = await Stop(silo);
        output.WriteLine($"ended with {code} after {took.TotalSeconds:0.0} s");
        Assert.True(took < Promise, $"It took {took}.\n{silo.Output}");
        // In good order, not by the last limit, which ends the process wherever it is. Orleans waits for its membership table beyond that.
        Assert.True(code == 0 || (Evictions.IsOrleans && code == EndedByLimit), $"It ended with {code}.");
        await Record.ExceptionAsync(() => asking);
    }

    [Theory]
    [InlineData("postgres://fte@pooler.internal/fte?pgbouncer=true", "")]
    [InlineData("postgres://fte@pooler.internal/fte", "postgres://fte@other.internal/fte?pgbouncer=true")]
    public void A_fleet_that_reaches_its_database_by_a_pooler_alone_is_told_what_to_set(string url, string direct)
    {
        var refusal = Record.Exception(() => SiloHost.Build([], builder =>
        {
            builder.Configuration["DATABASE_URL"] = url;
            builder.Configuration["DATABASE_DIRECT_URL"] = direct;
            builder.Configuration["CLUSTER_SECRET"] = Fleet.Secret;
        }));

        // Orleans' membership is plain statements, which any pooler carries.
        Assert.Equal(GrainEngine.IsOrleans, refusal is null);
        var said = refusal is null ? "DATABASE_DIRECT_URL" : Assert.IsType<UsageException>(refusal).Message;
        Assert.Contains("DATABASE_DIRECT_URL", said, StringComparison.Ordinal);
        Assert.DoesNotContain("internal", said, StringComparison.Ordinal);
    }

    private Task<SiloProcess> Start(Dictionary<string, string> settings) => SiloProcess.Start([Program, "run"], folder, new Dictionary<string, string>(settings)
    {
        ["FTE_DATA"] = folder,
        ["FTE_URL"] = "http://127.0.0.1:0",
    });

    private static async Task<(int Code, TimeSpan Took)> Stop(SiloProcess silo)
    {
        var since = TimeProvider.System.GetTimestamp();
        var code = await silo.Terminate(Watched);
        return (code, TimeProvider.System.GetElapsedTime(since));
    }
}
