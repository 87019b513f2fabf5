using FteAgent.Engine.Postgres;
using FteAgent.Testing;

namespace FteAgent.Engine.Tests.Postgres;

/// <summary>A fresh database with the engine's tables, on the server of these tests.</summary>
public sealed class EngineDatabase : IAsyncLifetime
{
    private TestDatabase? _database;

    internal TestDatabase Database => _database!;

    public string Url => Database.Url;

    public async Task InitializeAsync()
    {
        _database = await (await PostgresServer.Shared).NewDatabase(migrated: false);
        await Apply(_database);
    }

    public async Task DisposeAsync() => await Database.DisposeAsync();

    internal static async Task Apply(TestDatabase database)
    {
        var assembly = typeof(PostgresMembershipStore).Assembly;
        foreach (var script in assembly.GetManifestResourceNames().Where(static name => name.StartsWith("db/engine/", StringComparison.Ordinal)).Order(StringComparer.Ordinal))
        {
            using var reader = new StreamReader(assembly.GetManifestResourceStream(script)!);
            await database.Execute(await reader.ReadToEndAsync());
        }
    }
}
