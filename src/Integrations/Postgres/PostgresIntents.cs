using FteAgent.Intents;

namespace FteAgent.Postgres;

/// <summary>The classifier of intents, in the database (<c>db/fte/0016_intents.sql</c>).</summary>
internal sealed class PostgresIntents(PostgresRecord record) : IIntents
{
    public Task<KeptIntents> Current(CancellationToken cancellationToken) =>
        record["select number, format, fingerprint, labels, examples, fte.now() - kept_at from fte.intents"]
            .First(
                static row => new KeptIntents(row.Long(), row.Int(), row.Text(), row.Int(), row.Int(), row.SpanOrZero()), KeptIntents.None,
                cancellationToken);

    public Task<byte[]?> Load(long number, CancellationToken cancellationToken) =>
        record["select classifier from fte.intents where number = $1"].Set(number).First(static row => row.BytesOrNull(), null as byte[], cancellationToken);

    public Task<bool> Keep(TrainedIntents trained, CancellationToken cancellationToken) => record.Together(
        async session =>
        {
            // As whoever merges and erases does: nobody is erased between the look and the commit.
            await session["select fte.take_turn()"].Any(cancellationToken).ConfigureAwait(false);
            string[] articles = [.. trained.Articles.Select(article => article.ToString())];
            var (before, found) = await session["select coalesce((select number from fte.intents), 0), (select count(*) from fte.articles where id = any ($1))"]
                .Set(articles).First(static row => (row.Long(), row.Long()), default, cancellationToken).ConfigureAwait(false);
            if (before != trained.After || found != articles.Length)
                return false;
            await session["delete from fte.intent_articles"].Execute(cancellationToken).ConfigureAwait(false);
            await session["insert into fte.intent_articles (article_id) select unnest($1)"].Set(articles).Execute(cancellationToken).ConfigureAwait(false);
            await session["""
                insert into fte.intents (number, format, fingerprint, labels, examples, kept_at, classifier) values ($1, $2, $3, $4, $5, fte.now(), $6)
                on conflict (only_one) do update set
                    number = excluded.number, format = excluded.format, fingerprint = excluded.fingerprint, labels = excluded.labels,
                    examples = excluded.examples, kept_at = excluded.kept_at, classifier = excluded.classifier
                """]
                .Set(before + 1).Set(trained.Format).Set(trained.Fingerprint).Set(trained.Labels).Set(trained.Examples).Set(trained.Bytes.ToArray())
                .Execute(cancellationToken).ConfigureAwait(false);
            return true;
        },
        cancellationToken);
}
