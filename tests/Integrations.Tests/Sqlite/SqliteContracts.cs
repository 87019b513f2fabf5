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

public sealed class SqliteCustomerDirectoryTests : CustomerDirectoryContract
{
    private protected override Task<TestRecord> Create(FakeTime time) => SqliteTestRecord.Create(time);
}

public sealed class SqliteInboxQueriesTests : InboxQueriesContract
{
    private protected override Task<TestRecord> Create(FakeTime time) => SqliteTestRecord.Create(time);
}

public sealed class SqliteKnowledgeStoreTests : KnowledgeStoreContract
{
    private protected override Task<TestRecord> Create(FakeTime time) => SqliteTestRecord.Create(time);
}

public sealed class SqliteKnowledgeFlagsTests : KnowledgeFlagsContract
{
    private protected override Task<TestRecord> Create(FakeTime time) => SqliteTestRecord.Create(time);
}

public sealed class SqliteKnowledgeChangeTests : KnowledgeChangeContract
{
    private protected override Task<TestRecord> Create(FakeTime time) => SqliteTestRecord.Create(time);
}

public sealed class SqliteOperatorDirectoryTests : OperatorDirectoryContract
{
    private protected override Task<TestRecord> Create(FakeTime time) => SqliteTestRecord.Create(time);
}

public sealed class SqliteSecretStoreTests : SecretStoreContract
{
    private protected override Task<TestRecord> Create(FakeTime time) => SqliteTestRecord.Create(time);
}

public sealed class SqliteReportQueriesTests : ReportQueriesContract
{
    private protected override Task<TestRecord> Create(FakeTime time) => SqliteTestRecord.Create(time);

    private protected override Task Execute(string sql) =>
        Record.Get<SqliteRecord>().Write(session => session[sql.Replace("{0}", "", StringComparison.Ordinal)].Execute(), default);
}

public sealed class SqliteDailyReportsTests : DailyReportsContract
{
    private protected override Task<TestRecord> Create(FakeTime time) => SqliteTestRecord.Create(time);
}

public sealed class SqliteBacklogQueriesTests : BacklogQueriesContract
{
    private protected override Task<TestRecord> Create(FakeTime time) => SqliteTestRecord.Create(time);
}

public sealed class SqliteOutboxTidyingTests : OutboxTidyingContract
{
    private protected override Task<TestRecord> Create(FakeTime time) => SqliteTestRecord.Create(time);

    private protected override async Task<string> Rows() => string.Join(", ", await Record.Get<SqliteRecord>().Read(
        session => session["select destination || ' ' || sequence || ' ' || payload from outbox order by destination, sequence"].List(static row => row.Text()), default));
}

public sealed class SqliteCodesTests : CodesContract
{
    private protected override Task<TestRecord> Create(FakeTime time) => SqliteTestRecord.Create(time);
}

public sealed class SqlitePartingTests : PartingContract
{
    private protected override Task<TestRecord> Create(FakeTime time) => SqliteTestRecord.Create(time);
}

public sealed class SqliteIdentitiesTests : IdentitiesContract
{
    private protected override Task<TestRecord> Create(FakeTime time) => SqliteTestRecord.Create(time);
}

public sealed class SqliteCustomerHistoryTests : CustomerHistoryContract
{
    private protected override Task<TestRecord> Create(FakeTime time) => SqliteTestRecord.Create(time);
}

public sealed class SqlitePersonalDataTests : PersonalDataContract
{
    private protected override Task<TestRecord> Create(FakeTime time) => SqliteTestRecord.Create(time);
}

public sealed class SqliteChannelRecordTests : ChannelRecordContract
{
    private protected override Task<TestRecord> Create(FakeTime time) => SqliteTestRecord.Create(time);
}

public sealed class SqliteMailboxCursorsTests : MailboxCursorsContract
{
    private protected override Task<TestRecord> Create(FakeTime time) => SqliteTestRecord.Create(time);
}

public sealed class SqliteShortMemoryTests : ShortMemoryContract
{
    private protected override Task<TestRecord> Create(FakeTime time) => SqliteTestRecord.Create(time);

    private protected override Task<long> Count(string table) =>
        Record.Get<SqliteRecord>().Read(session => session[$"select count(*) from {table}"].First(static row => row.Long(), 0L), default);
}

public sealed class SqliteModelSpendTests : ModelSpendContract
{
    private protected override Task<TestRecord> Create(FakeTime time) => SqliteTestRecord.Create(time);
}

public sealed class SqliteJobRosterTests : JobRosterContract
{
    private protected override Task<TestRecord> Create(FakeTime time) => SqliteTestRecord.Create(time);
}

public sealed class SqliteArticlesTests : ArticlesContract
{
    private protected override Task<TestRecord> Create(FakeTime time) => SqliteTestRecord.Create(time);
}

public sealed class SqliteFeedbackTests : FeedbackContract
{
    private protected override Task<TestRecord> Create(FakeTime time) => SqliteTestRecord.Create(time);
}

public sealed class SqliteGapsTests : GapsContract
{
    private protected override Task<TestRecord> Create(FakeTime time) => SqliteTestRecord.Create(time);
}

public sealed class SqliteLearningTests : LearningContract
{
    private protected override Task<TestRecord> Create(FakeTime time) => SqliteTestRecord.Create(time);
}

public sealed class SqliteIntentsTests : IntentsContract
{
    private protected override Task<TestRecord> Create(FakeTime time) => SqliteTestRecord.Create(time);
}

public sealed class SqliteIntentLearningTests : IntentLearningContract
{
    private protected override Task<TestRecord> Create(FakeTime time) => SqliteTestRecord.Create(time);
}
