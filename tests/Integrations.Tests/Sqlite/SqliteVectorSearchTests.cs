using FteAgent.Knowledge;
using FteAgent.Record;
using FteAgent.Testing;

namespace FteAgent.Sqlite;

public sealed class SqliteVectorSearchTests : VectorSearchContract
{
    private protected override IVectorSearch Search => new ExactVectorSearch(Record.Knowledge);

    private protected override Task<TestRecord> Create(FakeTime time) => SqliteTestRecord.Create(time);
}
