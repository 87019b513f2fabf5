using FteAgent.Answering;
using FteAgent.Conversations;
using FteAgent.Customers;
using FteAgent.Operators;

namespace FteAgent.Sqlite;

/// <summary>An escalation as its row.</summary>
internal static class EscalationRows
{
    public const string Columns = """
        id, ticket_id, reason, rule, urgency, route, summary, raised_by, raised_operator_id, raised_operator_name, raised_at,
        ack_due, reminders, acknowledged_by_id, acknowledged_by_name, acknowledged_at, ended_at
        """;

    // What it was raised for stays, whatever is written over it.
    private const string Upsert = $"""
        insert into escalations (customer_id, {Columns}, first_reason, first_rule)
        values (
            $customer, $id, $ticket_id, $reason, $rule, $urgency, $route, $summary, $raised_by, $raised_operator_id, $raised_operator_name, $raised_at,
            $ack_due, $reminders, $acknowledged_by_id, $acknowledged_by_name, $acknowledged_at, $ended_at, $reason, $rule)
        on conflict (id) do update set
            ticket_id = excluded.ticket_id, reason = excluded.reason, rule = excluded.rule, urgency = excluded.urgency, route = excluded.route,
            summary = excluded.summary, ack_due = excluded.ack_due, reminders = excluded.reminders,
            acknowledged_by_id = excluded.acknowledged_by_id, acknowledged_by_name = excluded.acknowledged_by_name,
            acknowledged_at = excluded.acknowledged_at, ended_at = excluded.ended_at,
            first_reason = coalesce(first_reason, reason), first_rule = coalesce(first_rule, rule)
        where customer_id = excluded.customer_id
        """;

    public static Escalation Read(Row row) => new(
        row.Id(), new(row.Text()), row.Enum<EscalationReason>(), row.Text(), row.Enum<Urgency>(), row.Text(), row.Text(), row.ActorOrNull()!, row.Time(),
        row.TimeOrNull(), row.Int(), ReadOperator(row), row.TimeOrNull(), row.TimeOrNull());

    public static Escalation? Find(SqliteSession session, Guid id) =>
        session[$"select {Columns} from escalations where id = $id"].Set("$id", id).First(Read, null as Escalation);

    public static void Write(SqliteSession session, CustomerId customer, Escalation escalation)
    {
        var written = session[Upsert]
            .Set("$customer", customer.Value)
            .Set("$id", escalation.Id)
            .Set("$ticket_id", escalation.TicketId.Value)
            .Set("$reason", escalation.Reason)
            .Set("$rule", escalation.Rule)
            .Set("$urgency", escalation.Urgency)
            .Set("$route", escalation.Route)
            .Set("$summary", escalation.Summary)
            .Set("$raised_by", escalation.RaisedBy.Kind)
            .Set("$raised_operator_id", escalation.RaisedBy.Operator?.Id)
            .Set("$raised_operator_name", escalation.RaisedBy.Operator?.Name)
            .Set("$raised_at", escalation.RaisedAt)
            .Set("$ack_due", escalation.AckDue)
            .Set("$reminders", escalation.Reminders)
            .Set("$acknowledged_by_id", escalation.AcknowledgedBy?.Id)
            .Set("$acknowledged_by_name", escalation.AcknowledgedBy?.Name)
            .Set("$acknowledged_at", escalation.AcknowledgedAt)
            .Set("$ended_at", escalation.EndedAt)
            .Execute();
        if (written != 1)
            throw new InvalidOperationException($"Escalation {escalation.Id:N} belongs to another conversation.");
    }

    private static Operator? ReadOperator(Row row)
    {
        var (id, name) = (row.IdOrNull(), row.TextOrNull());
        return id is null ? null : new(id.Value, name!);
    }
}
