using System.Text;
using FteAgent.Answering;
using FteAgent.Conversations;
using FteAgent.Customers;
using FteAgent.Learning;
using FteAgent.Testing;

namespace FteAgent.Record;

/// <summary>Words of one person, put wherever the record can keep any, so that a search can tell what an erasure left.</summary>
internal static class Canary
{
    public const string Word = "Kanarienvogel-4711";

    /// <summary>The word's bytes as hexadecimal digits, which is how both databases show bytes.</summary>
    public static string Hex { get; } = Convert.ToHexString(Encoding.UTF8.GetBytes(Word)).ToLowerInvariant();

    /// <summary>Where the word is then: whoever searches and does not find it there searches in the wrong way.</summary>
    public static HashSet<string> Tables { get; } =
    [
        "messages", "outbox", "deliveries", "attachments", "origins", "proofs", "codes_sent", "codes_given", "escalations", "tickets", "merges", "merged_identifiers",
        "identifiers", "customers", "articles", "article_revisions", "knowledge_documents", "knowledge_chunks", "gaps",
    ];

    /// <summary>A person of two conversations, with the word in all that is written by the record's own ports.</summary>
    public static async Task<(CustomerId Web, CustomerId Mail)> Settle(TestRecord record)
    {
        TestLogs.Secret(Word);
        var web = Conversation.New(await record.Customers.Resolve(
            new(IdentifierKind.WebSession, $"session {Word}", true), new($"Name {Word}", $"{Word}@example.com"), default));
        web = await record.Commit(new Act(web, record.Now)
            .Opens($"Subject {Word}")
            .CustomerSays($"Help {Word}", $"id {Word}")
            .AssistantSays($"Quoted {Word}", new Citation("chunk", "doc", "Title", "Heading", $"Quote {Word}", record.Now))
            .OperatorNotes(new(Guid.NewGuid(), "Ana"), $"Note {Word}")
            .Sends("web", $"Payload {Word}"));
        web = await record.Commit(new Act(web, record.Now).Escalation(new Escalation(
            Guid.NewGuid(), web.CurrentTicket!.Id, EscalationReason.PersonRequested, "rule", Urgency.Normal, "support", $"Summary {Word}", Actor.Assistant, record.Now, AckDue: null)));
        await Teach(record, web);
        var mail = await record.Customers.Resolve(new(IdentifierKind.Email, $"mail-{Word}@example.com", true), new(""), default);
        await record.Commit(new Act(Conversation.New(mail), record.Now).CustomerSays($"Mail {Word}", $"mail {Word}", Channel.Email));
        Assert.True(await record.Identities.Ask(mail, IdentifierKind.Email, $"proof-{Word}@example.com", [1], TimeSpan.FromDays(1), null, default));
        Assert.Equal(MergeOutcome.Merged, (await record.Identities.Merge(mail, web.Customer, "Ana", $"Reason {Word}", default)).Outcome);
        return (web.Customer, mail);
    }

    /// <summary>An article that was approved, in the current version of the knowledge and in the one before; what is said of an answer, and a gap.</summary>
    private static async Task Teach(TestRecord record, Conversation web)
    {
        var articles = record.Get<IArticles>();
        Assert.True(await articles.Study(new(web.Customer, web.CurrentTicket!.Id), new($"Question {Word}", $"Answer {Word}"), default));
        var proposed = Assert.Single((await articles.List(null, 10, null, default)).Articles);
        await articles.Change(proposed.Id, new(1, Status: ArticleStatus.Approved), new(Guid.NewGuid(), "Ana"), default);
        var learned = Assert.Single((await articles.Unpublished(default)).Upserts);
        for (var version = 0; version < 2; version++)
            Assert.NotNull(await record.Knowledge.Change(new(version, [learned], [new(learned.Id, learned.Id, "", learned.Text, null)], []), default));
        var (question, answer) = (web.Recent[0], web.Recent[1]);
        await record.Get<IFeedback>().Note(new(web.Customer, answer.Id, answer.Sequence, Helpful: false), default);
        await record.Get<IGaps>().Keep(
            DateOnly.FromDateTime(record.Now.UtcDateTime), [new([Word], [new(web.Customer, question.Sequence, question.Id, question.Text)])], default);
    }

    /// <summary>What channels note beside messages, as statements that both databases take.</summary>
    /// <param name="schema">What stands before a table's name.</param>
    /// <param name="customer">The customer's id as a literal.</param>
    /// <param name="id">Some other id as a literal.</param>
    /// <param name="now">A time as a literal.</param>
    /// <param name="thread">A thread as a literal.</param>
    /// <param name="bytes">The word's bytes as a literal.</param>
    public static IEnumerable<string> Notes(string schema, string customer, string id, string now, string thread, string bytes) =>
    [
        $"""
        insert into {schema}origins (message_id, customer_id, channel, address, recipient, proved, subject, internet_id, thread, received_at)
        values ({id}, {customer}, 'email', '{Word}@example.com', 'us', {(schema.Length > 0 ? "true" : "1")}, '{Word}', '{Word}', {thread}, {now})
        """,
        $"""
        insert into {schema}attachments (message_id, place, customer_id, kind, name, media_type, size, url, content, noted_at)
        values ({id}, 0, {customer}, 'file', '{Word}.txt', 'text/plain', 18, null, {bytes}, {now})
        """,
        $"""
        insert into {schema}deliveries (item_id, customer_id, message_id, channel, address, provider_id, status, error, noted_at)
        values ({id}, {customer}, {id}, 'email', '{Word}@example.com', '{Word}', 'sent', null, {now})
        """,
        $"""
        insert into {schema}codes_given (message_id, customer_id, outcome, kind, value, goes_on, given_at)
        values ({id}, {customer}, 'proved', 'email', '{Word}@example.com', {customer}, {now})
        """,
        $"insert into {schema}hidden_parts (customer_id, other_id, after_sequence, through_sequence, since, until) values ({customer}, {customer}, 0, 1, {now}, {now})",
        $"""
        insert into {schema}model_calls (id, customer_id, exchange_id, at, model, prompt, calls, input_tokens, cached_tokens, output_tokens, cost_micros, took_ms, outcome)
        values ({id}, {customer}, {id}, {now}, 'model', 'answer-1', 1, 1, 1, 1, 1, 1, 'answered')
        """,
        $"insert into {schema}model_spend (day, customer_id, micros) values ({now}, {customer}, 1)",
        $"insert into {schema}seen (customer_id, sequence, seen_at) values ({customer}, 1, {now})",
    ];
}
