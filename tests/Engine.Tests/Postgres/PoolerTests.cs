using FteAgent.Engine.Postgres;
using FteAgent.Testing;
using Npgsql;

namespace FteAgent.Engine.Tests.Postgres;

/// <summary>A pooler lends its connections to everybody: what the membership wishes for itself must stay on none of them.</summary>
public sealed class PoolerTests(EngineDatabase database) : IClassFixture<EngineDatabase>
{
    private const int Connections = 3;

    [Fact]
    public async Task Nothing_that_the_membership_wishes_stays_on_a_poolers_connections()
    {
        // The tests' own server does not wait for its disk; here whoever comes without a wish does.
        await database.Database.Execute("do $$ begin execute format('alter database %I set synchronous_commit = on', current_database()); end $$");
        await using var pooler = await PgBouncer.Start(database.Database);
        using (var store = new PostgresMembershipStore(new(pooler.Url, Guid.NewGuid().ToString("N"), new ClusteringOptions().RenewPeriod)))
        {
            for (var n = 0; n < 3; n++)
            {
                try
                {
                    store.Read();
                    store.Renew(SiloAddress.New(System.Net.IPAddress.Loopback, 11111, 1));
                }
                catch (MembershipStoreException)
                {
                    // The pooler may refuse it; a silo that was told of the pooler does not come so far.
                }
            }
        }

        var sessions = new List<NpgsqlConnection>();
        try
        {
            for (var n = 0; n < Connections; n++)
            {
                var session = new NpgsqlConnection(pooler.Url);
                sessions.Add(session);
                await session.OpenAsync();
                // An open transaction holds one of the pooler's connections, so that the next gets another.
                await Execute(session, "begin");
                Assert.Equal("on 0 0 0", await Execute(
                    session,
                    "select concat_ws(' ', current_setting('synchronous_commit'), current_setting('statement_timeout'), current_setting('lock_timeout'), current_setting('idle_in_transaction_session_timeout'))"));
            }
        }
        finally
        {
            foreach (var session in sessions) await session.DisposeAsync();
        }
    }

    private static async Task<object?> Execute(NpgsqlConnection connection, string sql)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        return await command.ExecuteScalarAsync();
    }
}
