using FteAgent.Postgres;
using Npgsql;

namespace FteAgent.Testing;

/// <summary>A database that goes with its test.</summary>
internal sealed class TestDatabase(PostgresServer server, string name) : IAsyncDisposable
{
    private NpgsqlConnection? clock;

    /// <summary>Where it is.</summary>
    public string Url { get; } = server.ConnectionString(name);

    public PostgresServer Server => server;

    /// <summary>Options of a record in it.</summary>
    public PostgresOptions Options => new() { Url = Url };

    /// <summary>Lets the record's clock show what the fake one does, from now on.</summary>
    public async Task Follow(FakeTime time)
    {
        clock = new NpgsqlConnection(new NpgsqlConnectionStringBuilder(Url) { Pooling = false }.ConnectionString);
        await clock.OpenAsync();
        await using var command = new NpgsqlCommand(
            """
            create table fte.test_clock (at timestamptz not null);
            insert into fte.test_clock values ('epoch');
            create or replace function fte.now() returns timestamptz language sql volatile as 'select at from fte.test_clock'
            """, clock);
        await command.ExecuteNonQueryAsync();
        Show(time.GetUtcNow());
        time.Moved = Show;
    }

    /// <summary>Runs a statement behind the stores' backs and gives its first value.</summary>
    public async Task<T> Scalar<T>(string sql)
    {
        await using var connection = new NpgsqlConnection(Url);
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(sql, connection);
        return (T)(await command.ExecuteScalarAsync())!;
    }

    /// <summary>Runs statements behind the stores' backs.</summary>
    public async Task Execute(string sql)
    {
        await using var connection = new NpgsqlConnection(Url);
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync();
    }

    public async ValueTask DisposeAsync()
    {
        if (clock is not null)
            await clock.DisposeAsync();
        NpgsqlConnection.ClearPool(new(Url));
        await server.Execute($"drop database if exists {name} with (force)");
    }

    internal static async Task Migrate(string url)
    {
        // Closed before it returns: a template with a connection cannot be copied.
        await using var source = new PostgresSource(new() { Url = url });
        await new PostgresMigrations(source).Apply(default);
    }

    private void Show(DateTimeOffset now)
    {
        using var command = new NpgsqlCommand("update fte.test_clock set at = $1", clock);
        command.Parameters.Add(new() { Value = now.UtcDateTime });
        command.ExecuteNonQuery();
    }
}
