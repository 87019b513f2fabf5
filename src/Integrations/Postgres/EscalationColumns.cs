using FteAgent.Answering;
using FteAgent.Conversations;
using FteAgent.Operators;

namespace FteAgent.Postgres;

/// <summary>An escalation as its row.</summary>
internal static class EscalationColumns
{
    public const string All = """
        id, ticket_id, reason, rule, urgency, route, summary, raised_by, raised_operator_id, raised_operator_name, raised_at,
        ack_due, reminders, acknowledged_by_id, acknowledged_by_name, acknowledged_at, ended_at
        """;

    public static Escalation Read(PostgresRow row) => new(
        row.Id(), new(row.Text()), row.Enum<EscalationReason>(), row.Text(), row.Enum<Urgency>(), row.Text(), row.Text(), row.ActorOrNull()!, row.Time(),
        row.TimeOrNull(), row.Int(), ReadOperator(row), row.TimeOrNull(), row.TimeOrNull());

    private static Operator? ReadOperator(PostgresRow row)
    {
        var (id, name) = (row.IdOrNull(), row.TextOrNull());
        return id is null ? null : new(id.Value, name!);
    }
}
