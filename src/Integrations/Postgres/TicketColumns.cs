using FteAgent.Conversations;
using FteAgent.Tickets;

namespace FteAgent.Postgres;

/// <summary>A ticket as its row.</summary>
internal static class TicketColumns
{
    public const string All = """
        id, subject, status, category, priority, channel, opened_at, first_response_due, first_response_at, escalated_at,
        resolution_by, resolution_operator_id, resolution_operator_name, resolution_at, resolution_notes,
        resolution_verified_by, resolution_verified_at, closed_at, may_be_anothers, opened_by_operator
        """;

    public static Ticket Read(PostgresRow row) => new(
        new(row.Text()), row.Text(), row.Enum<TicketStatus>(), row.Enum<TicketCategory>(), row.Enum<TicketPriority>(), row.Enum<Channel>(),
        row.Time(), row.TimeOrNull(), row.TimeOrNull(), row.TimeOrNull(), ReadResolution(row), row.TimeOrNull())
    {
        MayBeAnothers = row.Bool(),
        OpenedByOperator = row.Bool(),
    };

    private static Resolution? ReadResolution(PostgresRow row)
    {
        var by = row.ActorOrNull();
        var (at, notes) = (row.TimeOrNull(), row.TextOrNull());
        var (verifiedBy, verifiedAt) = (row.EnumOrNull<Verification>(), row.TimeOrNull());
        return by is null ? null : new(by, at!.Value, notes!, verifiedBy, verifiedAt);
    }
}
