using FteAgent.Conversations;
using FteAgent.Customers;
using FteAgent.Tickets;

namespace FteAgent.Sqlite;

/// <summary>A ticket as its row.</summary>
internal static class TicketRows
{
    /// <summary>What is read of one: what is written, and what only the parting of two customers writes.</summary>
    public const string Columns = $"{Written}, opened_by_operator, may_be_anothers";

    private const string Written = """
        id, subject, status, category, priority, channel, opened_at, first_response_due, first_response_at, escalated_at,
        resolution_by, resolution_operator_id, resolution_operator_name, resolution_at, resolution_notes,
        resolution_verified_by, resolution_verified_at, closed_at
        """;

    // The last condition keeps a ticket with its owner, whatever id a caller brings. Who opened it is said once.
    private const string Upsert = $"""
        insert into tickets (customer_id, {Written}, opened_by_operator)
        values (
            $customer, $id, $subject, $status, $category, $priority, $channel, $opened_at, $first_response_due, $first_response_at, $escalated_at,
            $resolution_by, $resolution_operator_id, $resolution_operator_name, $resolution_at, $resolution_notes,
            $resolution_verified_by, $resolution_verified_at, $closed_at, $opened_by_operator)
        on conflict (id) do update set
            subject = excluded.subject, status = excluded.status, category = excluded.category, priority = excluded.priority,
            channel = excluded.channel, opened_at = excluded.opened_at, first_response_due = excluded.first_response_due,
            first_response_at = excluded.first_response_at, escalated_at = excluded.escalated_at,
            resolution_by = excluded.resolution_by, resolution_operator_id = excluded.resolution_operator_id,
            resolution_operator_name = excluded.resolution_operator_name, resolution_at = excluded.resolution_at,
            resolution_notes = excluded.resolution_notes, resolution_verified_by = excluded.resolution_verified_by,
            resolution_verified_at = excluded.resolution_verified_at, closed_at = excluded.closed_at
        where customer_id = excluded.customer_id
        """;

    public static Ticket Read(Row row) => new(
        new(row.Text()), row.Text(), row.Enum<TicketStatus>(), row.Enum<TicketCategory>(), row.Enum<TicketPriority>(), row.Enum<Channel>(),
        row.Time(), row.TimeOrNull(), row.TimeOrNull(), row.TimeOrNull(), ReadResolution(row), row.TimeOrNull())
    {
        OpenedByOperator = row.Bool(),
        MayBeAnothers = row.Bool(),
    };

    public static void Write(SqliteSession session, CustomerId customer, Ticket ticket)
    {
        var resolution = ticket.Resolution;
        var written = session[Upsert]
            .Set("$customer", customer.Value)
            .Set("$id", ticket.Id.Value)
            .Set("$subject", ticket.Subject)
            .Set("$status", ticket.Status)
            .Set("$category", ticket.Category)
            .Set("$priority", ticket.Priority)
            .Set("$channel", ticket.Channel)
            .Set("$opened_at", ticket.OpenedAt)
            .Set("$first_response_due", ticket.FirstResponseDue)
            .Set("$first_response_at", ticket.FirstResponseAt)
            .Set("$escalated_at", ticket.EscalatedAt)
            .Set("$resolution_by", resolution?.By.Kind)
            .Set("$resolution_operator_id", resolution?.By.Operator?.Id)
            .Set("$resolution_operator_name", resolution?.By.Operator?.Name)
            .Set("$resolution_at", resolution?.At)
            .Set("$resolution_notes", resolution?.Notes)
            .Set("$resolution_verified_by", resolution?.VerifiedBy)
            .Set("$resolution_verified_at", resolution?.VerifiedAt)
            .Set("$closed_at", ticket.ClosedAt)
            .Set("$opened_by_operator", ticket.OpenedByOperator ? 1 : 0)
            .Execute();
        if (written != 1)
            throw new InvalidOperationException($"Ticket {ticket.Id} belongs to another conversation.");
    }

    private static Resolution? ReadResolution(Row row)
    {
        var by = row.ActorOrNull();
        var (at, notes) = (row.TimeOrNull(), row.TextOrNull());
        var (verifiedBy, verifiedAt) = (row.EnumOrNull<Verification>(), row.TimeOrNull());
        return by is null ? null : new(by, at!.Value, notes!, verifiedBy, verifiedAt);
    }
}
