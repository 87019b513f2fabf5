using FteAgent.Channels;
using FteAgent.Conversations;
using FteAgent.Customers;
using FteAgent.Telemetry;
using FteAgent.Tickets;

namespace FteAgent.Kafka;

/// <summary>
/// The road through Kafka: a message is durable once all replicas in sync hold its record, and whichever silo has the partition brings it to the
/// conversation. Nothing here asks the database.
/// </summary>
/// <param name="producer">Produces the record.</param>
/// <param name="firstResponse">When the first answer is promised by a channel.</param>
/// <param name="time">The clock.</param>
internal sealed class KafkaRoad(KafkaProducer producer, Func<Channel, TimeSpan> firstResponse, TimeProvider time) : IInboundRoad
{
    /// <summary>A session makes its customer's id, which the record then keeps.</summary>
    public Task<CustomerId> CustomerOf(CustomerIdentifier session, CustomerProfile profile, CancellationToken cancellationToken) =>
        Task.FromResult(CustomerId.New(session, time));

    /// <inheritdoc/>
    public string HealthCheck => TopicWatch.Name;

    /// <inheritdoc/>
    public bool IsAnswered => false;

    /// <inheritdoc/>
    public async Task<Accepted> Take(InboundMessage inbound, CancellationToken cancellationToken)
    {
        var id = inbound.Id ?? MessageId.Of(inbound.Channel, inbound.ChannelMessageId);
        var ticket = inbound.TicketId ?? TicketId.Of(id);
        var envelope = new CloudEvent(id.ToString(), CloudEvent.OurSource, InboundEvent.Type, inbound.ReceivedAt, Traces.Here, default);
        var end = await producer.Produce(
            KafkaTopics.Inbound(inbound.Channel), InboundWriter.Key(inbound), envelope.ToHeaders(), InboundWriter.Value(inbound, id, ticket), cancellationToken)
            .ConfigureAwait(false);
        if (end.Outcome is not ProduceOutcome.Acknowledged)
            throw new RecordUnavailableException($"Kafka did not take the message: {end.Cause}.");
        return new(AcceptOutcome.Stored, id, 0, ticket, inbound.ReceivedAt + firstResponse(inbound.Channel));
    }
}
