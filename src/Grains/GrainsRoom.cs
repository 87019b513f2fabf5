using System.Collections.Immutable;
using FteAgent.Answering;
using FteAgent.Answering.Rules;
using FteAgent.Channels;
using FteAgent.Conversations;
using FteAgent.Customers;
using FteAgent.Deliveries;
using FteAgent.Events;
using FteAgent.Health;
using FteAgent.Knowledge;
using FteAgent.Knowledge.Flags;
using FteAgent.Reports;
using FteAgent.Tickets;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace FteAgent;

/// <summary>The decisions, and the services that carry them from one turn to the next.</summary>
public static class GrainsRoom
{
    /// <summary>Adds what the grains need. The ports come from elsewhere.</summary>
    public static void AddGrainServices(this IServiceCollection services)
    {
        services.AddOptionsWithValidateOnStart<ConversationOptions>().BindConfiguration("Conversation").ValidateDataAnnotations();
        services.AddOptionsWithValidateOnStart<ReplyOptions>().BindConfiguration("Reply").ValidateDataAnnotations();
        services.AddBusinessHours();

        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton(SiloIncarnation.New());
        services.TryAddSingleton<StopTime>();
        services.TryAddSingleton(_ => new RuleBook(EscalationPolicy.Default));
        services.AddSingleton(provider => new ConversationContext(
            provider.GetRequiredService<IOptions<ConversationOptions>>().Value,
            new BusinessHours(provider.GetRequiredService<IOptions<BusinessHoursOptions>>().Value),
            provider.GetRequiredService<RuleBook>(),
            provider.GetRequiredService<TimeProvider>(),
            provider.GetRequiredService<SiloIncarnation>(),
            provider.GetRequiredService<IOptions<ReplyOptions>>().Value,
            RoadsOf(provider.GetServices<IChannelSender>().Select(sender => sender.Destination).ToHashSet(StringComparer.Ordinal))));

        services.AddMetrics();
        services.AddSingleton<ConversationMetrics>();
        services.AddSingleton<AnsweringMetrics>();
        services.AddSingleton<DeliveryMetrics>();
        services.AddSingleton<SweepMetrics>();
        // Found by the engine, whichever it is.
        services.AddSingleton<IIncomingGrainCallFilter, CallTraces>();
        services.AddSingleton<IIncomingGrainCallFilter, GrainCallMetrics>();

        services.TryAddSingleton<ConversationCalls>();
        services.TryAddSingleton<AddressLinks>();
        services.AddKnowledgeServices();
        services.AddHostedService<Heartbeat>();
        services.AddHostedService<KnowledgeRefresher>();
        services.AddHostedService<FlagWatch>();

        // Before the runner, and so it stops after it: what the last drafts decide is still sent, and what is being sent takes no draft's time.
        services.AddSingleton<Deliverer>();
        services.AddSingleton<IDeliveryQueue>(provider => provider.GetRequiredService<Deliverer>());
        services.AddHostedService(provider => provider.GetRequiredService<Deliverer>());
        services.AddSingleton<Cores>();
        services.AddSingleton(Models);
        services.AddSingleton<Drafter>();
        services.AddSingleton<ExchangeRunner>();
        services.AddSingleton<IExchangeQueue>(provider => provider.GetRequiredService<ExchangeRunner>());
        services.AddHostedService(provider => provider.GetRequiredService<ExchangeRunner>());
        services.TryAddSingleton<UnknownCommits>();
        services.AddHostedService<DutySweeper>();
        services.AddHostedService<BacklogWatch>();
        services.TryAddSingleton(MailboxTimes.Default);
        services.TryAddSingleton<IMailMemory, MailMemory>();
        services.AddSingleton<MailboxMetrics>();
        services.AddHostedService<MailboxPoller>();
        services.AddReportServices();
    }

    private static ModelChain Models(IServiceProvider provider)
    {
        ImmutableArray<IChatModel> models = provider.GetService<ConfiguredModels>() is { } configured
            ? configured.FallsBackToQuotes ? [.. configured.Models, provider.GetRequiredService<ExtractiveAssistant>()] : configured.Models
            : [provider.GetRequiredService<IChatModel>()];
        return new(
            models, provider.GetRequiredService<Cores>(), provider.GetRequiredService<AnsweringMetrics>(), provider.GetRequiredService<TimeProvider>(),
            provider.GetRequiredService<ILogger<ModelChain>>());
    }

    private static Roads RoadsOf(HashSet<string> destinations) =>
        new(destinations.Contains(EscalationNotice.Destination), destinations.Contains(OutboundMessage.Unseen), destinations.Contains(PublishedEvent.Destination));

    /// <summary>Adds the hours in which people work, bound and checked.</summary>
    public static IServiceCollection AddBusinessHours(this IServiceCollection services)
    {
        services.AddOptionsWithValidateOnStart<BusinessHoursOptions, BusinessHoursValidator>().BindConfiguration("BusinessHours");
        return services.AddSingleton<IPostConfigureOptions<BusinessHoursOptions>, BusinessHoursValidator>();
    }
}
