using FteAgent.Conversations;
using FteAgent.Customers;

namespace FteAgent.Postgres;

/// <summary>A conversation as its row, without the rows that belong to the value.</summary>
internal static class ConversationColumns
{
    public const string All = """
        version, epoch, last_sequence,
        exchange_id, exchange_opened_at, exchange_first_sequence, exchange_last_sequence, exchange_restarts,
        exchange_draft_at, exchange_due_at, worked_by, exchange_attempts, exchange_trace,
        handoff_operator_id, handoff_operator_name, handoff_since, handoff_reply_due,
        quiet_close_at, cool_down_at, decided_through
        """;

    public static Conversation Read(PostgresRow row, CustomerId customer)
    {
        var (version, epoch, lastSequence) = (row.Long(), row.Long(), row.Long());
        var exchange = ReadExchange(row);
        var (operatorId, operatorName, since, replyDue) = (row.IdOrNull(), row.TextOrNull(), row.TimeOrNull(), row.TimeOrNull());
        var handoff = operatorId is null ? null : new Handoff(new(operatorId.Value, operatorName!), since!.Value, replyDue);
        return new(customer, version, epoch, lastSequence, exchange, handoff, null, [], row.TimeOrNull(), row.TimeOrNull(), [], row.Long());
    }

    private static Exchange? ReadExchange(PostgresRow row)
    {
        var id = row.IdOrNull();
        var (openedAt, first, last, restarts) = (row.TimeOrNull(), row.LongOrNull(), row.LongOrNull(), row.IntOrNull());
        var (draftAt, dueAt, workedBy, attempts) = (row.TimeOrNull(), row.TimeOrNull(), row.TextOrNull(), row.IntOrNull());
        var trace = row.TextOrNull();
        return id is null
            ? null
            : new(new(id.Value), openedAt!.Value, first!.Value, last!.Value, restarts!.Value, draftAt!.Value, dueAt!.Value, workedBy!, attempts!.Value, trace);
    }
}
