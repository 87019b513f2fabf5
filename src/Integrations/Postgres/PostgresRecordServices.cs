using FteAgent.Answering;
using FteAgent.Channels;
using FteAgent.Conversations;
using FteAgent.Customers;
using FteAgent.Health;
using FteAgent.Intents;
using FteAgent.Jobs;
using FteAgent.Knowledge;
using FteAgent.Learning;
using FteAgent.Operators;
using FteAgent.Reports;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace FteAgent.Postgres;

/// <summary>Wires the record of a fleet.</summary>
public static class PostgresRecordServices
{
    /// <summary>
    /// Every port of the record, kept in one Postgres database that all silos share. Nothing is connected to before the first of them
    /// is asked for; a hosted service makes sure at the start that the schema is new enough. Adds the health checks <c>record</c> and
    /// <c>pgvector</c>.
    /// </summary>
    /// <exception cref="FormatException">A URL cannot be read.</exception>
    public static IServiceCollection AddPostgresRecord(this IServiceCollection services, PostgresOptions options)
    {
        services.TryAddSingleton(TimeProvider.System);
        // Read at once: a URL that cannot be read stops the start, not the first message.
        var source = new PostgresSource(options);
        services.AddSingleton(options);
        services.AddSingleton(_ => source);
        services.AddSingleton<PostgresRecord>();
        services.AddSingleton<PostgresMigrations>();
        services.AddHostedService<PostgresSchemaCheck>();
        services.AddSingleton(_ => new CommitPipeline(source.Work, CommitLimits.Of(source), TimeProvider.System));
        services.AddSingleton<IConversationStore, PostgresConversationStore>();
        services.AddSingleton<IDutyRoster, PostgresDutyRoster>();
        services.AddSingleton<IOutbox, PostgresOutbox>();
        services.AddSingleton<IGivenUp, PostgresGivenUp>();
        services.AddSingleton<ICustomerDirectory, PostgresCustomerDirectory>();
        services.AddSingleton<IIdentities, PostgresIdentities>();
        services.AddSingleton<ICustomerHistory, PostgresCustomerHistory>();
        services.AddSingleton<IPersonalData, PostgresPersonalData>();
        services.AddSingleton<IOrigins, PostgresOrigins>();
        services.AddSingleton<IAttachments, PostgresAttachments>();
        services.AddSingleton<IDeliveries, PostgresDeliveries>();
        services.AddSingleton<ISeenMarks, PostgresSeenMarks>();
        services.AddSingleton<IModelSpend, PostgresModelSpend>();
        services.AddSingleton<IArticles, PostgresArticles>();
        services.AddSingleton<IFeedback, PostgresFeedback>();
        services.AddSingleton<IGaps, PostgresGaps>();
        services.AddSingleton<IIntents, PostgresIntents>();
        services.AddSingleton<IMailboxCursors, PostgresMailboxCursors>();
        services.AddSingleton<IJobRoster, PostgresJobRoster>();
        services.AddSingleton<IInboxQueries, PostgresInboxQueries>();
        services.AddSingleton<IReportQueries, PostgresReportQueries>();
        services.AddSingleton<IDailyReports, PostgresDailyReports>();
        services.AddSingleton<IBacklogQueries, PostgresBacklogQueries>();
        services.AddSingleton<PostgresLiveSignals>();
        services.AddSingleton<ILiveSignals>(provider => provider.GetRequiredService<PostgresLiveSignals>());
        services.AddHostedService(provider => provider.GetRequiredService<PostgresLiveSignals>());
        services.AddSingleton<IKnowledgeStore, PostgresKnowledgeStore>();
        services.AddSingleton<IKnowledgeFlags, PostgresKnowledgeFlags>();
        services.AddSingleton<PostgresVectorSearch>();
        services.AddSingleton<IVectorSearch>(provider => provider.GetRequiredService<PostgresVectorSearch>());
        // One of each, so that an answer can be kept for a while.
        services.AddSingleton<PostgresHealth>();
        services.AddSingleton<PostgresVectorHealth>();
        services.AddSingleton<IOperatorDirectory, PostgresOperatorDirectory>();
        services.AddSingleton<ISecretStore, PostgresSecretStore>();
        services.AddHealthChecks().AddCheck<PostgresHealth>(PostgresHealth.Name).AddCheck<PostgresVectorHealth>(PostgresVectorHealth.Name);
        return services;
    }
}
