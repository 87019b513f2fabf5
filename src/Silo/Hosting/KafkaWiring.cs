using FteAgent.Conversations;
using FteAgent.Health;
using FteAgent.Kafka;
using FteAgent.Silo.Settings;
using Microsoft.Extensions.Options;

namespace FteAgent.Silo.Hosting;

/// <summary>What the broker's side must know of the grains'.</summary>
internal static class KafkaWiring
{
    /// <summary>What a silo is called that is in no fleet.</summary>
    public const string Alone = "fte";

    /// <summary>A call of a conversation ends within nine seconds, and mostly within milliseconds.</summary>
    private static readonly TimeSpan DrainFor = TimeSpan.FromSeconds(5);

    /// <summary>What the drafts, the deliveries and the rest need, which stop after the consumer.</summary>
    private static readonly TimeSpan OthersNeed = TimeSpan.FromSeconds(14);

    public static void AddKafka(this IServiceCollection services, KafkaSettings settings)
    {
        settings.Check();
        services.AddKafka(settings.Options, provider => provider.GetRequiredService<StopTime>().Share(DrainFor, OthersNeed));
        if (settings.TakesThroughKafka)
            services.AddKafkaRoad((provider, channel) => provider.GetRequiredService<IOptions<ConversationOptions>>().Value.FirstResponseBy(channel));
    }
}
