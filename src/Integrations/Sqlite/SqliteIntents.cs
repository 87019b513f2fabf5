using FteAgent.Intents;

namespace FteAgent.Sqlite;

/// <summary>The classifier of intents, in the file (<c>db/sqlite/0010_intents.sql</c>).</summary>
internal sealed class SqliteIntents(SqliteRecord record) : IIntents
{
    public Task<KeptIntents> Current(CancellationToken cancellationToken) => record.Read(
        session => session["select number, format, fingerprint, labels, examples, kept_at from intents"]
            .First(row => new KeptIntents(row.Long(), row.Int(), row.Text(), row.Int(), row.Int(), Micros.ToTime(record.Now) - row.Time()), KeptIntents.None),
        cancellationToken);

    public Task<byte[]?> Load(long number, CancellationToken cancellationToken) => record.Read(
        session => session["select classifier from intents where number = $number"].Set("$number", number).First(static row => row.BytesOrNull(), null as byte[]),
        cancellationToken);

    public Task<bool> Keep(TrainedIntents trained, CancellationToken cancellationToken) => record.Write(
        session =>
        {
            var before = session["select number from intents"].First(static row => row.Long(), 0L);
            var areThere = trained.Articles.All(article =>
                session["select 1 from articles where id = $id"].Set("$id", article.ToString()).First(static _ => true, false));
            if (before != trained.After || !areThere)
                return false;
            session["delete from intent_articles"].Execute();
            foreach (var article in trained.Articles)
                session["insert into intent_articles (article_id) values ($id)"].Set("$id", article.ToString()).Execute();
            session["""
                insert into intents (only_one, number, format, fingerprint, labels, examples, kept_at, classifier)
                values (1, $number, $format, $fingerprint, $labels, $examples, $now, $classifier)
                on conflict (only_one) do update set
                    number = excluded.number, format = excluded.format, fingerprint = excluded.fingerprint, labels = excluded.labels,
                    examples = excluded.examples, kept_at = excluded.kept_at, classifier = excluded.classifier
                """]
                .Set("$number", before + 1).Set("$format", trained.Format).Set("$fingerprint", trained.Fingerprint).Set("$labels", trained.Labels)
                .Set("$examples", trained.Examples).Set("$now", record.Now).Set("$classifier", trained.Bytes.Span)
                .Execute();
            return true;
        },
        cancellationToken);
}
