using FteAgent.Conversations;

namespace FteAgent.Postgres;

/// <summary>
/// The mirror of what a commit does: the record keeps due times on its own clock, and a grain judges them by its silo's. Without it a silo
/// whose clock is slow would find nothing due in a conversation that the record calls due.
/// </summary>
/// <param name="Ahead">What the silo's clock shows beyond the record's.</param>
/// <param name="SlaDue">When the earliest promise to a person runs out, on the record's clock.</param>
internal readonly record struct DueTimes(TimeSpan Ahead, DateTimeOffset? SlaDue)
{
    /// <summary>Clocks that agree to this leave a promise as it was told to people.</summary>
    private static readonly TimeSpan Agreement = TimeSpan.FromSeconds(1);

    /// <summary>Two columns: <c>sla_due_at</c> and the record's time.</summary>
    public static DueTimes Read(PostgresRow row, TimeProvider clock)
    {
        var (slaDue, now) = (row.TimeOrNull(), row.Time());
        return new(clock.GetUtcNow() - now, slaDue);
    }

    /// <summary>The conversation with due times on the silo's clock.</summary>
    public Conversation Of(Conversation row)
    {
        var ahead = Ahead;
        var shifted = row with
        {
            Exchange = row.Exchange is { } exchange ? exchange with { DraftAt = exchange.DraftAt + ahead, DueAt = exchange.DueAt + ahead } : null,
            QuietCloseAt = row.QuietCloseAt + ahead,
        };

        // Each promise is kept as the silo that made it told it, the earliest on the record's clock as well: by that one all are moved.
        var off = SlaDue + ahead - row.SlaDueAt ?? TimeSpan.Zero;
        return off.Duration() < Agreement
            ? shifted
            : shifted with
            {
                Escalation = row.Escalation is { } escalation ? escalation with { AckDue = escalation.AckDue + off } : null,
                Handoff = row.Handoff is { } handoff ? handoff with { ReplyDue = handoff.ReplyDue + off } : null,
                Tickets = [.. row.Tickets.Select(ticket => ticket with { FirstResponseDue = ticket.FirstResponseDue + off })],
            };
    }
}
