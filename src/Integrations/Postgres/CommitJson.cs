using System.Buffers;
using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using FteAgent.Conversations;
using FteAgent.Operators;
using FteAgent.Storage;
using FteAgent.Tickets;

namespace FteAgent.Postgres;

/// <summary>What most commits do not bring, as one JSON document for the group; null when none of its members brings any.</summary>
internal static class CommitJson
{
    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, SkipValidation = true };

    public static string? Tickets(IReadOnlyList<ConversationChanges> members) => Write(members, c => LastOfEach(c.Tickets, t => t.Id), static (json, ticket, _) =>
    {
        var resolution = ticket.Resolution;
        Text(json, "id", ticket.Id.Value);
        Text(json, "subject", ticket.Subject);
        Enum<TicketStatus>(json, "status", ticket.Status);
        Enum<TicketCategory>(json, "category", ticket.Category);
        Enum<TicketPriority>(json, "priority", ticket.Priority);
        Enum<Channel>(json, "channel", ticket.Channel);
        Time(json, "opened_at", ticket.OpenedAt);
        Time(json, "first_response_due", ticket.FirstResponseDue);
        Time(json, "first_response_at", ticket.FirstResponseAt);
        Time(json, "escalated_at", ticket.EscalatedAt);
        Enum(json, "resolution_by", resolution?.By.Kind);
        Who(json, "resolution_operator", resolution?.By.Operator);
        Time(json, "resolution_at", resolution?.At);
        Text(json, "resolution_notes", resolution?.Notes);
        Enum(json, "resolution_verified_by", resolution?.VerifiedBy);
        Time(json, "resolution_verified_at", resolution?.VerifiedAt);
        Time(json, "closed_at", ticket.ClosedAt);
        json.WriteBoolean("opened_by_operator", ticket.OpenedByOperator);
    });

    public static string? Escalations(IReadOnlyList<ConversationChanges> members) => Write(members, c => LastOfEach(c.Escalations, e => e.Id), static (json, escalation, _) =>
    {
        json.WriteString("id", escalation.Id);
        Text(json, "ticket_id", escalation.TicketId.Value);
        Enum<Answering.EscalationReason>(json, "reason", escalation.Reason);
        Text(json, "rule", escalation.Rule);
        Enum<Answering.Urgency>(json, "urgency", escalation.Urgency);
        Text(json, "route", escalation.Route);
        Text(json, "summary", escalation.Summary);
        Enum<ActorKind>(json, "raised_by", escalation.RaisedBy.Kind);
        Who(json, "raised_operator", escalation.RaisedBy.Operator);
        Time(json, "raised_at", escalation.RaisedAt);
        Time(json, "ack_due", escalation.AckDue);
        json.WriteNumber("reminders", escalation.Reminders);
        Who(json, "acknowledged_by", escalation.AcknowledgedBy);
        Time(json, "acknowledged_at", escalation.AcknowledgedAt);
        Time(json, "ended_at", escalation.EndedAt);
    });

    public static string? Outbox(IReadOnlyList<ConversationChanges> members) => Write(members, c => c.Outbox, static (json, item, place) =>
    {
        json.WriteString("id", item.Id);
        Text(json, "destination", item.Destination);
        Text(json, "payload", item.Payload);
        Time(json, "created_at", item.CreatedAt);
        Text(json, "trace", item.Trace);
        if (item.Wait > TimeSpan.Zero)
            json.WriteNumber("wait", item.Wait.Ticks / TimeSpan.TicksPerMicrosecond);
        json.WriteNumber("place", place);
    });

    private static string? Write<T>(
        IReadOnlyList<ConversationChanges> members, Func<ConversationChanges, ImmutableArray<T>> pick, Action<Utf8JsonWriter, T, int> fields)
    {
        if (members.All(member => pick(member).IsEmpty))
            return null;

        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer, Options))
        {
            json.WriteStartArray();
            var place = 0;
            foreach (var member in members)
                foreach (var one in pick(member))
                {
                    json.WriteStartObject();
                    json.WriteString("customer_id", member.Conversation.Customer.Value);
                    fields(json, one, place++);
                    json.WriteEndObject();
                }

            json.WriteEndArray();
        }

        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }

    /// <summary>One that is put twice in a commit stays where it was first and says what it said last.</summary>
    private static ImmutableArray<T> LastOfEach<T, TId>(ImmutableArray<T> all, Func<T, TId> id) =>
        all.Length < 2 ? all : [.. all.GroupBy(id).Select(same => same.Last())];

    private static void Text(Utf8JsonWriter json, string name, string? value)
    {
        if (value is not null)
            json.WriteString(name, PostgresText.Safe(value));
    }

    private static void Enum<T>(Utf8JsonWriter json, string name, T? value) where T : struct, Enum
    {
        if (value is { } known)
            json.WriteString(name, EnumText.Of(known));
    }

    // To the microsecond, cut and not rounded, as the arrays' times are.
    private static void Time(Utf8JsonWriter json, string name, DateTimeOffset? value)
    {
        if (value is { } known)
            json.WriteString(name, known.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.ffffff'Z'", CultureInfo.InvariantCulture));
    }

    private static void Who(Utf8JsonWriter json, string name, Operator? who)
    {
        if (who is null)
            return;
        json.WriteString($"{name}_id", who.Id);
        Text(json, $"{name}_name", who.Name);
    }
}
