using FteAgent.Conversations;
using FteAgent.Customers;
using FteAgent.Testing;
using Microsoft.Extensions.Logging.Abstractions;

namespace FteAgent.Postgres;

public sealed class PostgresLiveSignalsTests : IAsyncLifetime
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);
    private readonly CustomerId kim = new(Guid.NewGuid());
    private TestDatabase database = null!;
    private PostgresSource here = null!, there = null!;
    private PostgresLiveSignals mine = null!, theirs = null!;

    public async Task InitializeAsync()
    {
        database = await (await PostgresServer.Shared).NewDatabase(migrated: false);
        (here, there) = (new(database.Options), new(database.Options));
        (mine, theirs) = (new(here, TimeProvider.System, NullLogger<PostgresLiveSignals>.Instance), new(there, TimeProvider.System, NullLogger<PostgresLiveSignals>.Instance));
        await mine.StartAsync(default);
        await theirs.StartAsync(default);
        await PipelineFixture.Until(() => database.Scalar<bool>("select count(*) = 2 from pg_stat_activity where datname = current_database() and query = 'listen fte_live' and state = 'idle'"));
    }

    public async Task DisposeAsync()
    {
        await mine.StopAsync(default);
        await theirs.StopAsync(default);
        await here.DisposeAsync();
        await there.DisposeAsync();
        await database.DisposeAsync();
    }

    [Fact]
    public async Task Watchers_on_every_silo_wake_and_see_the_status()
    {
        using var own = mine.Watch(kim);
        using var other = theirs.Watch(kim);
        await Quiet(own, other);

        mine.Status(kim, "reading 3 sources");

        Assert.Equal(new(true, "reading 3 sources"), await own.Next(Patience, default));
        Assert.Equal(new(true, "reading 3 sources"), await other.Next(Patience, default));
    }

    [Fact]
    public async Task Telling_waits_for_none_of_the_connections_that_do_the_work()
    {
        var busy = new List<Npgsql.NpgsqlConnection>();
        for (var i = 0; i < here.PoolSize; i++)
            busy.Add(await here.Work.OpenConnectionAsync());
        using var watch = theirs.Watch(kim);
        await Quiet(watch);

        mine.Wake(kim);

        Assert.True((await watch.Next(Patience, default)).Signalled);
        foreach (var connection in busy)
            await connection.DisposeAsync();
    }

    [Fact]
    public async Task Telling_goes_on_after_a_failure_that_nobody_thought_of()
    {
        // The database's own queue of notices being full is one; here a function that stands before the real one refuses.
        await database.Execute("""
            create schema broken;
            create function broken.pg_notify(text, text) returns void language plpgsql as
                'begin raise exception ''too many notifications in the NOTIFY queue'' using errcode = ''54000''; end'
            """);
        await using var source = new PostgresSource(new() { Url = database.Url + ";Search Path=broken,pg_catalog" });
        using var signals = new PostgresLiveSignals(source, TimeProvider.System, NullLogger<PostgresLiveSignals>.Instance);
        await signals.StartAsync(default);
        signals.Wake(kim);
        await PipelineFixture.Until(() => database.Scalar<bool>("select exists (select from pg_stat_activity where datname = current_database() and query like 'select pg_notify%' and state = 'idle')"));
        await database.Execute("drop function broken.pg_notify(text, text)");
        using var watch = theirs.Watch(kim);
        await Quiet(watch);

        signals.Wake(kim);

        Assert.True((await watch.Next(Patience, default)).Signalled);
        await signals.StopAsync(default);
    }

    [Fact]
    public async Task More_than_fits_into_one_notice_wakes_everyone()
    {
        using var watch = theirs.Watch(kim);
        using var all = theirs.Watch(null);
        await Quiet(watch, all);

        for (var i = 0; i < 1000; i++)
            mine.Wake(new(Guid.NewGuid()));

        Assert.True((await watch.Next(Patience, default)).Signalled);
        Assert.True((await all.Next(Patience, default)).Signalled);
    }

    [Fact]
    public async Task Listener_whose_connection_is_lost_listens_again_and_wakes_whoever_may_have_missed_something()
    {
        using var watch = theirs.Watch(kim);
        await Quiet(watch);

        await database.Execute("select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and query = 'listen fte_live'");
        Assert.True((await watch.Next(Patience, default)).Signalled);
        await PipelineFixture.Until(() => database.Scalar<bool>("select count(*) = 2 from pg_stat_activity where datname = current_database() and query = 'listen fte_live' and state = 'idle'"));
        await Quiet(watch);
        mine.Wake(kim);

        Assert.True((await watch.Next(Patience, default)).Signalled);
    }

    [Fact]
    public void Signals_of_one_conversation_are_joined_and_the_latest_status_counts()
    {
        var outgoing = new LiveNotice.Outgoing();
        outgoing.Add(kim, "searching");
        outgoing.Add(kim, "reading\n3 sources");
        outgoing.Add(kim, null);

        var told = LiveNotice.Read(outgoing.Take(), "another silo");

        Assert.Equal((kim, "reading 3 sources"), Assert.Single(told!.Value.Customers));
    }

    [Fact]
    public void Own_notices_and_unknown_ones_are_left_alone()
    {
        var outgoing = new LiveNotice.Outgoing();
        outgoing.Add(kim, null);

        Assert.Null(LiveNotice.Read(outgoing.Take(), outgoing.From));
        Assert.Null(LiveNotice.Read("something else", "me"));
        Assert.Empty(LiveNotice.Read("another\nnot an id", "me")!.Value.Customers);
    }

    /// <summary>Being connected wakes everyone once; only what comes after that counts here.</summary>
    private static async Task Quiet(params ILiveWatch[] watches)
    {
        foreach (var watch in watches)
            while ((await watch.Next(TimeSpan.FromMilliseconds(100), default)).Signalled)
            {
            }
    }
}
