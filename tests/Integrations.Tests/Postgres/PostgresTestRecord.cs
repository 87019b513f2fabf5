using FteAgent.Record;
using FteAgent.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace FteAgent.Postgres;

/// <summary>A fresh record in a database of its own, wired as the product wires it, whose clock follows the test's.</summary>
internal static class PostgresTestRecord
{
    public static async Task<TestRecord> Create(FakeTime time)
    {
        var database = await (await PostgresServer.Shared).NewDatabase();
        await database.Follow(time);
        var services = Services(database.Options, time);
        return new TestRecord(services, time, async () =>
        {
            await services.DisposeAsync();
            await database.DisposeAsync();
        });
    }

    public static ServiceProvider Services(PostgresOptions options, TimeProvider time) =>
        new ServiceCollection().AddLogging().AddSingleton(time).AddPostgresRecord(options).BuildServiceProvider();
}
