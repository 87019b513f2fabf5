using FteAgent.Conversations;
using FteAgent.Knowledge;
using FteAgent.Record;
using FteAgent.Testing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace FteAgent.Postgres;

/// <summary>The whole record through a pooler that gives each transaction another connection.</summary>
public sealed class PgBouncerTests : IAsyncLifetime
{
    private readonly FakeTime time = new();
    private TestDatabase database = null!;
    private PgBouncer pooler = null!;
    private ServiceProvider services = null!;
    private TestRecord record = null!;

    public async Task InitializeAsync()
    {
        database = await (await PostgresServer.Shared).NewDatabase();
        await database.Follow(time);
        pooler = await PgBouncer.Start(database);
        services = PostgresTestRecord.Services(new() { Url = pooler.Url, DirectUrl = database.Url }, time);
        record = new(services, time, () => services.DisposeAsync());
    }

    public async Task DisposeAsync()
    {
        await record.DisposeAsync();
        await pooler.DisposeAsync();
        await database.DisposeAsync();
    }

    [Fact]
    public async Task Conversations_are_committed_loaded_and_claimed()
    {
        var conversations = await Task.WhenAll(Enumerable.Range(0, 40).Select(async i =>
        {
            var conversation = await record.Commit(new Act(await record.NewConversation($"Kim {i}"), record.Now).Opens("Matter").CustomerSays("Hello", $"m-{i}").OpensExchange());
            return await record.Commit(new Act(conversation, record.Now).CustomerSays("And?").Sends("test"));
        }));

        foreach (var conversation in conversations)
            Same.Conversation(conversation, await record.Load(conversation));
        await record.Roster.Renew("silo-2", default);
        record.Advance(60);
        Assert.Equal(40, (await record.Roster.ClaimDue(100, default)).Length);
        Assert.Single(await record.Outbox.Claim(conversations[0].Customer, "silo-2", TimeSpan.FromSeconds(30), default));
        Assert.Equal(40, (await record.Inbox.List(needsPerson: false, 100, null, default)).Items.Length);
        Assert.Equal(80, (await record.Reports.Activity(record.Now.AddDays(-1), record.Now.AddDays(1), ReportQueriesContract.Measures, default)).All.Messages);
    }

    [Fact]
    public async Task Rivals_for_one_version_are_told_apart()
    {
        var conversation = await record.Commit(new Act(await record.NewConversation(), record.Now).CustomerSays("Hello"));

        var outcomes = await Task.WhenAll(Enumerable.Range(0, 20).Select(i =>
            record.Conversations.Commit(new Act(conversation, record.Now).CustomerSays($"Rival {i}").Changes(), default)));

        Assert.Single(outcomes, CommitOutcome.Committed);
        Assert.Equal(19, outcomes.Count(outcome => outcome == CommitOutcome.VersionConflict));
    }

    [Fact]
    public async Task Knowledge_is_published_and_searched()
    {
        for (var round = 1; round <= 3; round++)
            Assert.Equal(round, await record.Knowledge.Publish(
                [new("a", "A", "Text", record.Now)],
                [.. Enumerable.Range(0, 300).Select(i => new StoredChunk($"a#{i}", "a", "", "Text", [MathF.Cos(i), MathF.Sin(i)], "e"))], default));

        var version = await record.Knowledge.LoadWords(default);
        var vectors = await record.Get<IVectorSearch>().Open(version, "e", default);
        Assert.Equal("by pgvector", vectors!.Way);
        var found = await Task.WhenAll(Enumerable.Range(0, 30).Select(i => vectors.Nearest([[MathF.Cos(i), MathF.Sin(i)]], 3, null, default)));
        Assert.All(found, nearest => Assert.Equal(1f, nearest[0].Hits[0].Cosine, 1e-4f));
    }

    [Fact]
    public async Task Operators_secrets_and_readiness_work()
    {
        var ana = await record.Operators.Add("Ana", new byte[32], default);
        await record.Operators.StartSession([1], ana!.Id, record.Now.AddHours(1), default);
        Assert.Equal(ana, await record.Operators.FindSession([1], default));
        Assert.Equal(await record.Secrets.GetOrCreate("tokens", 32, default), await record.Secrets.GetOrCreate("tokens", 32, default));
        await new PostgresMigrations(services.GetRequiredService<PostgresSource>()).Check(default);
        Assert.Equal(HealthStatus.Healthy, (await services.GetRequiredService<HealthCheckService>().CheckHealthAsync()).Status);
    }

    [Fact]
    public async Task Nothing_is_left_on_the_poolers_connections()
    {
        await Conversations_are_committed_loaded_and_claimed();
        await Knowledge_is_published_and_searched();

        // What a session keeps would be seen by whoever gets its connection next.
        await using var source = new PostgresSource(new() { Url = pooler.Url, DirectUrl = database.Url });
        var pooled = new PostgresRecord(source);
        for (var i = 0; i < 6; i++)
            Assert.Equal((0L, 0L, "off"), await pooled["""
                select (select count(*) from pg_prepared_statements where not from_sql and name <> ''), (select count(*) from pg_listening_channels()),
                    coalesce(nullif(current_setting('hnsw.iterative_scan', true), ''), 'off')
                """].First(static row => (row.Long(), row.Long(), row.Text()), default, default));
        Assert.Equal(0L, await database.Scalar<long>("select count(*) from pg_locks where locktype = 'advisory' and database = (select oid from pg_database where datname = current_database())"));
    }
}
