using FteAgent.Testing;
using Npgsql;

namespace FteAgent.Postgres;

/// <summary>How Postgres is told to plan what our functions do.</summary>
public sealed class PlansTests
{
    [Fact]
    public async Task Functions_that_forbid_sequential_scans_are_never_compiled()
    {
        await using var database = await (await PostgresServer.Shared).NewDatabase();
        await using var source = NpgsqlDataSource.Create(database.Url);

        Assert.NotEmpty(await Functions(source, "'enable_seqscan=off' = any (proconfig)"));
        Assert.Empty(await Functions(source, "'enable_seqscan=off' = any (proconfig) and not 'jit=off' = any (proconfig)"));
    }

    [Fact]
    public async Task What_was_given_up_is_found_without_a_look_at_all_that_was_sent()
    {
        await using var database = await (await PostgresServer.Shared).NewDatabase();
        await using var source = NpgsqlDataSource.Create(database.Url);
        await using var connection = await source.OpenConnectionAsync();
        await using var transaction = await connection.BeginTransactionAsync();
        await using var brings = new NpgsqlCommand("select items from fte.bring_back_outbox('events', null, 500)", connection);
        await brings.ExecuteScalarAsync();

        // Of this transaction alone.
        await using var asks = new NpgsqlCommand(
            "select pg_stat_get_xact_numscans('fte.outbox_dead'::regclass) > 0 and pg_stat_get_xact_numscans('fte.outbox'::regclass) = 0", connection);
        Assert.Equal(true, await asks.ExecuteScalarAsync());
    }

    private static async Task<List<string>> Functions(NpgsqlDataSource source, string which)
    {
        await using var command = source.CreateCommand($"select proname from pg_proc where pronamespace = 'fte'::regnamespace and {which}");
        await using var reader = await command.ExecuteReaderAsync();
        var names = new List<string>();
        while (await reader.ReadAsync())
            names.Add(reader.GetString(0));
        return names;
    }
}
