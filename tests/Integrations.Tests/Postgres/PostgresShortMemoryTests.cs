using FteAgent.Record;
using FteAgent.Testing;

namespace FteAgent.Postgres;

public sealed class PostgresShortMemoryTests : ShortMemoryContract
{
    private protected override Task<TestRecord> Create(FakeTime time) => PostgresTestRecord.Create(time);

    private protected override async Task<long> Count(string table)
    {
        await using var command = Record.Get<PostgresSource>().Work.CreateCommand($"select count(*) from fte.{table}");
        return (long)(await command.ExecuteScalarAsync())!;
    }
}
