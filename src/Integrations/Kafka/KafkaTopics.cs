using System.Collections.Immutable;
using FteAgent.Conversations;

namespace FteAgent.Kafka;

/// <summary>The topics and what they are for. docs/events.md describes each.</summary>
public static class KafkaTopics
{
    /// <summary>Messages of customers that any system brings.</summary>
    public const string Incoming = "fte.tickets.incoming";

    /// <summary>Escalations, for whoever wants to know of them.</summary>
    public const string Escalations = "fte.escalations";

    /// <summary>How each silo does, once a minute.</summary>
    public const string Metrics = "fte.metrics";

    /// <summary>Records that could not be taken, with their cause.</summary>
    public const string DeadLetters = "fte.dlq";

    /// <summary>How long a broker keeps customers' words at most: an erased person's are gone from the topics after this.</summary>
    public static readonly TimeSpan Retention = TimeSpan.FromDays(7);

    /// <summary>
    /// How long a topic of ours keeps a segment after its newest record: <c>retention.ms</c>. With <see cref="Segment"/> before it that is within
    /// <see cref="Retention"/>, and leaves the broker half a day to see to it.
    /// </summary>
    public static readonly TimeSpan KeptFor = TimeSpan.FromDays(6);

    /// <summary>How long a topic of ours writes into one segment: <c>segment.ms</c>. Brokers delete whole segments, so its oldest record is kept longer.</summary>
    public static readonly TimeSpan Segment = TimeSpan.FromHours(12);

    /// <summary>The topics that silos consume.</summary>
    public static ImmutableArray<string> Consumed { get; } = [Incoming, .. Enum.GetValues<Channel>().Select(Inbound)];

    /// <summary>All of them.</summary>
    public static ImmutableArray<string> All { get; } =
        [.. Consumed, .. Enum.GetValues<Channel>().Select(Outbound), Escalations, Metrics, DeadLetters];

    /// <summary>Where a channel's messages come in.</summary>
    public static string Inbound(Channel channel) => $"fte.channels.{Name(channel)}.inbound";

    /// <summary>Where a channel's replies are told.</summary>
    public static string Outbound(Channel channel) => $"fte.channels.{Name(channel)}.outbound";

    /// <summary>What a channel is called in topics and records.</summary>
    public static string Name(Channel channel) => channel switch
    {
        Channel.Web => "webform",
        Channel.Email => "email",
        Channel.WhatsApp => "whatsapp",
        _ => throw new ArgumentOutOfRangeException(nameof(channel), channel, "This channel has no topic."),
    };

    /// <summary>Which channel is meant; null for none of ours.</summary>
    public static Channel? ChannelOf(string? name) => name switch
    {
        "webform" or "web" => Channel.Web,
        "email" => Channel.Email,
        "whatsapp" or "whats_app" => Channel.WhatsApp,
        _ => null,
    };

    /// <summary>Which channel an inbound topic belongs to; null for <see cref="Incoming"/>, where each record says it.</summary>
    public static Channel? ChannelOfTopic(string topic)
    {
        foreach (var channel in Enum.GetValues<Channel>())
            if (Inbound(channel) == topic)
                return channel;
        return null;
    }
}
