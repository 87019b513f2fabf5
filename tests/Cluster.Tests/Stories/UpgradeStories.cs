using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Reflection;
using System.Text.Json;
using FteAgent.Cluster.Silos;
using FteAgent.Testing;

namespace FteAgent.Cluster.Stories;

/// <summary>
/// A deploy of a newer version: its migrations run while the older silos serve, and for a while silos of both are one cluster. The older
/// program is that of the last release, which <c>scripts/older-release</c> builds.
/// </summary>
public sealed class UpgradeStories : IDisposable
{
    private const int Conversations = 12;

    /// <summary>What a silo logs of each exchange that it decided (event 1002), in either release.</summary>
    private const string Decided = "was decided by";
    private static readonly TimeSpan AnsweredWithin = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan LeavesWithin = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan LookEvery = TimeSpan.FromMilliseconds(100);

    private readonly string folder = Directory.CreateTempSubdirectory("fte-upgrade-").FullName;
    private readonly HttpClient http = new();
    private readonly ConcurrentDictionary<string, int> decisions = new();

    private static string NewerProgram { get; } =
        typeof(UpgradeStories).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(a => a.Key == "SiloPath").Value!;

    public void Dispose()
    {
        http.Dispose();
        Directory.Delete(folder, recursive: true);
    }

    [WithHistoryFact]
    public async Task The_release_before_serves_on_the_newest_schema_and_in_one_cluster_with_this_one()
    {
        var older = await OlderRelease.Program();
        await using var database = await (await PostgresServer.Shared).NewDatabase(migrated: false);
        var settings = new Dictionary<string, string> { ["DATABASE_URL"] = database.Url };
        var (code, _, error) = await SiloProcess.Command([NewerProgram, "migrate"], folder, settings);
        Assert.True(code == 0, error);

        await using var old = await Start(older, "old", database);
        var before = await All(() => Open(old));
        await using var young = await Start(NewerProgram, "young", database);

        // Each conversation lives on one of the two, and is spoken to through both: their calls cross in both directions.
        foreach (var (at, other) in new[] { (old, young), (young, old) })
            await Task.WhenAll(before.Concat(await All(() => Open(at))).Select(async talk =>
            {
                await Write(talk, other);
                await Answered(talk, at);
            }));

        // Both took part: had all conversations been on one, no call would have crossed.
        Assert.Equal(["old", "young"], decisions.Keys.Order(StringComparer.Ordinal));

        // How the release before ends is its own affair.
        await old.Terminate(LeavesWithin);
        await Task.WhenAll(before.Select(async talk =>
        {
            await Write(talk, young);
            await Answered(talk, young);
        }));
    }

    private Task<SiloProcess> Start(string program, string name, TestDatabase database) => SiloProcess.Start([program, "run"], folder, new Dictionary<string, string>
    {
        ["FTE_DATA"] = folder,
        ["FTE_URL"] = "http://127.0.0.1:0",
        ["DATABASE_URL"] = database.Url,
        ["CLUSTER_SECRET"] = Fleet.Secret,
        ["SILO_NAME"] = name,
        ["SILO_ADDRESS"] = "127.0.0.1",
        ["SILO_PORT"] = FleetSilo.FreePort(IPAddress.Loopback).ToString(CultureInfo.InvariantCulture),
        ["BusinessHours__AlwaysOpen"] = "true",
        ["Limits__SubmitPerMinute"] = "100000",
        ["Conversation__MessagesPerMinute"] = "1000",
    }, line => Hear(name, line));

    private void Hear(string silo, string line)
    {
        if (line.Contains(Decided, StringComparison.Ordinal))
            decisions.AddOrUpdate(silo, 1, static (_, times) => times + 1);
    }

    private async Task<Talk> Open(SiloProcess at)
    {
        var body = await Send(at, HttpMethod.Post, "/support/conversation", null, new { text = "Where does the product keep its data?" });
        var talk = new Talk(body.GetProperty("conversation_token").GetString()!);
        talk.Written++;
        await Answered(talk, at);
        return talk;
    }

    private static Task<Talk[]> All(Func<Task<Talk>> open) => Task.WhenAll(Enumerable.Range(0, Conversations).Select(_ => open()));

    private async Task Write(Talk talk, SiloProcess to)
    {
        await Send(to, HttpMethod.Post, "/support/conversation/messages", talk.Token, new { text = $"And how do I make a backup of it? ({talk.Written})" });
        talk.Written++;
    }

    /// <summary>Waits until the conversation, read through this silo, shows that nothing is open in it and each message stands there once.</summary>
    private async Task Answered(Talk talk, SiloProcess by)
    {
        for (var since = TimeProvider.System.GetTimestamp(); ; await Task.Delay(LookEvery))
        {
            var conversation = await Send(by, HttpMethod.Get, "/support/conversation", talk.Token);
            var messages = conversation.GetProperty("messages").EnumerateArray().Select(message => message.GetProperty("author").GetString()).ToList();
            if (!conversation.GetProperty("state").GetProperty("working").GetBoolean() && messages.Count(author => author == "customer") == talk.Written && messages[^1] != "customer")
                return;
            Assert.True(TimeProvider.System.GetElapsedTime(since) < AnsweredWithin, $"not answered: {conversation}\n{by.Output}");
        }
    }

    // Sent once: while two silos serve, nothing may fail.
    private async Task<JsonElement> Send(SiloProcess silo, HttpMethod method, string path, string? token, object? body = null)
    {
        using var request = new HttpRequestMessage(method, new Uri(silo.Address, path));
        if (token is not null)
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        if (body is not null)
        {
            request.Headers.Add("Idempotency-Key", Guid.NewGuid().ToString());
            request.Content = JsonContent.Create(body);
        }

        using var response = await http.SendAsync(request);
        Assert.True(response.IsSuccessStatusCode, $"{method} {path}: {(int)response.StatusCode} {await response.Content.ReadAsStringAsync()}\n{silo.Output}");
        return await response.Content.ReadFromJsonAsync<JsonElement>();
    }

    private sealed class Talk(string token)
    {
        public string Token => token;

        public int Written { get; set; }
    }
}

/// <summary>A fact that needs the program of the release before, and so the repository's history.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class WithHistoryFactAttribute : FactAttribute
{
    public WithHistoryFactAttribute()
    {
        if (!OlderRelease.Exists)
            Skip = "This checkout has no history, and so no release before this one.";
    }
}

/// <summary>The release before this one.</summary>
internal static class OlderRelease
{
    // Where it was not built before, as make does.
    private static readonly TimeSpan BuiltWithin = TimeSpan.FromMinutes(10);

    public static bool Exists { get; } = Run("--find").GetAwaiter().GetResult() is not null;

    public static async Task<string> Program() => await Run() ?? throw new InvalidOperationException("The release before could not be built; scripts/older-release says why.");

    private static async Task<string?> Run(params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(PostgresServer.ScriptPath("older-release"), arguments) { RedirectStandardOutput = true })!;
        var output = await process.StandardOutput.ReadToEndAsync().WaitAsync(BuiltWithin);
        await process.WaitForExitAsync();
        return process.ExitCode == 0 ? output.Trim() : null;
    }
}
