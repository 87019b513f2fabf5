using System.Text;
using System.Text.Json;
using FteAgent.Conversations;
using FteAgent.Events;
using FteAgent.Telemetry;

namespace FteAgent.Kafka;

/// <summary>Tells other systems what was decided: replies to the topic of their channel, escalations to theirs. The event's id is the outbox item's.</summary>
internal sealed class EventSender(KafkaProducer producer) : IChannelSender
{
    /// <inheritdoc/>
    public string Destination => PublishedEvent.Destination;

    /// <inheritdoc/>
    public async Task<SendResult> Send(OutboxItem item, CancellationToken cancellationToken)
    {
        if (Read(item.Payload) is not { } published || TopicOf(published) is not { } topic)
            return SendResult.Unsendable("the payload is no event that has a topic");
        var envelope = new CloudEvent(item.Id.ToString(), CloudEvent.OurSource, published.Type, published.At, Traces.Here, default);
        var end = await producer.Produce(
            topic, Encoding.ASCII.GetBytes(item.Customer.ToString()), envelope.ToHeaders(), Encoding.UTF8.GetBytes(item.Payload), cancellationToken).ConfigureAwait(false);
        return end.Outcome switch
        {
            ProduceOutcome.Acknowledged => SendResult.Sent,
            ProduceOutcome.Unavailable => new(SendOutcome.TryAgain, end.Cause),
            _ => new(SendOutcome.Refused, end.Cause),
        };
    }

    private static string? TopicOf(PublishedEvent published) => published switch
    {
        { Type: PublishedEvent.MessageSent, Channel: { } channel } => KafkaTopics.Outbound(channel),
        { Type: PublishedEvent.EscalationRaised } => KafkaTopics.Escalations,
        _ => null,
    };

    private static PublishedEvent? Read(string payload)
    {
        try
        {
            return JsonSerializer.Deserialize<PublishedEvent>(payload, PublishedEvent.Json);
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
