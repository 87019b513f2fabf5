using System.Text.Json;
using System.Text.Json.Serialization;
using FteAgent.Answering;

namespace FteAgent.Conversations;

/// <summary>What operators' own tools are told of an escalation: the payload of outbox items for <see cref="Destination"/>.</summary>
/// <param name="EscalationId">The escalation, the same in each reminder.</param>
/// <param name="ConversationId">The conversation, for a link.</param>
/// <param name="TicketId">The matter.</param>
/// <param name="Subject">What it is about.</param>
/// <param name="Reason">Why a person is needed.</param>
/// <param name="Urgency">How soon.</param>
/// <param name="Route">Who should look.</param>
/// <param name="Summary">What happened so far.</param>
/// <param name="RaisedAt">Since when.</param>
/// <param name="Reminders">How often the promised time has passed without anybody.</param>
public sealed record EscalationNotice(
    Guid EscalationId, string ConversationId, string TicketId, string Subject, EscalationReason Reason, Urgency Urgency,
    string Route, string Summary, DateTimeOffset RaisedAt, int Reminders)
{
    /// <summary>The outbox destination of these notices.</summary>
    public const string Destination = "escalations";

    /// <summary>How they are written: snake case throughout.</summary>
    public static JsonSerializerOptions Json { get; } = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.SnakeCaseLower) },
    };
}
