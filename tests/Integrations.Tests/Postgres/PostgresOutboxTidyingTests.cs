using FteAgent.Record;
using FteAgent.Testing;

namespace FteAgent.Postgres;

public sealed class PostgresOutboxTidyingTests : OutboxTidyingContract
{
    private protected override Task<TestRecord> Create(FakeTime time) => PostgresTestRecord.Create(time);

    private protected override async Task<string> Rows()
    {
        await using var command = Record.Get<PostgresSource>().Work.CreateCommand(
            "select string_agg(destination || ' ' || sequence || ' ' || payload, ', ' order by destination, sequence) from fte.outbox");
        return (string)(await command.ExecuteScalarAsync())!;
    }
}
