using System.Collections.Immutable;
using FteAgent.Conversations;
using FteAgent.Customers;
using FteAgent.Storage;

namespace FteAgent.Postgres;

/// <summary>Copies and erases what the database keeps of a person.</summary>
internal sealed class PostgresPersonalData(PostgresRecord record, TimeProvider time) : IPersonalData
{
    private const string Schema = "fte.";
    private const string IsOne = "= any ($1)";

    /// <summary>What was learned from a person can be taken out of the knowledge when nobody publishes it, which takes a while.</summary>
    private static readonly TimeSpan Publishing = TimeSpan.FromMinutes(5);

    /// <summary>Those, and nobody else: whoever wrote or was written to since, whoever waits for something, and whoever is one with them.</summary>
    private const string Silent = """
        u.merged_into is null and u.seen_minute < $1 and not exists (
            select 1 from fte.customers m left join fte.conversations c on c.customer_id = m.id
            where (m.id = u.id or m.merged_into = u.id)
                and (m.seen_minute >= $1 or m.created_at >= $1 or c.last_message_at >= $1 or c.customer_wrote_at >= $1
                    or c.next_action_at is not null or c.handoff_since is not null or c.escalation_id is not null))
        """;

    public Task<bool> Export(CustomerId customer, string by, Stream destination, CancellationToken cancellationToken) =>
        ExportAndNote(customer, by, destination, cancellationToken);

    public Task<Erasure> Erase(CustomerId customer, string by, CancellationToken cancellationToken) => Erase(
        by, session => Group(session, customer.Value, cancellationToken), Always, cancellationToken);

    public Task<Erasure> EraseAgain(
        ImmutableArray<CustomerId> customers, DateTimeOffset erasedAt, ImmutableArray<MessageId> messages, string by, CancellationToken cancellationToken) => Erase(
        by,
        async session =>
        {
            await PostgresErasedMessages.NoteAgain(session, messages, cancellationToken).ConfigureAwait(false);
            var asked = (await session["select id from fte.customers where id = any ($1) and created_at <= $2"]
                .Set([.. customers.Select(customer => customer.Value)]).Set(erasedAt)
                .List(static row => row.Id(), cancellationToken).ConfigureAwait(false)).ToArray();
            var merges = await session["""
                select id from fte.merges
                where undone_at is null and (from_customer = any ($1)) <> (into_customer = any ($1))
                order by merged_at desc, id desc
                """]
                .Set(asked).List(static row => row.Id(), cancellationToken).ConfigureAwait(false);
            foreach (var merge in merges)
                await session["select fte.part_customers($1, $2)"].Set(merge).Set(by).Any(cancellationToken).ConfigureAwait(false);
            return [.. asked];
        },
        Always,
        cancellationToken);

    public async Task<ImmutableArray<Erasure>> Erasures(CancellationToken cancellationToken) =>
        ErasureNote.Read(await record[$"select customer_id, actor, at, detail from fte.audit where act = '{ErasureNote.Act}' order by number"]
            .List(static row => (new CustomerId(row.Id()), row.Text(), row.Time(), row.Text()), cancellationToken).ConfigureAwait(false),
            await PostgresErasedMessages.All(record, cancellationToken).ConfigureAwait(false));

    public async Task<Forgotten> EraseOlderThan(TimeSpan age, int limit, CancellationToken cancellationToken)
    {
        var since = await record["select fte.now() - $1"].Set(age).First(static row => row.Time(), default, cancellationToken).ConfigureAwait(false);
        var silent = await record[$"select u.id from fte.customers u where {Silent} order by u.seen_minute limit $2"]
            .Set(since).Set(limit)
            .List(static row => row.Id(), cancellationToken).ConfigureAwait(false);
        var (people, articles) = (0, 0);
        foreach (var customer in silent)
        {
            var erasure = await Erase(
                "retention",
                session => Group(session, customer, cancellationToken),
                session => session[$"select 1 from fte.customers u where u.id = $2 and {Silent}"].Set(since).Set(customer).Any(cancellationToken),
                cancellationToken).ConfigureAwait(false);
            people += erasure.Customers.IsEmpty ? 0 : 1;
            articles += erasure.Articles;
        }

        return new(people, articles);
    }

    /// <summary>Nothing to do: what was erased is written over by the database itself, when its space is used again.</summary>
    public Task Scrub(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>The ids under which a person is known. Whoever erases has the turn (<c>fte.take_turn</c>), so they stay these.</summary>
    private static Task<List<Guid>> Group(PostgresSession session, Guid customer, CancellationToken cancellationToken) =>
        session["select g from fte.group_of($1) as g"].Set(customer).List(static row => row.Id(), cancellationToken);

    private static Task<bool> Always(PostgresSession session) => Task.FromResult(true);

    /// <summary>
    /// Whoever commits to one of these conversations now has done so before, or finds it gone. All are held at once and in the order of a commit
    /// of several: held one after another, this could wait for a commit that waits for it. What is parted before a second erasure (after a restore)
    /// is held merge by merge, and asked again where it gave way.
    /// </summary>
    private static Task<bool> Hold(PostgresSession session, List<Guid> customers, CancellationToken cancellationToken) =>
        session["select 1 from fte.conversations where customer_id = any ($1) order by customer_id for update"].Set(customers.ToArray()).Any(cancellationToken);

    private Task<Erasure> Erase(
        string by, Func<PostgresSession, Task<List<Guid>>> whom, Func<PostgresSession, Task<bool>> stands, CancellationToken cancellationToken) =>
        PostgresPatience.WaitOut(
            record.Source.Work, () => record.Together(session => Erase(session, by, whom, stands, cancellationToken), cancellationToken), cancellationToken);

    /// <summary>Erases <paramref name="whom"/>, if that still <paramref name="stands"/> once nobody can write to them any more.</summary>
    private async Task<Erasure> Erase(
        PostgresSession session, string by, Func<PostgresSession, Task<List<Guid>>> whom, Func<PostgresSession, Task<bool>> stands, CancellationToken cancellationToken)
    {
        var now = await session["select fte.now() from fte.take_turn()"].First(static row => row.Time(), default, cancellationToken).ConfigureAwait(false);
        var customers = await whom(session).ConfigureAwait(false);
        if (customers.Count == 0)
            return new([], by, now, 0, []);

        var joined = await session[JoinedErasure.Of(JoinedErasure.Whose, IsOne, Schema)].Set(customers.ToArray()).List(static row => row.Id(), cancellationToken).ConfigureAwait(false);
        await Hold(session, [.. customers, .. joined], cancellationToken).ConfigureAwait(false);
        if (!await stands(session).ConfigureAwait(false))
            return new([], by, now, 0, []);
        var messages = await PostgresErasedMessages.Note(session, [.. customers], now, cancellationToken).ConfigureAwait(false);
        // While it is still known which messages it was learned from.
        await session[LearnedErasure.ForgetWords(IsOne, Schema, "'{}'")].Set(customers.ToArray()).Execute(cancellationToken).ConfigureAwait(false);
        var articles = await session[LearnedErasure.CountApproved(IsOne, Schema)].Set(customers.ToArray()).First(static row => row.Long(), 0L, cancellationToken).ConfigureAwait(false);
        var rows = await session["select fte.forget_learned($1)"].Set(customers.ToArray()).Within(Publishing).First(static row => row.Long(), 0L, cancellationToken).ConfigureAwait(false);
        if (joined.Count > 0)
        {
            foreach (var statement in JoinedErasure.Statements)
                rows += await session[JoinedErasure.Of(statement, IsOne, Schema, next: "least(sla_due_at, quiet_close_at, delivery_due_at)")]
                    .Set(customers.ToArray()).Execute(cancellationToken).ConfigureAwait(false);
            await session["select fte.derive_deliveries($1)"].Set(joined.ToArray()).Any(cancellationToken).ConfigureAwait(false);
        }

        foreach (var table in PersonalTables.All)
            rows += await session[$"delete from {Schema}{table.Name} where {PersonalTables.Where(table, IsOne, Schema)}"]
                .Set(customers.ToArray()).Execute(cancellationToken).ConfigureAwait(false);
        await session[$"insert into fte.audit (at, actor, act, customer_id, detail) select $2, $3, '{ErasureNote.Act}', id, $4 from unnest($1) as erased (id)"]
            .Set(customers.ToArray()).Set(now).Set(by).Set(ErasureNote.Detail(Guid.CreateVersion7(time.GetUtcNow()), rows))
            .Execute(cancellationToken).ConfigureAwait(false);
        return new([.. customers.Select(id => new CustomerId(id))], by, now, rows, messages, (int)articles);
    }

    private async Task<bool> ExportAndNote(CustomerId customer, string by, Stream destination, CancellationToken cancellationToken)
    {
        if (!await record.ReadOneState(session => Export(session, customer, destination, cancellationToken), cancellationToken).ConfigureAwait(false))
            return false;
        await record["select fte.note($1, 'exported', $2, '')"].Set(by).Set(customer.Value).Any(cancellationToken).ConfigureAwait(false);
        return true;
    }

    private async Task<bool> Export(PostgresSession session, CustomerId customer, Stream destination, CancellationToken cancellationToken)
    {
        var group = await session["select g from fte.group_of($1) as g"].Set(customer.Value).List(static row => row.Id(), cancellationToken).ConfigureAwait(false);
        if (group.Count == 0)
            return false;
        using var document = new PersonalDocument(destination, customer, [.. group.Select(id => new CustomerId(id))], time.GetUtcNow());
        foreach (var table in PersonalTables.All.Where(table => !table.Columns.IsEmpty))
        {
            document.Begin(table);
            var sql = $"""
                select {string.Join(", ", table.Columns.Select(column => column.Name))} from {Schema}{table.Name}
                where {PersonalTables.Copied(table, IsOne, Schema, "")} order by {table.Order} limit {table.Page} offset $2
                """;
            for (var read = 0L; ; read += table.Page)
            {
                var rows = await session[sql].Set(group.ToArray()).Set(read)
                    .List(row => table.Columns.Select(column => Value(row, column.Kind)).ToArray(), cancellationToken).ConfigureAwait(false);
                foreach (var row in rows)
                    document.Write(table, row);
                if (rows.Count < table.Page)
                    break;
            }

            document.End();
        }

        document.Finish();
        return true;
    }

    private static object? Value(PostgresRow row, PersonalKind kind) => kind switch
    {
        PersonalKind.Id => row.IdOrNull(),
        PersonalKind.Text => row.TextOrNull(),
        PersonalKind.Texts => row.Texts(),
        PersonalKind.Time => row.TimeOrNull(),
        PersonalKind.Number => row.NumberOrNull(),
        PersonalKind.Real => row.DoubleOrNull(),
        PersonalKind.Flag => row.Bool(),
        PersonalKind.Bytes => row.BytesOrNull(),
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "Every kind is read in its way."),
    };
}
