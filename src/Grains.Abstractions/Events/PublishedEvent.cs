using System.Text.Json;
using System.Text.Json.Serialization;
using FteAgent.Answering;
using FteAgent.Conversations;

namespace FteAgent.Events;

/// <summary>Something that other systems may want to know of: the payload of outbox items for <see cref="Destination"/>. The item's id is the event's.</summary>
/// <param name="Type">What happened: one of the constants here.</param>
/// <param name="ConversationId">The customer, and so their conversation.</param>
/// <param name="TicketId">The matter.</param>
/// <param name="At">When it was decided.</param>
/// <param name="Channel">By which channel a message goes.</param>
/// <param name="MessageId">Which message.</param>
/// <param name="Sequence">Its place in the conversation.</param>
/// <param name="Author">Who wrote it.</param>
/// <param name="Text">Its words.</param>
/// <param name="EscalationId">Which escalation.</param>
/// <param name="Reason">Why a person is needed.</param>
/// <param name="Urgency">How soon.</param>
/// <param name="Route">Who should look.</param>
/// <param name="Summary">What happened so far.</param>
public sealed record PublishedEvent(
    string Type, string ConversationId, string? TicketId, DateTimeOffset At,
    Channel? Channel = null, string? MessageId = null, long? Sequence = null, ActorKind? Author = null, string? Text = null,
    Guid? EscalationId = null, EscalationReason? Reason = null, Urgency? Urgency = null, string? Route = null, string? Summary = null)
{
    /// <summary>The outbox destination of events.</summary>
    public const string Destination = "events";

    /// <summary>A message to the customer was decided.</summary>
    public const string MessageSent = "fte.message.sent";

    /// <summary>A person is needed, or more urgently.</summary>
    public const string EscalationRaised = "fte.escalation.raised";

    /// <summary>How it is written: snake case throughout.</summary>
    public static JsonSerializerOptions Json { get; } = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.SnakeCaseLower) },
    };
}
