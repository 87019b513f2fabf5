using System.Collections.Immutable;

namespace FteAgent.Storage;

/// <summary>
/// What is erased with a customer in somebody else's conversation: all that was said there while the two were one, before they were parted. Nobody can
/// tell any more which of them said what. The other keeps their conversation before and after it.
/// </summary>
/// <remarks>
/// Statements in both records' language, to be run in this order before <see cref="PersonalTables"/>. In each <c>{0}</c> stands for "is one of these
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
        // The matters and the calls themselves are counted, and people have worked on them: only words go.
        $"update {{1}}escalations set summary = '' where {Whosever} and {During("escalations", "raised_at")}",
        $"update {{1}}tickets set subject = '', resolution_notes = case when resolution_notes is null then null else '' end where may_be_anothers{{2}} and {Whosever}",
        $"delete from {{1}}messages where id in ({Messages})",
        // Whoever holds the conversation in memory would write the words back.
        $"update {{1}}conversations set version = version + 1 where {Whosever}",
    ];

    /// <summary>A statement with its places filled.</summary>
    /// <param name="statement">The statement.</param>
    /// <param name="isOne">How "is one of these customers" is said here.</param>
    /// <param name="schema">What stands before a table's name.</param>
    /// <param name="isTrue">What makes a flag a condition.</param>
    public static string Of(string statement, string isOne, string schema, string isTrue = "") => statement
        .Replace("{0}", isOne, StringComparison.Ordinal).Replace("{1}", schema, StringComparison.Ordinal).Replace("{2}", isTrue, StringComparison.Ordinal);

    private static string During(string table, string column) => $$"""
        exists (
            select 1 from {1}hidden_parts part
            where part.customer_id = {{table}}.customer_id and part.other_id {0} and {{table}}.{{column}} >= part.since and {{table}}.{{column}} <= part.until)
        """;
}
