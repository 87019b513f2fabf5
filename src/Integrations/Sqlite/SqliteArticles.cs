using System.Collections.Immutable;
using FteAgent.Customers;
using FteAgent.Learning;
using FteAgent.Operators;
using FteAgent.Storage;

namespace FteAgent.Sqlite;

/// <summary>Articles in the file.</summary>
internal sealed class SqliteArticles(SqliteRecord record, TimeProvider time) : IArticles
{
    private const int PageLimit = 200;
    private const string Columns = "id, customer_id, ticket_id, question, answer, status, revision, proposed_at, changed_at, changed_by";

    private const string AddRevision = """
        insert into article_revisions (article_id, revision, customer_id, question, answer, status, at, made_by)
        select id, revision, customer_id, question, answer, status, changed_at, changed_by from articles where id = $id
        """;

    public Task<ImmutableArray<ResolvedTicket>> Unstudied(int limit, CancellationToken cancellationToken) => record.Read(
        session => session["""
            select t.customer_id, t.id from tickets t
            where t.resolution_by = 'operator' and t.resolution_at >= $since and t.status in ('resolved', 'closed')
                and not exists (select 1 from studied_tickets s where s.ticket_id = t.id)
            order by t.resolution_at limit $limit
            """]
            .Set("$since", record.Now - Micros.Of(IArticles.LearnsBack)).Set("$limit", limit)
            .List(static row => new ResolvedTicket(new(row.Id()), new(row.Text())))
            .ToImmutableArray(),
        cancellationToken);

    public Task<bool> Study(ResolvedTicket ticket, ProposedText? found, CancellationToken cancellationToken)
    {
        var id = ArticleId.Mint(time).ToString();
        return record.Write(
            session =>
            {
                var isFirst = session["""
                    insert into studied_tickets (ticket_id, customer_id, studied_at)
                    select id, customer_id, $now from tickets where id = $ticket and customer_id = $customer
                    on conflict (ticket_id) do nothing
                    """]
                    .Set("$now", record.Now).Set("$ticket", ticket.Ticket.Value).Set("$customer", ticket.Customer.Value).Execute() == 1;
                if (!isFirst || found is null)
                    return isFirst;
                session[$"insert into articles ({Columns}) values ($id, $customer, $ticket, $question, $answer, $status, 1, $now, $now, null)"]
                    .Set("$id", id).Set("$customer", ticket.Customer.Value).Set("$ticket", ticket.Ticket.Value)
                    .Set("$question", found.Question).Set("$answer", found.Answer).Set("$status", ArticleStatus.Proposed).Set("$now", record.Now)
                    .Execute();
                session[AddRevision].Set("$id", id).Execute();
                return true;
            },
            cancellationToken);
    }

    public Task<ArticlePage> List(ArticleStatus? status, int limit, string? cursor, CancellationToken cancellationToken)
    {
        if (cursor is not null && !ArticleId.TryParse(cursor, out _))
            return Task.FromResult(new ArticlePage([], null));   // Nothing lies behind a cursor that we did not give.
        var wanted = Math.Clamp(limit, 1, PageLimit);
        return record.Read(
            session =>
            {
                var found = session[$"select {Columns} from articles where ($status is null or status = $status) and id < $before order by id desc limit $limit"]
                    .Set("$status", status).Set("$before", cursor ?? ArticleActs.BeforeAll).Set("$limit", wanted + 1)
                    .List(Read);
                return new ArticlePage([.. found.Take(wanted)], found.Count > wanted ? found[wanted - 1].Id.ToString() : null);
            },
            cancellationToken);
    }

    public Task<ArticleHistory?> Find(ArticleId id, CancellationToken cancellationToken) => record.Read(
        session =>
        {
            if (Find(session, id) is not { } article)
                return null;
            var revisions = session["""
                select revision, question, answer, status, at, made_by from article_revisions where article_id = $id order by revision desc limit $limit
                """]
                .Set("$id", id.ToString()).Set("$limit", ArticleHistory.Limit)
                .List(static row => new ArticleRevision(row.Int(), row.Text(), row.Text(), row.Enum<ArticleStatus>(), row.Time(), row.TextOrNull()));
            return new ArticleHistory(article, [.. Enumerable.Reverse(revisions)]);
        },
        cancellationToken);

    public Task<ArticleChanged> Change(ArticleId id, ArticleChange change, Operator by, CancellationToken cancellationToken) => record.Write(
        session =>
        {
            if (Find(session, id) is not { } article)
                return new ArticleChanged(ArticleChangeOutcome.Missing, null);
            if (article.Revision != change.Revision)
                return new(ArticleChangeOutcome.Stale, article);
            var changed = ArticleActs.After(article, change, by.Name, Micros.ToTime(record.Now));
            if (changed == article)
                return new(ArticleChangeOutcome.Done, article);
            session["""
                update articles set question = $question, answer = $answer, status = $status, revision = $revision, changed_at = $at, changed_by = $by
                where id = $id
                """]
                .Set("$id", id.ToString()).Set("$question", changed.Question).Set("$answer", changed.Answer).Set("$status", changed.Status)
                .Set("$revision", changed.Revision).Set("$at", changed.ChangedAt).Set("$by", changed.ChangedBy)
                .Execute();
            session[AddRevision].Set("$id", id.ToString()).Execute();
            return new(ArticleChangeOutcome.Done, changed);
        },
        cancellationToken);

    public Task<LearnedDifference> Unpublished(CancellationToken cancellationToken) => record.Read(
        session =>
        {
            var (version, number) = session["select id, number from knowledge_versions where number is not null order by number desc limit 1"]
                .First(static row => (row.Long(), row.Long()), (0L, 0L));
            var lacking = session[$"""
                select {Columns} from articles where status = 'approved' and not exists (
                    select 1 from knowledge_documents d
                    where d.version_id = $version and d.id = 'learned/' || articles.id and d.changed_at = articles.changed_at)
                order by id
                """]
                .Set("$version", version).List(Read);
            var over = session["""
                select d.id from knowledge_documents d
                where d.version_id = $version and d.id >= 'learned/' and d.id < 'learned0'
                    and length(d.id) = 40 and substr(d.id, 9) not glob '*[^0-9a-f]*'
                    and not exists (select 1 from articles a where a.id = substr(d.id, 9) and a.status = 'approved')
                order by d.id
                """]
                .Set("$version", version).List(static row => row.Text());
            return new LearnedDifference(number, [.. lacking.Select(LearnedDocument.Of)], [.. over]);
        },
        cancellationToken);

    /// <summary>
    /// Erases what was learned from these customers, as <c>fte.forget_learned</c> does: from theirs, and from what was said in others' conversations
    /// while they were one with those. Gives how many rows went.
    /// </summary>
    public static long Forget(SqliteSession session, ImmutableArray<CustomerId> customers)
    {
        var rows = 0L;
        foreach (var customer in customers)
        {
            var articles = session["""
                select id from articles where customer_id = $customer
                union
                select a.id from hidden_parts part
                join messages m on m.customer_id = part.customer_id and m.sequence > part.after_sequence and m.sequence <= part.through_sequence
                join articles a on a.ticket_id = m.ticket_id
                where part.other_id = $customer
                """]
                .Set("$customer", customer.Value).List(static row => row.Text());
            foreach (var article in articles)
                rows += Forget(session, article);
        }

        return rows;
    }

    private static long Forget(SqliteSession session, string article)
    {
        var rows = session["delete from article_revisions where article_id = $id"].Set("$id", article).Execute();
        rows += session["delete from articles where id = $id"].Set("$id", article).Execute();
        var document = LearnedDocument.Prefix + article;
        session["delete from knowledge_chunks where version_id in (select id from knowledge_versions) and document_id = $id"].Set("$id", document).Execute();
        var documents = session["delete from knowledge_documents where version_id in (select id from knowledge_versions) and id = $id"].Set("$id", document).Execute();
        // Every reader of the version reads it again under its new number.
        if (documents > 0)
            session.Run("update knowledge_versions set number = number + 1 where number = (select max(number) from knowledge_versions)");
        return rows + documents;
    }

    private static Article? Find(SqliteSession session, ArticleId id) =>
        session[$"select {Columns} from articles where id = $id"].Set("$id", id.ToString()).First<Article?>(Read, null);

    private static Article Read(Row row) => new(
        new(Guid.ParseExact(row.Text(), "N")), new(row.Id()), new(row.Text()), row.Text(), row.Text(), row.Enum<ArticleStatus>(), row.Int(),
        row.Time(), row.Time(), row.TextOrNull());
}
