using System.Diagnostics;
using FteAgent.Conversations;
using FteAgent.Record;
using FteAgent.Testing;

namespace FteAgent.Postgres;

/// <summary>What happens to commits when the database goes away, on a server of their own.</summary>
public sealed class PostgresOutageTests : IAsyncLifetime
{
    private PostgresServer server = null!;
    private PipelineFixture at = null!;

    public async Task InitializeAsync()
    {
        server = await PostgresServer.Start(durable: true);
        at = await PipelineFixture.Create(server);
    }

    public async Task DisposeAsync()
    {
        await at.DisposeAsync();
        await server.DisposeAsync();
    }

    [Fact]
    public async Task Commit_whose_answer_got_lost_is_found_by_its_command()
    {
        var pipeline = at.Pipeline(new() { Wait = TimeSpan.FromMinutes(1), Send = TimeSpan.FromMinutes(1) });
        var conversation = await at.Started();
        var changes = at.In(conversation).CustomerSays("Two.", "m-2").Changes();

        // A commit that waits for a standby is durable here already; the answer has not been given.
        await server.Execute("alter system set synchronous_standby_names = 'nobody'");
        await server.Execute("select pg_reload_conf()");
        await PipelineFixture.Until(async () => await at.Database.Scalar<string>("show synchronous_standby_names") == "nobody");
        var commit = pipeline.Commit(changes, default);
        await PipelineFixture.Until(() => at.Database.Scalar<bool>("select exists (select 1 from pg_stat_activity where wait_event = 'SyncRep')"));
        await server.Execute("select pg_terminate_backend(pid) from pg_stat_activity where wait_event = 'SyncRep'");
        await server.Execute("alter system reset synchronous_standby_names");
        await server.Execute("select pg_reload_conf()");

        // Sent again, it turns out to be decided on a state that its own first sending has left behind.
        Assert.Equal(CommitOutcome.VersionConflict, await commit);
        Assert.True(await at.Record.Conversations.WasCommitted(conversation.Customer, changes.Command, default));
        Assert.Equal(["One.", "Two."], (await at.Record.Load(conversation)).Recent.Select(m => m.Text));
    }

    [Fact]
    public async Task While_the_database_is_away_commits_fail_soon_and_those_with_time_left_are_written_when_it_is_back()
    {
        var (hasty, patient) = (at.Pipeline(new() { Wait = TimeSpan.FromSeconds(1) }), at.Pipeline(new() { Wait = TimeSpan.FromMinutes(2) }));
        var conversations = new List<Conversation>();
        for (var i = 0; i < 4; i++)
            conversations.Add(await at.Started());
        Act Second(Conversation conversation) => at.In(conversation).CustomerSays("Two.");
        // Each has a connection, which is about to die.
        await hasty.Commit(at.In(await at.Started()).CustomerSays("Two.").Changes(), default);
        await patient.Commit(at.In(await at.Started()).CustomerSays("Two.").Changes(), default);
        await server.Stop();

        var watch = Stopwatch.StartNew();
        var failing = conversations[..2].Select(c => hasty.Commit(Second(c).Changes(), default)).ToArray();
        var waiting = conversations[2..4].Select(c => patient.Commit(Second(c).Changes(), default)).ToArray();
        foreach (var commit in failing)
            await Assert.ThrowsAsync<RecordUnavailableException>(() => commit);
        Assert.True(watch.Elapsed < TimeSpan.FromSeconds(30), $"Failing took {watch.Elapsed}.");
        await Assert.ThrowsAsync<RecordUnavailableException>(() => at.Record.Load(conversations[0]));
        Assert.True(watch.Elapsed < TimeSpan.FromSeconds(60), $"Failing took {watch.Elapsed}.");
        await server.StartAgain();

        // Connections from before the outage are dead, and nobody is told.
        Assert.Equal([CommitOutcome.Committed, CommitOutcome.Committed], await Task.WhenAll(waiting));
        foreach (var conversation in conversations[2..4])
            Assert.Equal(["One.", "Two."], (await at.Record.Load(conversation)).Recent.Select(m => m.Text));
        foreach (var conversation in conversations[..2])
            Assert.Equal(["One."], (await at.Record.Load(conversation)).Recent.Select(m => m.Text));
    }
}
