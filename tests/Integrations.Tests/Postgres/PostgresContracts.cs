using FteAgent.Record;
using FteAgent.Testing;

namespace FteAgent.Postgres;

public sealed class PostgresKnowledgeStoreTests : KnowledgeStoreContract
{
    private protected override Task<TestRecord> Create(FakeTime time) => PostgresTestRecord.Create(time);
}

public sealed class PostgresOperatorDirectoryTests : OperatorDirectoryContract
{
    private protected override Task<TestRecord> Create(FakeTime time) => PostgresTestRecord.Create(time);
}

public sealed class PostgresSecretStoreTests : SecretStoreContract
{
    private protected override Task<TestRecord> Create(FakeTime time) => PostgresTestRecord.Create(time);
}
