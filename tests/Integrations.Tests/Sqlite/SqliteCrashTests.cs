using System.Diagnostics;
using System.Globalization;
using FteAgent.Conversations;
using FteAgent.Customers;
using FteAgent.Testing;
using Microsoft.Extensions.DependencyInjection;
using Xunit.Abstractions;

namespace FteAgent.Sqlite;

public sealed class SqliteCrashTests(ITestOutputHelper output)
{
    private const int Kills = 5;

    [Fact]
    public async Task Every_commit_that_returned_is_there_after_a_kill()
    {
        var random = new Random(TestSeed.Take(output.WriteLine));
        using var folder = new TestFolder();
        var path = folder.File("fte.db");
        var promised = new Dictionary<CustomerId, long>();

        for (var kill = 0; kill < Kills; kill++)
        {
            var returned = await CommitAndKill(path, random.Next(1, 3000), promised);
            await Check(path, promised);
            output.WriteLine($"killed after {returned} commits had returned");
        }
    }

    private static async Task<int> CommitAndKill(string path, int commits, Dictionary<CustomerId, long> promised)
    {
        using var process = Process.Start(new ProcessStartInfo("dotnet")
        {
            ArgumentList = { "exec", typeof(CrashingWriter).Assembly.Location, "crashing-writer", path },
            RedirectStandardOutput = true,
        })!;
        var returned = 0;
        try
        {
            while (returned < commits && await process.StandardOutput.ReadLineAsync() is { } line)
            {
                Remember(line);
                returned++;
            }
        }
        finally
        {
            process.Kill();
            await process.WaitForExitAsync();
        }

        // What it had said before it died counts too; its last line may be half a line.
        var rest = await process.StandardOutput.ReadToEndAsync();
        foreach (var line in rest[..(rest.LastIndexOf('\n') + 1)].Split('\n', StringSplitOptions.RemoveEmptyEntries))
        {
            Remember(line);
            returned++;
        }

        Assert.True(returned >= commits, "The writer ended by itself.");
        return returned;

        void Remember(string line)
        {
            var parts = line.Split(' ');
            promised[CustomerId.Parse(parts[0])] = long.Parse(parts[1], CultureInfo.InvariantCulture);
        }
    }

    private static async Task Check(string path, Dictionary<CustomerId, long> promised)
    {
        await using var services = SqliteTestRecord.Services(path, TimeProvider.System);
        var store = services.GetRequiredService<IConversationStore>();
        foreach (var (customer, version) in promised)
        {
            var loaded = await store.Load(customer, default);
            Assert.InRange(loaded.Version, version, long.MaxValue);

            // Whole: each commit brought one message and one delivery, or was not there at all.
            Assert.Equal(loaded.Version, loaded.LastSequence);
            Assert.Equal(loaded.Version, loaded.Recent[^1].Sequence);
            Assert.NotNull(await store.FindDelivered(Channel.Web, $"{customer}-{version}", default));
        }

        Assert.Equal("ok", SqliteFacts.Scalar<string>(path, "pragma integrity_check"));
        Assert.Equal(0L, SqliteFacts.Scalar<long>(path, """
            select count(*) from conversations c
            where version <> (select count(*) from messages m where m.customer_id = c.customer_id)
                or version <> (select count(*) from outbox o where o.customer_id = c.customer_id)
                or version <> (select count(*) from commands d where d.customer_id = c.customer_id)
            """));
    }
}
