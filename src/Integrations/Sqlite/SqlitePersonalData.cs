using System.Collections.Immutable;
using System.Text.Json;
using FteAgent.Conversations;
using FteAgent.Customers;
using FteAgent.Storage;

namespace FteAgent.Sqlite;

/// <summary>Copies and erases what the file keeps of a person. What is erased on demand is not in the file any more when that returns (<see cref="SqliteScrub"/>).</summary>
internal sealed class SqlitePersonalData(SqliteRecord record, TimeProvider time) : IPersonalData
{
    /// <summary>Those, and nobody else: whoever wrote or was written to since, whoever waits for something, and whoever is one with them.</summary>
    private const string Silent = """
        u.merged_into is null and u.last_seen_at < $since and not exists (
            select 1 from customers m left join conversations c on c.customer_id = m.id
            where (m.id = u.id or m.merged_into = u.id)
                and (m.last_seen_at >= $since or m.created_at >= $since or c.last_message_at >= $since
                    or c.next_action_at is not null or c.handoff_since is not null or c.escalation_id is not null))
        """;

    /// <summary>SQLite's <c>min</c> of several is null where one is.</summary>
    private const string EarliestButTheExchange = """
        nullif(
            min(coalesce(sla_due_at, 9223372036854775807), coalesce(quiet_close_at, 9223372036854775807), coalesce(delivery_due_at, 9223372036854775807)),
            9223372036854775807)
        """;

    public async Task<bool> Export(CustomerId customer, string by, Stream destination, CancellationToken cancellationToken)
    {
        if (!await record.Read(session => Export(session, customer, destination), cancellationToken).ConfigureAwait(false))
            return false;
        return await record.Write(
            session =>
            {
                IdentityRows.Note(session, by, "exported", customer, "", record.Now);
                return true;
            },
            cancellationToken).ConfigureAwait(false);
    }

    public Task<Erasure> Erase(CustomerId customer, string by, CancellationToken cancellationToken) => EraseAndScrub(
        by, session => IdentityRows.Exists(session, customer) ? IdentityRows.Group(session, customer) : [], cancellationToken);

    public Task<Erasure> EraseAgain(
        ImmutableArray<CustomerId> customers, DateTimeOffset erasedAt, ImmutableArray<MessageId> messages, string by, CancellationToken cancellationToken) => EraseAndScrub(
        by,
        session =>
        {
            SqliteErasedMessages.NoteAgain(session, messages, record.Now);
            ImmutableArray<CustomerId> asked = [.. customers.Where(customer => WasThere(session, customer, erasedAt))];
            foreach (var customer in asked)
                PartFromOthers(session, customer, asked, by);
            return asked;
        },
        cancellationToken);

    public Task<ImmutableArray<Erasure>> Erasures(CancellationToken cancellationToken) =>
        record.Read(
            session => ErasureNote.Read(session[$"select customer_id, actor, at, detail from audit where act = '{ErasureNote.Act}' order by number"]
                .List(static row => (new CustomerId(row.Id()), row.Text(), row.Time(), row.Text())), SqliteErasedMessages.All(session)),
            cancellationToken);

    public async Task<Forgotten> EraseOlderThan(TimeSpan age, int limit, CancellationToken cancellationToken)
    {
        var since = record.Now - Micros.Of(age);
        var silent = await record.Read(
            session => session[$"select u.id from customers u where {Silent} order by u.last_seen_at limit $limit"]
                .Set("$since", since).Set("$limit", limit)
                .List(static row => new CustomerId(row.Id())),
            cancellationToken).ConfigureAwait(false);
        var (people, articles) = (0, 0);
        foreach (var customer in silent)
        {
            var erasure = await Erase("retention", session => StillSilent(session, since, customer), cancellationToken).ConfigureAwait(false);
            people += erasure.Customers.IsEmpty ? 0 : 1;
            articles += erasure.Articles;
        }

        return new(people, articles);
    }

    /// <summary>Rewrites the file: once, when the last ones are gone.</summary>
    public Task Scrub(CancellationToken cancellationToken) => SqliteScrub.Run(record.Options, cancellationToken);

    private static bool WasThere(SqliteSession session, CustomerId customer, DateTimeOffset at) =>
        session["select 1 from customers where id = $id and created_at <= $at"].Set("$id", customer.Value).Set("$at", at).Any();

    private static ImmutableArray<CustomerId> StillSilent(SqliteSession session, long since, CustomerId customer) =>
        session[$"select 1 from customers u where u.id = $id and {Silent}"].Set("$since", since).Set("$id", customer.Value).Any()
            ? IdentityRows.Group(session, customer)
            : [];

    private async Task<Erasure> EraseAndScrub(string by, Func<SqliteSession, ImmutableArray<CustomerId>> whom, CancellationToken cancellationToken)
    {
        var erasure = await Erase(by, whom, cancellationToken).ConfigureAwait(false);
        if (!erasure.Customers.IsEmpty)
            await SqliteScrub.Run(record.Options, cancellationToken).ConfigureAwait(false);
        return erasure;
    }

    private Task<Erasure> Erase(string by, Func<SqliteSession, ImmutableArray<CustomerId>> whom, CancellationToken cancellationToken)
    {
        var id = Guid.CreateVersion7(time.GetUtcNow());
        return record.Write(
            session =>
            {
                var now = record.Now;
                var customers = whom(session);
                var (rows, articles) = (0L, 0);
                var messages = ImmutableArray<MessageId>.Empty;
                if (!customers.IsEmpty)
                {
                    string IsOne(string statement) => JoinedErasure.Of(statement, IsOneOf(customers), "", " = 1", EarliestButTheExchange);
                    var joined = Of(customers, session[IsOne(JoinedErasure.Whose)]).List(static row => new CustomerId(row.Id()));
                    messages =
                    [
                        .. customers.SelectMany(customer => SqliteErasedMessages.Note(session, customer, now)),
                        .. SqliteErasedMessages.Note(Of(customers, session[SqliteErasedMessages.Noting(IsOne(JoinedErasure.Brought))]), now),
                    ];
                    // While it is still known which messages it was learned from.
                    Of(customers, session[LearnedErasure.ForgetWords(IsOneOf(customers), "", "'[]'")]).Execute();
                    articles = Of(customers, session[LearnedErasure.CountApproved(IsOneOf(customers), "")]).First(static row => row.Int(), 0);
                    rows += SqliteArticles.Forget(session, customers);
                    foreach (var statement in JoinedErasure.Statements)
                        rows += Of(customers, session[IsOne(statement)]).Execute();
                    foreach (var other in joined)
                        Duties.Derive(session, other);
                    foreach (var table in PersonalTables.All)
                        rows += Of(customers, session[$"delete from {table.Name} where {PersonalTables.Where(table, IsOneOf(customers), "")}"]).Execute();
                }

                foreach (var customer in customers)
                    IdentityRows.Note(session, by, ErasureNote.Act, customer, ErasureNote.Detail(id, rows), now);
                return new Erasure(customers, by, Micros.ToTime(now), rows, messages, articles);
            },
            cancellationToken);
    }

    private void PartFromOthers(SqliteSession session, CustomerId customer, ImmutableArray<CustomerId> asked, string by)
    {
        var merges = session["""
            select id, from_customer, into_customer from merges
            where undone_at is null and (from_customer = $customer or into_customer = $customer)
            order by merged_at desc, id desc
            """]
            .Set("$customer", customer.Value)
            .List(static row => (Id: row.Id(), From: new CustomerId(row.Id()), Into: new CustomerId(row.Id())));
        foreach (var merge in merges)
            if (!asked.Contains(merge.From) || !asked.Contains(merge.Into))
                IdentityMerge.Part(session, merge.Id, by, record.Now);
    }

    private bool Export(SqliteSession session, CustomerId customer, Stream destination)
    {
        if (!IdentityRows.Exists(session, customer))
            return false;
        var group = IdentityRows.Group(session, customer);
        using var document = new PersonalDocument(destination, customer, group, time.GetUtcNow());
        foreach (var table in PersonalTables.All.Where(table => !table.Columns.IsEmpty))
        {
            document.Begin(table);
            Export(session, document, table, group);
            document.End();
        }

        document.Finish();
        return true;
    }

    private static void Export(SqliteSession session, PersonalDocument document, PersonalTable table, ImmutableArray<CustomerId> group)
    {
        var statement = session[$"""
            select {string.Join(", ", table.Columns.Select(column => column.Name))} from {table.Name}
            where {PersonalTables.Copied(table, IsOneOf(group), "", " = 1")} order by {table.Order} limit {table.Page} offset $read
            """];
        for (var read = 0L; ; read += table.Page)
        {
            var rows = Of(group, statement).Set("$read", read)
                .List(row => table.Columns.Select(column => Value(row, column.Kind)).ToArray());
            foreach (var row in rows)
                document.Write(table, row);
            if (rows.Count < table.Page)
                return;
        }
    }

    /// <summary>A condition with a parameter for each; groups are small, so there are few such statements.</summary>
    private static string IsOneOf(ImmutableArray<CustomerId> customers) => $"in ({string.Join(", ", customers.Select((_, i) => $"$customer{i}"))})";

    private static Statement Of(ImmutableArray<CustomerId> customers, Statement statement)
    {
        for (var i = 0; i < customers.Length; i++)
            statement.Set($"$customer{i}", customers[i].Value);
        return statement;
    }

    private static object? Value(Row row, PersonalKind kind) => kind switch
    {
        PersonalKind.Id => row.IdOrNull(),
        PersonalKind.Text => row.TextOrNull(),
        PersonalKind.Texts => JsonSerializer.Deserialize<string[]>(row.Text()),
        PersonalKind.Time => row.TimeOrNull(),
        PersonalKind.Number => row.LongOrNull(),
        PersonalKind.Real => row.DoubleOrNull(),
        PersonalKind.Flag => row.Bool(),
        PersonalKind.Bytes => row.BytesOrNull(),
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "Every kind is read in its way."),
    };
}
