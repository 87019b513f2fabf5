using FteAgent.Postgres;
using FteAgent.Sqlite;
using FteAgent.Testing;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.DependencyInjection;

namespace FteAgent.Evals.Identity;

/// <summary>Where the contacts are written down: an empty record that goes afterwards, with a clock that goes from contact to contact.</summary>
internal sealed class IdentityRecord : IAsyncDisposable
{
    private readonly ServiceProvider services;
    private readonly Func<ValueTask> remove;

    private IdentityRecord(string name, FakeTime time, IServiceCollection record, Func<ValueTask> remove)
    {
        (Name, Time, this.remove) = (name, time, remove);
        services = record.AddLogging().AddSingleton<TimeProvider>(time).BuildServiceProvider();
    }

    /// <summary>In words.</summary>
    public string Name { get; }

    /// <summary>Its clock.</summary>
    public FakeTime Time { get; }

    /// <summary>A port of the record.</summary>
    public T Get<T>() where T : notnull => services.GetRequiredService<T>();

    /// <summary>The record of a single silo.</summary>
    public static IdentityRecord OnFile()
    {
        var folder = Directory.CreateTempSubdirectory("fte-identity-");
        var options = new SqliteOptions { Path = Path.Combine(folder.FullName, "fte.db") };
        return new("SQLite", new(IdentityWorld.Start), new ServiceCollection().AddSqliteRecord(options), () =>
        {
            SqliteConnection.ClearAllPools();
            folder.Delete(recursive: true);
            return ValueTask.CompletedTask;
        });
    }

    /// <summary>The record of a fleet, in a database of its own: whoever has the server keeps theirs, and the clock of theirs.</summary>
    public static async Task<IdentityRecord> OnPostgres(PostgresServer server)
    {
        var database = await server.NewDatabase(migrated: false);
        try
        {
            await TestDatabase.Migrate(database.Url);
            var time = new FakeTime(IdentityWorld.Start);
            await database.Follow(time);
            return new("Postgres", time, new ServiceCollection().AddPostgresRecord(database.Options), database.DisposeAsync);
        }
        catch
        {
            await database.DisposeAsync();
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        await services.DisposeAsync();
        await remove();
    }
}
