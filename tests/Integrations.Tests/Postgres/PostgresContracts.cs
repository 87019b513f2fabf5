using FteAgent.Knowledge;
using FteAgent.Record;
using FteAgent.Testing;

namespace FteAgent.Postgres;

public sealed class PostgresKnowledgeStoreTests : KnowledgeStoreContract
{
    private protected override Task<TestRecord> Create(FakeTime time) => PostgresTestRecord.Create(time);
}

public sealed class PostgresKnowledgeFlagsTests : KnowledgeFlagsContract
{
    private protected override Task<TestRecord> Create(FakeTime time) => PostgresTestRecord.Create(time);
}

public sealed class PostgresKnowledgeChangeTests : KnowledgeChangeContract
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

public sealed class PostgresInboxQueriesTests : InboxQueriesContract
{
    private protected override Task<TestRecord> Create(FakeTime time) => PostgresTestRecord.Create(time);
}

public sealed class PostgresReportQueriesTests : ReportQueriesContract
{
    private protected override Task<TestRecord> Create(FakeTime time) => PostgresTestRecord.Create(time);

    private protected override Task Execute(string sql) => Record.Get<PostgresRecord>()[sql.Replace("{0}", "fte.", StringComparison.Ordinal)].Execute(default);
}

public sealed class PostgresVectorSearchTests : VectorSearchContract
{
    private protected override IVectorSearch Search => Record.Get<IVectorSearch>();

    private protected override Task<TestRecord> Create(FakeTime time) => PostgresTestRecord.Create(time);
}

public sealed class PostgresExactVectorSearchTests : VectorSearchContract
{
    private protected override IVectorSearch Search => new ExactVectorSearch(Record.Knowledge);

    private protected override Task<TestRecord> Create(FakeTime time) => PostgresTestRecord.Create(time);
}

public sealed class PostgresDailyReportsTests : DailyReportsContract
{
    private protected override Task<TestRecord> Create(FakeTime time) => PostgresTestRecord.Create(time);
}

public sealed class PostgresBacklogQueriesTests : BacklogQueriesContract
{
    private protected override Task<TestRecord> Create(FakeTime time) => PostgresTestRecord.Create(time);
}

public sealed class PostgresCodesTests : CodesContract
{
    private protected override Task<TestRecord> Create(FakeTime time) => PostgresTestRecord.Create(time);
}

public sealed class PostgresPartingTests : PartingContract
{
    private protected override Task<TestRecord> Create(FakeTime time) => PostgresTestRecord.Create(time);
}

public sealed class PostgresIdentitiesTests : IdentitiesContract
{
    private protected override Task<TestRecord> Create(FakeTime time) => PostgresTestRecord.Create(time);
}

public sealed class PostgresCustomerHistoryTests : CustomerHistoryContract
{
    private protected override Task<TestRecord> Create(FakeTime time) => PostgresTestRecord.Create(time);
}

public sealed class PostgresPersonalDataTests : PersonalDataContract
{
    private protected override Task<TestRecord> Create(FakeTime time) => PostgresTestRecord.Create(time);
}

public sealed class PostgresChannelRecordTests : ChannelRecordContract
{
    private protected override Task<TestRecord> Create(FakeTime time) => PostgresTestRecord.Create(time);
}

public sealed class PostgresMailboxCursorsTests : MailboxCursorsContract
{
    private protected override Task<TestRecord> Create(FakeTime time) => PostgresTestRecord.Create(time);
}

public sealed class PostgresModelSpendTests : ModelSpendContract
{
    private protected override Task<TestRecord> Create(FakeTime time) => PostgresTestRecord.Create(time);
}

public sealed class PostgresJobRosterTests : JobRosterContract
{
    private protected override Task<TestRecord> Create(FakeTime time) => PostgresTestRecord.Create(time);
}

public sealed class PostgresArticlesTests : ArticlesContract
{
    private protected override Task<TestRecord> Create(FakeTime time) => PostgresTestRecord.Create(time);
}

public sealed class PostgresFeedbackTests : FeedbackContract
{
    private protected override Task<TestRecord> Create(FakeTime time) => PostgresTestRecord.Create(time);
}

public sealed class PostgresGapsTests : GapsContract
{
    private protected override Task<TestRecord> Create(FakeTime time) => PostgresTestRecord.Create(time);
}

public sealed class PostgresLearningTests : LearningContract
{
    private protected override Task<TestRecord> Create(FakeTime time) => PostgresTestRecord.Create(time);
}

public sealed class PostgresIntentsTests : IntentsContract
{
    private protected override Task<TestRecord> Create(FakeTime time) => PostgresTestRecord.Create(time);
}

public sealed class PostgresIntentLearningTests : IntentLearningContract
{
    private protected override Task<TestRecord> Create(FakeTime time) => PostgresTestRecord.Create(time);
}
