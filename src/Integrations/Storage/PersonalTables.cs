using System.Collections.Immutable;

namespace FteAgent.Storage;

/// <summary>How a column is kept, and so how it is read and written down.</summary>
internal enum PersonalKind
{
    Id,
    Text,
    Texts,
    Time,
    Number,
    Real,
    Flag,
    Bytes,
}

/// <summary>A column of an export.</summary>
/// <param name="Name">Its name in both records.</param>
/// <param name="Kind">How it is kept.</param>
internal sealed record PersonalColumn(string Name, PersonalKind Kind);

/// <summary>A table that holds something of a customer.</summary>
/// <param name="Name">Its name in both records.</param>
/// <param name="Owned">Which rows are a customer's: a condition, in which <c>{0}</c> stands for "is one of these customers".</param>
/// <param name="Order">In which order rows are exported.</param>
/// <param name="Columns">What is exported; none for what says nothing to the person.</param>
/// <param name="Page">How many rows are read at once.</param>
/// <param name="Withheld">
/// Which of them are in nobody's copy, since they may be somebody else's who was parted from this customer: a condition, in which <c>{1}</c> stands for what
/// is before a table's name and <c>{2}</c> for what makes a flag a condition. Null for none.
/// </param>
internal sealed record PersonalTable(
    string Name, string Owned, string Order, ImmutableArray<PersonalColumn> Columns, int Page = 500, string? Withheld = null);

/// <summary>
/// Everything that the record keeps of a customer, in an order in which it can be erased: nothing refers to what is gone. Whoever adds a
/// table that names customers adds it here; a test finds the one that was forgotten. What was learned from a person also stands in the versions of
/// the knowledge, and goes before all this (<c>fte.forget_learned</c>).
/// </summary>
internal static class PersonalTables
{
    private const string Own = "customer_id {0}";

    private const string HiddenMessage = """
        message_id in (
            select m.id from {1}hidden_parts part
            join {1}messages m on m.customer_id = part.customer_id and m.sequence > part.after_sequence and m.sequence <= part.through_sequence)
        """;

    public static ImmutableArray<PersonalTable> All { get; } =
    [
        new("outbox", Own, "customer_id, destination, sequence",
        [
            Id("customer_id"), Id("id"), Text("destination"), Number("sequence"), Text("payload"), Time("created_at"), Number("attempts"), Time("sent_at"),
            Time("dead_at"), Text("cause"),
        ], Withheld: During("outbox", "outbox.created_at", "outbox.created_at")),
        new("commands", Own, "at", []),
        new("deliveries", Own, "noted_at, item_id",
        [
            Id("customer_id"), Id("item_id"), Id("message_id"), Text("channel"), Text("address"), Text("provider_id"), Text("status"), Text("error"),
            Time("noted_at"), Text("internet_id"), Flag("unseen"),
        ], Withheld: HiddenMessage),
        // A file may be ten megabytes: one at a time.
        new("attachments", Own, "message_id, place",
        [
            Id("customer_id"), Id("message_id"), Number("place"), Text("kind"), Text("name"), Text("media_type"), Number("size"), Text("url"),
            Bytes("content"), Time("noted_at"),
        ], Page: 1, Withheld: HiddenMessage),
        new("origins", Own, "received_at, message_id",
        [
            Id("customer_id"), Id("message_id"), Text("channel"), Text("address"), Text("recipient"), Flag("proved"), Text("subject"), Text("internet_id"),
            Texts("thread"), Time("received_at"),
        ]),
        new("messages", Own, "customer_id, sequence",
        [
            Id("customer_id"), Number("sequence"), Id("id"), Text("author"), Text("operator_name"), Text("kind"), Text("text"), Time("at"), Text("channel"),
            Text("ticket_id"), Text("citations"), Text("footer"), Real("sentiment"), Text("notice"), Text("channel_message_id"), Text("rule"), Text("model"),
        ], Withheld: "exists (select 1 from {1}hidden_parts part where part.customer_id = messages.customer_id and messages.sequence > part.after_sequence and messages.sequence <= part.through_sequence)"),
        // The copy tells what was learned, as it is now.
        new("article_revisions", Own, "article_id, revision", []),
        new("articles", Own, "id",
        [
            Id("customer_id"), Text("id"), Text("ticket_id"), Text("question"), Text("answer"), Text("status"), Time("proposed_at"), Time("changed_at"),
        ], Withheld: "exists (select 1 from {1}tickets t where t.id = articles.ticket_id and t.may_be_anothers{2})"),
        new("studied_tickets", Own, "ticket_id", []),
        new("gap_messages", Own, "day, number", []),
        new("feedback", Own, "at, message_id",
            [Id("customer_id"), Id("message_id"), Number("sequence"), Flag("helpful"), Time("at")], Withheld: HiddenMessage),
        new("model_calls", Own, "at, id",
        [
            Id("customer_id"), Id("exchange_id"), Time("at"), Text("model"), Text("prompt"), Number("calls"), Number("input_tokens"), Number("cached_tokens"),
            Number("output_tokens"), Number("cost_micros"), Number("took_ms"), Text("outcome"),
        ]),
        new("model_spend", Own, "day", []),
        new("seen", Own, "customer_id", [Id("customer_id"), Number("sequence"), Time("seen_at")]),
        // Not the code's hash: whoever reads the copy could try all codes. One that is not sent yet stands in the outbox; it holds for minutes.
        new("proofs", Own, "kind, value", [Id("customer_id"), Text("kind"), Text("value"), Time("expires_at"), Number("attempts_left")]),
        new("codes_sent", Own, "sent_at", [Id("customer_id"), Text("kind"), Text("value"), Time("sent_at"), Id("message_id")]),
        new("codes_given", "(customer_id {0} or goes_on {0})", "given_at, message_id",
        [
            Id("message_id"), Id("customer_id"), Text("outcome"), Text("kind"), Text("value"), Id("goes_on"), Time("given_at"),
        ]),
        new("escalations", Own, "number",
        [
            Id("customer_id"), Id("id"), Text("ticket_id"), Text("reason"), Text("rule"), Text("urgency"), Text("route"), Text("summary"), Text("raised_by"),
            Text("raised_operator_name"), Time("raised_at"), Text("acknowledged_by_name"), Time("acknowledged_at"), Time("ended_at"), Text("first_reason"), Text("first_rule"),
        ], Withheld: During("escalations", "escalations.raised_at", "coalesce(escalations.ended_at, part.since)")),
        new("tickets", Own, "number",
        [
            Id("customer_id"), Text("id"), Text("subject"), Text("status"), Text("category"), Text("priority"), Text("channel"), Time("opened_at"),
            Time("first_response_at"), Time("escalated_at"), Text("resolution_by"), Text("resolution_operator_name"), Time("resolution_at"),
            Text("resolution_notes"), Text("resolution_verified_by"), Time("resolution_verified_at"), Time("closed_at"), Flag("opened_by_operator"),
        ], Withheld: "may_be_anothers{2}"),
        new("conversations", Own, "customer_id",
        [
            Id("customer_id"), Number("version"), Number("last_sequence"), Time("last_message_at"), Real("last_sentiment"), Text("handoff_operator_name"),
            Time("handoff_since"), Id("escalation_id"),
        ]),
        // What stands in somebody else's conversation goes by itself, before all this: JoinedErasure.
        new("hidden_parts", "(customer_id {0} or other_id {0})", "since, until",
        [
            Id("customer_id"), Id("other_id"), Number("after_sequence"), Number("through_sequence"), Time("since"), Time("until"),
        ]),
        new("merged_identifiers", "merge_id in (select id from {1}merges where from_customer {0} or into_customer {0})", "kind, value",
            [Id("merge_id"), Text("kind"), Text("value")]),
        new("merges", "(from_customer {0} or into_customer {0})", "merged_at, id",
        [
            Id("id"), Id("from_customer"), Id("into_customer"), Text("merged_by"), Text("proof"), Time("merged_at"), Text("undone_by"), Time("undone_at"),
            Number("into_sequence"),
        ]),
        new("identifiers", Own, "noted_at, kind, value", [Id("customer_id"), Text("kind"), Text("value"), Flag("proved"), Time("noted_at")]),
        new("customers", "id {0}", "created_at, id", [Id("id"), Text("name"), Time("created_at"), Id("merged_into"), Number("parted")]),
    ];

    /// <summary>What is in a person's copy: theirs, without what may be another's.</summary>
    /// <param name="table">The table.</param>
    /// <param name="isOne">How "is one of these customers" is said here.</param>
    /// <param name="schema">What stands before a table's name.</param>
    /// <param name="isTrue">What makes a flag a condition.</param>
    public static string Copied(PersonalTable table, string isOne, string schema, string isTrue) => table.Withheld is { } withheld
        ? $"{Where(table, isOne, schema)} and not ({withheld.Replace("{1}", schema, StringComparison.Ordinal).Replace("{2}", isTrue, StringComparison.Ordinal)})"
        : Where(table, isOne, schema);

    /// <summary>The condition with its places filled.</summary>
    /// <param name="table">The table.</param>
    /// <param name="isOne">How "is one of these customers" is said here.</param>
    /// <param name="schema">What stands before a table's name.</param>
    public static string Where(PersonalTable table, string isOne, string schema) =>
        table.Owned.Replace("{0}", isOne, StringComparison.Ordinal).Replace("{1}", schema, StringComparison.Ordinal);

    /// <summary>Whether it lies, from its begin to its end, at any time in such a part.</summary>
    private static string During(string table, string begin, string end) => $$"""
        exists (select 1 from {1}hidden_parts part where part.customer_id = {{table}}.customer_id and {{begin}} <= part.until and {{end}} >= part.since)
        """;

    private static PersonalColumn Id(string name) => new(name, PersonalKind.Id);

    private static PersonalColumn Text(string name) => new(name, PersonalKind.Text);

    private static PersonalColumn Texts(string name) => new(name, PersonalKind.Texts);

    private static PersonalColumn Time(string name) => new(name, PersonalKind.Time);

    private static PersonalColumn Number(string name) => new(name, PersonalKind.Number);

    private static PersonalColumn Real(string name) => new(name, PersonalKind.Real);

    private static PersonalColumn Flag(string name) => new(name, PersonalKind.Flag);

    private static PersonalColumn Bytes(string name) => new(name, PersonalKind.Bytes);
}
