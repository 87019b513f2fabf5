using FteAgent.Record;
using FteAgent.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace FteAgent.Sqlite;

/// <summary>A fresh record in a file of its own, wired as the product wires it.</summary>
internal static class SqliteTestRecord
{
    public static Task<TestRecord> Create(FakeTime time)
    {
        var folder = new TestFolder();
        var services = Services(folder.File("fte.db"), time);
        return Task.FromResult(new TestRecord(services, time, async () =>
        {
            await services.DisposeAsync();
            folder.Dispose();
        }));
    }

    public static ServiceProvider Services(string path, TimeProvider time) =>
        new ServiceCollection().AddLogging().AddSingleton(time).AddSqliteRecord(new SqliteOptions { Path = path }).BuildServiceProvider();
}
