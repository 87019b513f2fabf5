using System.Collections.Immutable;
using FteAgent.Conversations;
using FteAgent.Customers;

namespace FteAgent.Sqlite;

/// <summary>A conversation as its row, with the rows that belong to the value.</summary>
internal static class ConversationRows
{
    private const string Columns = """
        version, epoch, last_sequence,
        exchange_id, exchange_opened_at, exchange_first_sequence, exchange_last_sequence, exchange_restarts,
        exchange_draft_at, exchange_due_at, worked_by, exchange_attempts, exchange_trace,
        handoff_operator_id, handoff_operator_name, handoff_since, handoff_reply_due,
        escalation_id, quiet_close_at, cool_down_at, decided_through, last_sentiment
        """;

    // The conversation's own duties are all in the commit; the deliveries still open join them in next_action_at.
    private const string Assignments = """
        version = $version, epoch = $epoch, last_sequence = $last_sequence,
        exchange_id = $exchange_id, exchange_opened_at = $exchange_opened_at, exchange_first_sequence = $exchange_first_sequence,
        exchange_last_sequence = $exchange_last_sequence, exchange_restarts = $exchange_restarts, exchange_draft_at = $exchange_draft_at,
        exchange_due_at = $exchange_due_at, worked_by = $worked_by, exchange_attempts = $exchange_attempts, exchange_trace = $exchange_trace,
        handoff_operator_id = $handoff_operator_id, handoff_operator_name = $handoff_operator_name, handoff_since = $handoff_since,
        handoff_reply_due = $handoff_reply_due, escalation_id = $escalation_id, quiet_close_at = $quiet_close_at, cool_down_at = $cool_down_at,
        decided_through = $decided_through, sla_due_at = $sla_due_at,
        last_sentiment = coalesce($last_sentiment, last_sentiment), last_message_at = coalesce($last_message_at, last_message_at),
        next_action_at = nullif(min(coalesce($own_action_at, 9223372036854775807), coalesce(delivery_due_at, 9223372036854775807)), 9223372036854775807),
        pokes = 0, poke_after = 0
        """;

    private const string Update = $"""
        update conversations set {Assignments}
        where customer_id = $customer and version = $expected
        """;

    private const string Insert = """
        insert into conversations (
            customer_id, version, epoch, last_sequence,
            exchange_id, exchange_opened_at, exchange_first_sequence, exchange_last_sequence, exchange_restarts,
            exchange_draft_at, exchange_due_at, worked_by, exchange_attempts, exchange_trace,
            handoff_operator_id, handoff_operator_name, handoff_since, handoff_reply_due,
            escalation_id, quiet_close_at, cool_down_at, decided_through, sla_due_at, last_sentiment, last_message_at, next_action_at)
        values (
            $customer, $version, $epoch, $last_sequence,
            $exchange_id, $exchange_opened_at, $exchange_first_sequence, $exchange_last_sequence, $exchange_restarts,
            $exchange_draft_at, $exchange_due_at, $worked_by, $exchange_attempts, $exchange_trace,
            $handoff_operator_id, $handoff_operator_name, $handoff_since, $handoff_reply_due,
            $escalation_id, $quiet_close_at, $cool_down_at, $decided_through, $sla_due_at, $last_sentiment, $last_message_at, $own_action_at)
        on conflict (customer_id) do nothing
        """;

    /// <summary>The conversation with its open tickets and recent messages, or null when nothing was ever said.</summary>
    public static Conversation? Load(SqliteSession session, CustomerId customer) =>
        LoadState(session, customer) is { } state
            ? state.Conversation with { Tickets = OpenTickets(session, customer), Recent = Recent(session, state.Conversation) }
            : null;

    /// <summary>The conversation as the inbox shows it: its only recent message is the last that both sides see.</summary>
    public static (Conversation Conversation, double? LastSentiment) LoadForInbox(SqliteSession session, CustomerId customer)
    {
        var (conversation, sentiment) = LoadState(session, customer)!.Value;
        return (conversation with { Tickets = OpenTickets(session, customer), Recent = LastPublic(session, customer) }, sentiment);
    }

    /// <summary>Writes the row if it still has the expected version; the condition is in the statement itself.</summary>
    public static bool TryWrite(SqliteSession session, ConversationChanges changes, long now)
    {
        var conversation = changes.Conversation;
        var exchange = conversation.Exchange;
        var handoff = conversation.Handoff;
        var clock = now - Micros.Of(changes.Now);   // What the record's clock shows beyond the grain's.
        var exchangeDue = exchange is null ? null : Shift(exchange.DueAt, clock);
        var slaDue = Shift(conversation.SlaDueAt, clock);
        var quietClose = Shift(conversation.QuietCloseAt, clock);

        var statement = session[changes.ExpectedVersion == 0 ? Insert : Update];
        if (changes.ExpectedVersion > 0)
            statement.Set("$expected", changes.ExpectedVersion);
        return statement
            .Set("$customer", conversation.Customer.Value)
            .Set("$version", conversation.Version)
            .Set("$epoch", conversation.Epoch)
            .Set("$last_sequence", conversation.LastSequence)
            .Set("$exchange_id", exchange?.Id.Value)
            .Set("$exchange_opened_at", exchange?.OpenedAt)
            .Set("$exchange_first_sequence", exchange?.FirstSequence)
            .Set("$exchange_last_sequence", exchange?.LastSequence)
            .Set("$exchange_restarts", exchange?.Restarts)
            .Set("$exchange_draft_at", exchange is null ? null : Shift(exchange.DraftAt, clock))
            .Set("$exchange_due_at", exchangeDue)
            .Set("$worked_by", exchange?.WorkedBy)
            .Set("$exchange_attempts", exchange?.Attempts)
            .Set("$exchange_trace", exchange?.Trace)
            .Set("$handoff_operator_id", handoff?.By.Id)
            .Set("$handoff_operator_name", handoff?.By.Name)
            .Set("$handoff_since", handoff?.Since)
            .Set("$handoff_reply_due", handoff?.ReplyDue)
            .Set("$decided_through", conversation.DecidedThrough)
            .Set("$escalation_id", conversation.Escalation?.Id)
            .Set("$quiet_close_at", quietClose)
            .Set("$cool_down_at", conversation.CoolDownAt)
            .Set("$sla_due_at", slaDue)
            .Set("$last_sentiment", changes.Messages.LastOrDefault(m => m.Sentiment is not null)?.Sentiment)
            .Set("$last_message_at", changes.Messages.IsEmpty ? null : changes.Messages.Max(m => m.At))
            .Set("$own_action_at", Duties.Earliest(exchangeDue, slaDue, quietClose))
            .Execute() == 1;
    }

    private static long? Shift(DateTimeOffset? due, long clock) => due is { } time ? Micros.Of(time) + clock : null;

    private static (Conversation Conversation, double? LastSentiment)? LoadState(SqliteSession session, CustomerId customer)
    {
        var state = session[$"select {Columns} from conversations where customer_id = $customer"]
            .Set("$customer", customer.Value)
            .First(row => ReadState(row, customer), null);
        return state is { EscalationId: { } escalation }
            ? (state.Value.Conversation with { Escalation = EscalationRows.Find(session, escalation) }, state.Value.LastSentiment)
            : state is null ? null : (state.Value.Conversation, state.Value.LastSentiment);
    }

    private static (Conversation Conversation, Guid? EscalationId, double? LastSentiment)? ReadState(Row row, CustomerId customer)
    {
        var (version, epoch, lastSequence) = (row.Long(), row.Long(), row.Long());
        var exchange = ReadExchange(row);
        var (operatorId, operatorName, since, replyDue) = (row.IdOrNull(), row.TextOrNull(), row.TimeOrNull(), row.TimeOrNull());
        var handoff = operatorId is null ? null : new Handoff(new(operatorId.Value, operatorName!), since!.Value, replyDue);
        var escalation = row.IdOrNull();
        return (new(customer, version, epoch, lastSequence, exchange, handoff, null, [], row.TimeOrNull(), row.TimeOrNull(), [], row.Long()),
            escalation, row.DoubleOrNull());
    }

    private static Exchange? ReadExchange(Row row)
    {
        var id = row.IdOrNull();
        var (openedAt, first, last, restarts) = (row.TimeOrNull(), row.LongOrNull(), row.LongOrNull(), row.LongOrNull());
        var (draftAt, dueAt, workedBy, attempts) = (row.TimeOrNull(), row.TimeOrNull(), row.TextOrNull(), row.LongOrNull());
        var trace = row.TextOrNull();
        return id is null
            ? null
            : new(new(id.Value), openedAt!.Value, first!.Value, last!.Value, (int)restarts!, draftAt!.Value, dueAt!.Value, workedBy!, (int)attempts!, trace);
    }

    private static ImmutableArray<Tickets.Ticket> OpenTickets(SqliteSession session, CustomerId customer) =>
        [.. session[$"select {TicketRows.Columns} from tickets where customer_id = $customer and status <> 'closed' order by number"]
            .Set("$customer", customer.Value)
            .List(TicketRows.Read)];

    private static ImmutableArray<Message> Recent(SqliteSession session, Conversation conversation)
    {
        // What is still to be decided is at hand, however much it is.
        var undecided = Math.Min(conversation.LastSequence - conversation.DecidedThrough, Conversation.UndecidedLimit);
        var latestFirst = session[$"select {MessageRows.Columns} from messages where customer_id = $customer order by sequence desc limit $limit"]
            .Set("$customer", conversation.Customer.Value).Set("$limit", Math.Max(Conversation.RecentLimit, undecided))
            .List(MessageRows.Read);
        latestFirst.Reverse();
        return [.. latestFirst];
    }

    private static ImmutableArray<Message> LastPublic(SqliteSession session, CustomerId customer) =>
        [.. session[$"select {MessageRows.Columns} from messages where customer_id = $customer and kind <> 'note' order by sequence desc limit 1"]
            .Set("$customer", customer.Value)
            .List(MessageRows.Read)];
}
