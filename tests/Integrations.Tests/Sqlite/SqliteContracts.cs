using FteAgent.Record;
using FteAgent.Testing;

namespace FteAgent.Sqlite;

public sealed class SqliteConversationStoreTests : ConversationStoreContract
{
    private protected override Task<TestRecord> Create(FakeTime time) => SqliteTestRecord.Create(time);
}

public sealed class SqliteOutboxTests : OutboxContract
{
    private protected override Task<TestRecord> Create(FakeTime time) => SqliteTestRecord.Create(time);
}

public sealed class SqliteDutyRosterTests : DutyRosterContract
{
    private protected override Task<TestRecord> Create(FakeTime time) => SqliteTestRecord.Create(time);
}
