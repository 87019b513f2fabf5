using System.Collections.Immutable;

namespace FteAgent.Storage;

/// <summary>
/// What is erased with a customer in somebody else's conversation: all that was said there while the two were one, before they were parted. Nobody can
/// tell any more which of them said what. The other keeps their conversation before and after it.
/// </summary>
/// <remarks>
/// Statements in both records' language, to be run in this order before <see cref="PersonalTables"/>; then the duties of those conversations are derived
/// anew, since what was to be sent is gone. In each <c>{0}</c> stands for "is one of these
/// customers" and <c>{1}</c> for what stands before a table's name.
/// </remarks>
internal static class JoinedErasure
{
    /// <summary>In whose conversations anything of it stands.</summary>
    public const string Whose = "select distinct customer_id from {1}hidden_parts where other_id {0} and not customer_id {0}";

    private const string Messages = """
        select m.id from {1}hidden_parts part
        join {1}messages m on m.customer_id = part.customer_id and m.sequence > part.after_sequence and m.sequence <= part.through_sequence
        where part.other_id {0}
        """;

    /// <summary>The customers' own messages among them, whose ids are kept so that nothing brings them again.</summary>
    public const string Brought = $"{Messages} and m.author = 'customer'";

    private const string Whosever = "customer_id in (select customer_id from {1}hidden_parts where other_id {0})";

    public static ImmutableArray<string> Statements { get; } =
    [
        $"delete from {{1}}outbox where {Whosever} and {During("outbox", "created_at")}",
        $"delete from {{1}}deliveries where {Whosever} and (message_id in ({Messages}) or {During("deliveries", "noted_at")})",
        $"delete from {{1}}attachments where message_id in ({Messages})",
        $"delete from {{1}}origins where message_id in ({Messages})",
        $"delete from {{1}}codes_sent where {Whosever} and {During("codes_sent", "sent_at")}",
        $"delete from {{1}}codes_given where {Whosever} and {During("codes_given", "given_at")}",
        // The matters and the calls themselves are counted, and people have worked on them: only words go. A call's may be taken from all that was said
        // while it was open.
        $$"""
        update {1}escalations set summary = ''
        where {{Whosever}} and exists (
            select 1 from {1}hidden_parts part
            where part.customer_id = escalations.customer_id and part.other_id {0}
                and escalations.raised_at <= part.until and (escalations.ended_at is null or escalations.ended_at >= part.since))
        """,
        $$"""
        update {1}tickets set subject = '', resolution_notes = case when resolution_notes is null then null else '' end
        where may_be_anothers{2} and {{Whosever}} and exists (
            select 1 from {1}hidden_parts part
            where part.customer_id = tickets.customer_id and part.other_id {0}
                and coalesce(
                    (select min(m.sequence) from {1}messages m where m.customer_id = tickets.customer_id and m.ticket_id = tickets.id) > part.after_sequence
                    and (select min(m.sequence) from {1}messages m where m.customer_id = tickets.customer_id and m.ticket_id = tickets.id) <= part.through_sequence,
                    tickets.opened_at >= part.since and tickets.opened_at <= part.until))
        """,
        $"delete from {{1}}feedback where message_id in ({Messages})",
        $"delete from {{1}}gap_messages where message_id in ({Messages})",
        $"delete from {{1}}messages where id in ({Messages})",
        // What is being answered out of it is answered by nobody: a draft of it finds that the conversation has moved on.
        $$"""
        update {1}conversations set
            exchange_id = null, exchange_opened_at = null, exchange_first_sequence = null, exchange_last_sequence = null, exchange_restarts = null,
            exchange_draft_at = null, exchange_due_at = null, exchange_attempts = null, exchange_trace = null, worked_by = null,
            epoch = epoch + 1, decided_through = last_sequence, next_action_at = {3}
        where {{Whosever}} and exists (
            select 1 from {1}hidden_parts part
            where part.customer_id = conversations.customer_id and part.other_id {0}
                and conversations.exchange_first_sequence > part.after_sequence and conversations.exchange_first_sequence <= part.through_sequence)
        """,
        // Whoever holds the conversation in memory would write the words back.
        $"update {{1}}conversations set version = version + 1 where {Whosever}",
    ];

    /// <summary>A statement with its places filled.</summary>
    /// <param name="statement">The statement.</param>
    /// <param name="isOne">How "is one of these customers" is said here.</param>
    /// <param name="schema">What stands before a table's name.</param>
    /// <param name="isTrue">What makes a flag a condition.</param>
    /// <param name="next">The earliest of a conversation's duties without its exchange.</param>
    public static string Of(string statement, string isOne, string schema, string isTrue = "", string next = "") => statement
        .Replace("{0}", isOne, StringComparison.Ordinal).Replace("{1}", schema, StringComparison.Ordinal)
        .Replace("{2}", isTrue, StringComparison.Ordinal).Replace("{3}", next, StringComparison.Ordinal);

    private static string During(string table, string column) => $$"""
        exists (
            select 1 from {1}hidden_parts part
            where part.customer_id = {{table}}.customer_id and part.other_id {0} and {{table}}.{{column}} >= part.since and {{table}}.{{column}} <= part.until)
        """;
}
