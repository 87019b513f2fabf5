using FteAgent.Record;
using FteAgent.Testing;

namespace FteAgent.Postgres;

public sealed class PostgresConversationStoreTests : ConversationStoreContract
{
    private protected override Task<TestRecord> Create(FakeTime time) => PostgresTestRecord.Create(time);
}

public sealed class PostgresOutboxTests : OutboxContract
{
    private protected override Task<TestRecord> Create(FakeTime time) => PostgresTestRecord.Create(time);
}

public sealed class PostgresDutyRosterTests : DutyRosterContract
{
    private protected override Task<TestRecord> Create(FakeTime time) => PostgresTestRecord.Create(time);
}

public sealed class PostgresCustomerDirectoryTests : CustomerDirectoryContract
{
    private protected override Task<TestRecord> Create(FakeTime time) => PostgresTestRecord.Create(time);
}
