using FteAgent.Channels;
using FteAgent.Conversations;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;

namespace FteAgent.Kafka;

/// <summary>Wires Kafka: what comes by it, what is told by it, and where asked for the road by which messages come in.</summary>
public static class KafkaServices
{
    /// <summary>
    /// Consumes messages and tells what was decided. Registered behind what the grains need, so that the consumer stops before them. Adds the health
    /// check <c>kafka</c>.
    /// </summary>
    /// <param name="services">The services.</param>
    /// <param name="options">Where the broker is.</param>
    /// <param name="drain">How long what is in flight may take when the silo stops.</param>
    public static void AddKafka(this IServiceCollection services, KafkaOptions options, Func<IServiceProvider, TimeSpan> drain)
    {
        services.TryAddSingleton(TimeProvider.System);
        services.AddSingleton(options);
        services.AddSingleton<KafkaClients>();
        services.AddSingleton<KafkaMetrics>();
        services.AddSingleton<KafkaProducer>();
        services.AddSingleton<KafkaAdmin>();
        services.AddSingleton<GroupMember>();
        services.AddSingleton<TopicSetup>();
        services.AddSingleton<TopicWatch>();
        services.AddHostedService(provider => provider.GetRequiredService<TopicWatch>());
        services.AddHealthChecks().AddCheck<TopicWatch>(TopicWatch.Name);

        services.AddSingleton<IChannelSender, EventSender>();
        services.AddHostedService<LagWatch>();
        services.AddHostedService<MetricsPublisher>();

        services.TryAddSingleton<ChannelIntake>();
        services.AddSingleton(provider =>
        {
            var producer = provider.GetRequiredService<KafkaProducer>();
            return new DeadLetterBox(
                (key, headers, value, token) => producer.Produce(KafkaTopics.DeadLetters, key, headers, value, token), provider.GetRequiredService<TimeProvider>());
        });
        services.AddSingleton(provider => new RecordHandler(
            // Straight into the record, whichever road messages come in by: what came by the road is not put on it again.
            provider.GetRequiredService<ChannelIntake>().Take,
            provider.GetRequiredService<DeadLetterBox>(),
            new(provider.GetRequiredService<ChannelIntake>().CallPerson, provider.GetRequiredService<TimeProvider>(), provider.GetRequiredService<ILogger<BuriedCall>>()),
            provider.GetRequiredService<KafkaMetrics>(), provider.GetRequiredService<TimeProvider>(), provider.GetRequiredService<ILogger<RecordHandler>>()));
        services.AddHostedService(provider => new InboundConsumer(
            provider.GetRequiredService<KafkaClients>(), provider.GetRequiredService<RecordHandler>(),
            new InboundReader(options.TrustsProof, provider.GetRequiredService<TimeProvider>()), provider.GetRequiredService<GroupMember>(),
            provider.GetRequiredService<KafkaMetrics>(), () => drain(provider), provider.GetRequiredService<ILoggerFactory>()));
    }

    /// <summary>Messages come in through Kafka: what the channels take is durable when all replicas in sync hold it.</summary>
    /// <param name="services">The services, to which <see cref="AddKafka"/> was added.</param>
    /// <param name="firstResponse">When the first answer is promised by a channel.</param>
    public static void AddKafkaRoad(this IServiceCollection services, Func<IServiceProvider, Channel, TimeSpan> firstResponse) =>
        services.AddSingleton<IInboundRoad>(provider => new KafkaRoad(
            provider.GetRequiredService<KafkaProducer>(), channel => firstResponse(provider, channel), provider.GetRequiredService<TimeProvider>()));
}
