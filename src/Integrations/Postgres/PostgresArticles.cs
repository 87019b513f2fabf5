using System.Collections.Immutable;
using FteAgent.Learning;
using FteAgent.Operators;
using FteAgent.Storage;

namespace FteAgent.Postgres;

/// <summary>Articles in the database (<c>db/fte/0013_learning.sql</c>).</summary>
internal sealed class PostgresArticles(PostgresRecord record, TimeProvider time) : IArticles
{
    private const int PageLimit = 200;
    private const string Columns = "id, customer_id, ticket_id, question, answer, status, revision, proposed_at, changed_at, changed_by";

    private const string AddRevision = """
        insert into fte.article_revisions (article_id, revision, customer_id, question, answer, status, at, made_by)
        select id, revision, customer_id, question, answer, status, changed_at, changed_by from fte.articles where id = $1
        """;

    private const string CurrentVersion = "select id, number from fte.knowledge_versions where number is not null order by number desc limit 1";

    public async Task<ImmutableArray<ResolvedTicket>> Unstudied(int limit, CancellationToken cancellationToken) =>
    [
        .. await record["""
            select t.customer_id, t.id from fte.tickets t
            where t.resolution_by = 'operator' and t.resolution_at >= fte.now() - $1 and t.status in ('resolved', 'closed')
                and not exists (select from fte.studied_tickets s where s.ticket_id = t.id)
            order by t.resolution_at limit $2
            """]
            .Set(IArticles.LearnsBack).Set(limit)
            .List(static row => new ResolvedTicket(new(row.Id()), new(row.Text())), cancellationToken).ConfigureAwait(false),
    ];

    public Task<bool> Study(ResolvedTicket ticket, ProposedText? found, CancellationToken cancellationToken) => record.Together(
        async session =>
        {
            var isFirst = await session["""
                insert into fte.studied_tickets (ticket_id, customer_id, studied_at)
                select id, customer_id, fte.now() from fte.tickets where id = $1 and customer_id = $2
                on conflict (ticket_id) do nothing
                """]
                .Set(ticket.Ticket.Value).Set(ticket.Customer.Value).Execute(cancellationToken).ConfigureAwait(false) == 1;
            if (!isFirst || found is null)
                return isFirst;
            var id = ArticleId.Mint(time).ToString();
            await session[$"insert into fte.articles ({Columns}) values ($1, $2, $3, $4, $5, $6, 1, fte.now(), fte.now(), null)"]
                .Set(id).Set(ticket.Customer.Value).Set(ticket.Ticket.Value).Set(found.Question).Set(found.Answer).Set<ArticleStatus>(ArticleStatus.Proposed)
                .Execute(cancellationToken).ConfigureAwait(false);
            await session[AddRevision].Set(id).Execute(cancellationToken).ConfigureAwait(false);
            return true;
        },
        cancellationToken);

    public async Task<ArticlePage> List(ArticleStatus? status, int limit, string? cursor, CancellationToken cancellationToken)
    {
        if (cursor is not null && !ArticleId.TryParse(cursor, out _))
            return new([], null);   // Nothing lies behind a cursor that we did not give.
        var wanted = Math.Clamp(limit, 1, PageLimit);
        var found = await record[$"select {Columns} from fte.articles where ($1 is null or status = $1) and id < $2 order by id desc limit $3"]
            .Set(status).Set(cursor ?? ArticleActs.BeforeAll).Set(wanted + 1)
            .List(Read, cancellationToken).ConfigureAwait(false);
        return new([.. found.Take(wanted)], found.Count > wanted ? found[wanted - 1].Id.ToString() : null);
    }

    public Task<ArticleHistory?> Find(ArticleId id, CancellationToken cancellationToken) => record.ReadOneState(
        async session =>
        {
            if (await session[$"select {Columns} from fte.articles where id = $1"].Set(id.ToString()).First(Read, null as Article, cancellationToken).ConfigureAwait(false) is not { } article)
                return null;
            var revisions = await session["""
                select revision, question, answer, status, at, made_by from fte.article_revisions where article_id = $1 order by revision desc limit $2
                """]
                .Set(id.ToString()).Set(ArticleHistory.Limit)
                .List(
                    static row => new ArticleRevision(row.Int(), row.Text(), row.Text(), row.Enum<ArticleStatus>(), row.Time(), row.TextOrNull()),
                    cancellationToken).ConfigureAwait(false);
            return new ArticleHistory(article, [.. Enumerable.Reverse(revisions)]);
        },
        cancellationToken);

    public Task<ArticleChanged> Change(ArticleId id, ArticleChange change, Operator by, CancellationToken cancellationToken) => record.Together(
        async session =>
        {
            var (article, now) = await session[$"select {Columns}, fte.now() from fte.articles where id = $1 for update"].Set(id.ToString())
                .First(static row => ((Article?)Read(row), row.Time()), (null, default(DateTimeOffset)), cancellationToken).ConfigureAwait(false);
            if (article is null)
                return new ArticleChanged(ArticleChangeOutcome.Missing, null);
            if (article.Revision != change.Revision)
                return new(ArticleChangeOutcome.Stale, article);
            var changed = ArticleActs.After(article, change, by.Name, now);
            if (changed == article)
                return new(ArticleChangeOutcome.Done, article);
            await session["update fte.articles set question = $2, answer = $3, status = $4, revision = $5, changed_at = $6, changed_by = $7 where id = $1"]
                .Set(id.ToString()).Set(changed.Question).Set(changed.Answer).Set<ArticleStatus>(changed.Status).Set(changed.Revision).Set(changed.ChangedAt)
                .Set(changed.ChangedBy).Execute(cancellationToken).ConfigureAwait(false);
            await session[AddRevision].Set(id.ToString()).Execute(cancellationToken).ConfigureAwait(false);
            return new(ArticleChangeOutcome.Done, changed);
        },
        cancellationToken);

    public Task<LearnedDifference> Unpublished(CancellationToken cancellationToken) => record.ReadOneState(
        async session =>
        {
            var (version, number) = await session[CurrentVersion]
                .First(static row => (row.Long(), row.Long()), (0L, 0L), cancellationToken).ConfigureAwait(false);
            var lacking = await session[$"""
                select {Columns} from fte.articles a where a.status = 'approved' and not exists (
                    select from fte.knowledge_documents d where d.version_id = $1 and d.id = 'learned/' || a.id and d.changed_at = a.changed_at)
                order by a.id
                """]
                .Set(version).List(Read, cancellationToken).ConfigureAwait(false);
            var over = await session["""
                select d.id from fte.knowledge_documents d
                where d.version_id = $1 and d.id >= 'learned/' and d.id < 'learned0' and d.id ~ '^learned/[0-9a-f]{32}$'
                    and not exists (select from fte.articles a where a.id = substr(d.id, 9) and a.status = 'approved')
                order by d.id
                """]
                .Set(version).List(static row => row.Text(), cancellationToken).ConfigureAwait(false);
            return new LearnedDifference(number, [.. lacking.Select(LearnedDocument.Of)], [.. over]);
        },
        cancellationToken);

    private static Article Read(PostgresRow row) => new(
        new(Guid.ParseExact(row.Text(), "N")), new(row.Id()), new(row.Text()), row.Text(), row.Text(), row.Enum<ArticleStatus>(), row.Int(),
        row.Time(), row.Time(), row.TextOrNull());
}
