using FteAgent.Answering;
using FteAgent.Channels;
using FteAgent.Conversations;
using FteAgent.Customers;
using FteAgent.Health;
using FteAgent.Jobs;
using FteAgent.InProcess;
using FteAgent.Intents;
using FteAgent.Knowledge;
using FteAgent.Learning;
using FteAgent.Operators;
using FteAgent.Reports;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace FteAgent.Sqlite;

/// <summary>Wires the embedded record.</summary>
public static class SqliteRecordServices
{
    /// <summary>
    /// Every port of the record, kept in one SQLite file, and live signals within this process. The file is opened when the first
    /// of them is asked for. Adds the health check <c>record</c>.
    /// </summary>
    public static IServiceCollection AddSqliteRecord(this IServiceCollection services, SqliteOptions options)
    {
        services.TryAddSingleton(TimeProvider.System);
        services.AddSingleton(options);
        services.AddSingleton<SqliteRecord>();
        services.AddSingleton<SqliteBackup>();
        services.AddSingleton<IConversationStore, SqliteConversationStore>();
        services.AddSingleton<IDutyRoster, SqliteDutyRoster>();
        services.AddSingleton<IOutbox, SqliteOutbox>();
        services.AddSingleton<IGivenUp, SqliteGivenUp>();
        services.AddSingleton<IInboxQueries, SqliteInboxQueries>();
        services.AddSingleton<ICustomerDirectory, SqliteCustomerDirectory>();
        services.AddSingleton<IIdentities, SqliteIdentities>();
        services.AddSingleton<ICustomerHistory, SqliteCustomerHistory>();
        services.AddSingleton<IPersonalData, SqlitePersonalData>();
        services.AddSingleton<IOrigins, SqliteOrigins>();
        services.AddSingleton<IAttachments, SqliteAttachments>();
        services.AddSingleton<IDeliveries, SqliteDeliveries>();
        services.AddSingleton<ISeenMarks, SqliteSeenMarks>();
        services.AddSingleton<IModelSpend, SqliteModelSpend>();
        services.AddSingleton<IArticles, SqliteArticles>();
        services.AddSingleton<IFeedback, SqliteFeedback>();
        services.AddSingleton<IGaps, SqliteGaps>();
        services.AddSingleton<IIntents, SqliteIntents>();
        services.AddSingleton<IMailboxCursors, SqliteMailboxCursors>();
        services.AddSingleton<IJobRoster, SqliteJobRoster>();
        services.AddSingleton<IKnowledgeStore, SqliteKnowledgeStore>();
        services.AddSingleton<IKnowledgeFlags, SqliteKnowledgeFlags>();
        services.AddSingleton<IOperatorDirectory, SqliteOperatorDirectory>();
        services.AddSingleton<ISecretStore, SqliteSecretStore>();
        services.AddSingleton<IReportQueries, SqliteReportQueries>();
        services.AddSingleton<IDailyReports, SqliteDailyReports>();
        services.AddSingleton<IBacklogQueries, SqliteBacklogQueries>();
        services.AddSingleton<ILiveSignals, LiveSignals>();
        services.AddHealthChecks().AddCheck<SqliteHealth>(SqliteHealth.Name);
        return services;
    }
}
