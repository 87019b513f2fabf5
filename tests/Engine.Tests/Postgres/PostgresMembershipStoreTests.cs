using FteAgent.Engine.Postgres;
using FteAgent.Engine.Tests.Clustering;
using Npgsql;

namespace FteAgent.Engine.Tests.Postgres;

/// <summary>The rows of members, on a real server.</summary>
public sealed class PostgresMembershipStoreTests : MembershipStoreContract, IClassFixture<EngineDatabase>, IDisposable
{
    // Where time is not what is tested, a slow machine has its time.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan RenewPeriod = new ClusteringOptions().RenewPeriod;

    private readonly EngineDatabase _database;
    private readonly string _cluster = Guid.NewGuid().ToString("N");
    private readonly PostgresMembershipStore _store;

    public PostgresMembershipStoreTests(EngineDatabase database)
    {
        _database = database;
        _store = Make(database.Url);
    }

    private protected override IMembershipStore Store => _store;

    public void Dispose() => _store.Dispose();

    [Fact]
    public void Clusters_do_not_see_each_other()
    {
        Enter(1);
        using var other = new PostgresMembershipStore(new(_database.Url, Guid.NewGuid().ToString("N"), RenewPeriod));

        Assert.Empty(other.Read().Members);
    }

    [Fact]
    public async Task Connection_that_was_ended_fails_once_and_is_opened_again()
    {
        var self = Activate(1);
        await EndConnections();

        Assert.Throws<MembershipStoreException>(() => _store.Renew(self));
        Assert.True(_store.Renew(self).IsMember);
    }

    [Fact]
    public void Member_is_never_overdue_to_itself()
    {
        var self = Activate(1);
        Pass(Lease * 2);

        Assert.Empty(Store.Renew(self).Overdue);
    }

    [Fact]
    public void Server_that_is_not_there_is_noticed_and_told_in_words_without_an_address()
    {
        using var store = Make(new NpgsqlConnectionStringBuilder(_database.Url) { Port = 1 }.ConnectionString);

        var failure = Assert.Throws<MembershipStoreException>(store.Read);

        Assert.Equal("the database cannot be reached.", failure.Message);
    }

    [Fact]
    public async Task Database_without_the_tables_says_what_to_do()
    {
        await using var empty = await (await FteAgent.Testing.PostgresServer.Shared).NewDatabase(migrated: false);
        using var store = Make(empty.Url);

        Assert.Contains("run 'silo migrate' first", Assert.Throws<MembershipStoreException>(store.Read).Message);
    }

    [Fact]
    public async Task Renewal_waits_for_nobody_who_changes_the_cluster()
    {
        var self = Activate(1);
        await using var other = await Locking("select version from engine.clusters for update");

        Assert.True(_store.Renew(self).IsMember);
    }

    [Fact]
    public async Task Renewal_that_a_lock_keeps_waiting_fails_before_the_next_is_due()
    {
        var self = Activate(1);
        using var store = Make(_database.Url, RenewPeriod);
        store.Renew(self);
        await using var other = await Locking("select * from engine.members for update");
        var start = TimeProvider.System.GetTimestamp();

        var failure = Assert.Throws<MembershipStoreException>(() => store.Renew(self));

        // The server's own limit ended it, not ours of a second, and the connection is as good as before.
        Assert.Contains("refused", failure.Message);
        Assert.InRange(TimeProvider.System.GetElapsedTime(start), RenewPeriod / 2, RenewPeriod * 4);
        await other.CloseAsync();
        Assert.True(store.Renew(self).IsMember);
    }

    [Fact]
    public async Task Renewals_do_not_wait_for_the_disk_and_changes_do()
    {
        // What the rows of members, written by either, say of their transactions' wish.
        await _database.Database.Execute(
            """
            create table if not exists engine.test_wishes (operation text, status text, wish text);
            create or replace function engine.test_note() returns trigger language plpgsql as $$
            begin
                insert into engine.test_wishes values (tg_op, coalesce(new.status, old.status), current_setting('synchronous_commit'));
                return null;
            end $$;
            create or replace trigger test_note after insert or update or delete on engine.members for each row execute function engine.test_note();
            """);
        try
        {
            var self = Activate(1);
            _store.Renew(self);
            _store.Leave(self);
            _store.Remove(self);

            Assert.Equal(
                "INSERT joining on, UPDATE active on, UPDATE active off, UPDATE leaving on, DELETE leaving on",
                await _database.Database.Scalar<string>("select string_agg(operation || ' ' || status || ' ' || wish, ', ') from engine.test_wishes"));
        }
        finally
        {
            await _database.Database.Execute("drop trigger test_note on engine.members; drop table engine.test_wishes");
        }
    }

    [Fact]
    public async Task Changes_at_once_by_many_give_each_version_once_and_lose_none()
    {
        const int Silos = 6;
        const int Rounds = 15;
        var failures = 0;
        await Task.WhenAll(Enumerable.Range(1, Silos).Select(number => Task.Factory.StartNew(() => Live(number), TaskCreationOptions.LongRunning)));

        // Enter, activate, leave and remove: four versions for each life.
        Assert.Equal(0, failures);
        Assert.Equal(Silos * Rounds * 4, Store.Read().Version);
        Assert.Empty(Store.Read().Members);

        void Live(int number)
        {
            using var store = Make(_database.Url);
            for (var round = 0; round < Rounds; round++)
            {
                var self = store.Enter(new(new(System.Net.IPAddress.Loopback, number), "silo", Lease, 0, 0));
                while (store.Activate(self, store.Read().Version) == ActivateOutcome.VersionMoved)
                    if (!store.Renew(self).IsMember) Interlocked.Increment(ref failures);

                store.Leave(self);
                store.Remove(self);
            }
        }
    }

    private protected override void Pass(TimeSpan span)
    {
        using var connection = new NpgsqlConnection(_database.Url);
        connection.Open();
        using var command = new NpgsqlCommand("update engine.members set lease_until = lease_until - $1 where cluster_id = $2", connection);
        command.Parameters.Add(new() { Value = span });
        command.Parameters.Add(new() { Value = _cluster });
        command.ExecuteNonQuery();
    }

    private PostgresMembershipStore Make(string url, TimeSpan? renewPeriod = null) => new(new(url, _cluster, renewPeriod ?? Patience));

    private Task EndConnections() => _database.Database.Execute(
        "select pg_terminate_backend(pid, 5000) from pg_stat_activity where application_name = 'FteAgent membership' and datname = current_database()");

    private async Task<NpgsqlConnection> Locking(string sql)
    {
        var connection = new NpgsqlConnection(_database.Url);
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand($"begin; {sql}", connection);
        await command.ExecuteNonQueryAsync();
        return connection;
    }
}
