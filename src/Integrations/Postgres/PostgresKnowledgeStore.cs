using FteAgent.Knowledge;
using Npgsql;
using NpgsqlTypes;

namespace FteAgent.Postgres;

/// <summary>
/// Versions of the documents. A version and its number are committed together, so a reader sees the old one or the new one, whole,
/// on every silo.
/// </summary>
internal sealed partial class PostgresKnowledgeStore(PostgresRecord record) : IKnowledgeStore
{
    /// <summary>Writing or reading all documents takes longer than the day's statements.</summary>
    private static readonly TimeSpan WholeVersion = TimeSpan.FromMinutes(5);

    /// <summary>What publishers wait for in turn, for the moment of taking a number.</summary>
    private const long PublishLock = 0x66_74_65_00_00_00_02;

    private const string NoText = "''";
    private const string NoVector = "null::real[]";

    public Task<long> CurrentVersion(CancellationToken cancellationToken) =>
        record["select coalesce(max(number), 0) from fte.knowledge_versions"].First(static row => row.Long(), 0L, cancellationToken);

    public Task<KnowledgeVersion> Load(CancellationToken cancellationToken) =>
        record.ReadOneState(session => Load(session, "text", "vector", null, cancellationToken), cancellationToken);

    public Task<KnowledgeVersion> LoadWords(CancellationToken cancellationToken) =>
        record.ReadOneState(session => Load(session, NoText, NoVector, null, cancellationToken), cancellationToken);

    public Task<KnowledgeVersion> LoadDocuments(IReadOnlyCollection<string> ids, CancellationToken cancellationToken) =>
        record.ReadOneState(session => Load(session, "text", "vector", [.. ids], cancellationToken), cancellationToken);

    public async Task<IReadOnlyList<float[]?>?> LoadVectors(long number, string embedder, CancellationToken cancellationToken)
    {
        var vectors = await record["""
            select case when c.embedder = $2 then c.vector end from fte.knowledge_versions v join fte.knowledge_chunks c on c.version_id = v.id
            where v.number = $1 order by c.document_id, c.place
            """]
            .Set(number).Set(embedder).Within(WholeVersion)
            .List(static row => row.VectorOrNull(), cancellationToken).ConfigureAwait(false);
        return vectors.Count == 0 ? null : vectors;
    }

    public async Task<long> Publish(IReadOnlyList<Document> documents, IReadOnlyList<StoredChunk> chunks, CancellationToken cancellationToken)
    {
        var number = await record.Together(
            async session =>
            {
                var version = await Begin(session, cancellationToken).ConfigureAwait(false);
                await Copy(session, version, documents, cancellationToken).ConfigureAwait(false);
                await Copy(session, version, chunks, cancellationToken).ConfigureAwait(false);
                await TakeTurn(session, cancellationToken).ConfigureAwait(false);
                await KeepLearned(session, version, cancellationToken).ConfigureAwait(false);
                await IndexVectors(session, version, cancellationToken).ConfigureAwait(false);
                return await MakeCurrent(session, version, cancellationToken).ConfigureAwait(false);
            },
            cancellationToken).ConfigureAwait(false);

        await RemoveOld().ConfigureAwait(false);
        return number;
    }

    private static async Task<KnowledgeVersion> Load(
        PostgresSession session, string text, string vector, string[]? ids, CancellationToken cancellationToken)
    {
        var (id, number, publishedAt) = await Current(session, cancellationToken).ConfigureAwait(false);
        var documents = await Rows(
            session, $"select id, title, {text}, changed_at, category, url from fte.knowledge_documents where version_id = $1", "id", id, ids)
            .List(static row => new Document(row.Text(), row.Text(), row.Text(), row.Time(), row.TextOrNull(), row.TextOrNull()), cancellationToken)
            .ConfigureAwait(false);
        var chunks = await Rows(
            session, $"select id, document_id, heading, text, {vector}, embedder from fte.knowledge_chunks where version_id = $1", "document_id", id, ids)
            .List(static row => new StoredChunk(row.Text(), row.Text(), row.Text(), row.Text(), row.VectorOrNull(), row.TextOrNull()), cancellationToken)
            .ConfigureAwait(false);
        return new(number, publishedAt, documents, chunks);
    }

    /// <summary>Rows of a version in its order: all, or those of some documents.</summary>
    private static PostgresStatement Rows(PostgresSession session, string select, string document, long version, string[]? ids)
    {
        var order = document == "id" ? document : $"{document}, place";
        return ids is null
            ? session[$"{select} order by {order}"].Set(version).Within(WholeVersion)
            : session[$"{select} and {document} = any($2) order by {order}"].Set(version).Set(ids).Within(WholeVersion);
    }

    private static Task<(long Id, long Number, DateTimeOffset PublishedAt)> Current(PostgresSession session, CancellationToken cancellationToken) =>
        session["select id, number, published_at from fte.knowledge_versions where number is not null order by number desc limit 1"]
            .First(static row => (row.Long(), row.Long(), row.Time()), (0L, 0L, DateTimeOffset.UnixEpoch), cancellationToken);

    /// <summary>A version without a number, until its own transaction ends.</summary>
    private static Task<long> Begin(PostgresSession session, CancellationToken cancellationToken) =>
        session["insert into fte.knowledge_versions default values returning id"].First(static row => row.Long(), 0L, cancellationToken);

    private static async Task Copy(PostgresSession session, long version, IReadOnlyList<Document> documents, CancellationToken cancellationToken)
    {
        var copy = await session.Connection.BeginBinaryImportAsync(
            "copy fte.knowledge_documents (version_id, id, title, text, changed_at, category, url) from stdin (format binary)", cancellationToken).ConfigureAwait(false);
        await using (copy.ConfigureAwait(false))
        {
            copy.Timeout = WholeVersion;
            foreach (var document in documents)
            {
                await copy.StartRowAsync(cancellationToken).ConfigureAwait(false);
                await copy.WriteAsync(version, NpgsqlDbType.Bigint, cancellationToken).ConfigureAwait(false);
                await Write(copy, document.Id, cancellationToken).ConfigureAwait(false);
                await Write(copy, document.Title, cancellationToken).ConfigureAwait(false);
                await Write(copy, document.Text, cancellationToken).ConfigureAwait(false);
                await copy.WriteAsync(document.ChangedAt.UtcDateTime, NpgsqlDbType.TimestampTz, cancellationToken).ConfigureAwait(false);
                await Write(copy, document.Category, cancellationToken).ConfigureAwait(false);
                await Write(copy, document.Url, cancellationToken).ConfigureAwait(false);
            }

            await copy.CompleteAsync(cancellationToken).ConfigureAwait(false);
        }
    }

    private static async Task Copy(PostgresSession session, long version, IReadOnlyList<StoredChunk> chunks, CancellationToken cancellationToken)
    {
        var copy = await session.Connection.BeginBinaryImportAsync(
            "copy fte.knowledge_chunks (version_id, id, document_id, place, heading, text, vector, embedder) from stdin (format binary)", cancellationToken).ConfigureAwait(false);
        await using (copy.ConfigureAwait(false))
        {
            copy.Timeout = WholeVersion;
            for (var place = 0; place < chunks.Count; place++)
            {
                var chunk = chunks[place];
                await copy.StartRowAsync(cancellationToken).ConfigureAwait(false);
                await copy.WriteAsync(version, NpgsqlDbType.Bigint, cancellationToken).ConfigureAwait(false);
                await Write(copy, chunk.Id, cancellationToken).ConfigureAwait(false);
                await Write(copy, chunk.DocumentId, cancellationToken).ConfigureAwait(false);
                await copy.WriteAsync(place, NpgsqlDbType.Integer, cancellationToken).ConfigureAwait(false);
                await Write(copy, chunk.Heading, cancellationToken).ConfigureAwait(false);
                await Write(copy, chunk.Text, cancellationToken).ConfigureAwait(false);
                if (chunk.Vector is { } vector)
                    await copy.WriteAsync(vector, NpgsqlDbType.Real | NpgsqlDbType.Array, cancellationToken).ConfigureAwait(false);
                else
                    await copy.WriteNullAsync(cancellationToken).ConfigureAwait(false);
                await Write(copy, chunk.Embedder, cancellationToken).ConfigureAwait(false);
            }

            await copy.CompleteAsync(cancellationToken).ConfigureAwait(false);
        }
    }

    private static Task Write(NpgsqlBinaryImporter copy, string? text, CancellationToken cancellationToken) => text is null
        ? copy.WriteNullAsync(cancellationToken)
        : copy.WriteAsync(PostgresText.Safe(text), NpgsqlDbType.Text, cancellationToken);

    /// <summary>Those that publish at once do so one after the other; the turn goes with the transaction.</summary>
    private static Task TakeTurn(PostgresSession session, CancellationToken cancellationToken) =>
        session[$"select pg_advisory_xact_lock({PublishLock})"].Within(WholeVersion).Execute(cancellationToken);

    /// <summary>The index of all a version's vectors is built anew, however few of them are new; without vectors there is none.</summary>
    private static Task IndexVectors(PostgresSession session, long version, CancellationToken cancellationToken) =>
        session["select fte.index_vectors($1) where exists (select from fte.knowledge_chunks where version_id = $1 and vector is not null)"]
            .Set(version).Within(WholeVersion).Execute(cancellationToken);

    private static Task<long> MakeCurrent(PostgresSession session, long version, CancellationToken cancellationToken) =>
        session["""
            update fte.knowledge_versions set number = (select coalesce(max(number), 0) + 1 from fte.knowledge_versions), published_at = fte.now()
            where id = $1 returning number
            """]
            .Set(version)
            .First(static row => row.Long(), 0L, cancellationToken);

    private Task RemoveOld() => record["select fte.remove_old_knowledge()"].Within(WholeVersion).Execute(CancellationToken.None);
}
