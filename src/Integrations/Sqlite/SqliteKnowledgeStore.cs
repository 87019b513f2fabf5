using System.Runtime.InteropServices;
using FteAgent.Knowledge;

namespace FteAgent.Sqlite;

/// <summary>
/// Versions of the documents in the file. A version is written in slices, so that an import never holds up the intake, under a
/// row that no reader looks at; giving that row its number is the one step that makes it the current one.
/// </summary>
internal sealed partial class SqliteKnowledgeStore(SqliteRecord record) : IKnowledgeStore
{
    private const int SliceSize = 200;

    private const string DocumentColumns = "id, title, text, changed_at, category, url";
    private const string ChunkColumns = "id, document_id, heading, text, vector, embedder";

    /// <summary>An unpublished version of this age belongs to an import that was killed.</summary>
    private static readonly TimeSpan LongestImport = TimeSpan.FromDays(1);

    public Task<long> CurrentVersion(CancellationToken cancellationToken) =>
        record.Read(static session => Current(session).Number, cancellationToken);

    public Task<KnowledgeVersion> Load(CancellationToken cancellationToken) =>

        // Long enough to be worth a thread of its own.
        Task.Run(() => record.Read(Load, cancellationToken), cancellationToken);

    public Task<KnowledgeVersion> LoadDocuments(IReadOnlyCollection<string> ids, CancellationToken cancellationToken) =>
        record.Read(
            session =>
            {
                var (id, number, publishedAt) = Current(session);
                var (documents, chunks) = LoadSome(session, id, ids);
                return new KnowledgeVersion(number, publishedAt, documents, chunks);
            },
            cancellationToken);

    public async Task<long> Publish(IReadOnlyList<Document> documents, IReadOnlyList<StoredChunk> chunks, CancellationToken cancellationToken) =>
        await Build(
            async version =>
            {
                await WriteAll(version, documents, chunks, cancellationToken).ConfigureAwait(false);
                // Learned ones last, with the number: others may have added to them while this was being written.
                return await record.Write<long?>(session =>
                {
                    KeepLearned(session, version);
                    return MakeCurrent(session, version);
                }, cancellationToken).ConfigureAwait(false);
            },
            cancellationToken).ConfigureAwait(false)
        ?? throw new InvalidOperationException("An import has no version that it depends on.");

    /// <summary>Builds a version where no reader looks. Whatever is not made the current one is removed again.</summary>
    private async Task<long?> Build(Func<long, Task<long?>> build, CancellationToken cancellationToken)
    {
        var version = await record.Write(
            session => session["insert into knowledge_versions (started_at) values ($now) returning id"]
                .Set("$now", record.Now)
                .First(static row => row.Long(), 0),
            cancellationToken).ConfigureAwait(false);
        try
        {
            var number = await build(version).ConfigureAwait(false);
            if (number is null)
                await Remove(version, onlyUnpublished: true).ConfigureAwait(false);
            else
                await RemoveOld().ConfigureAwait(false);
            return number;
        }
        catch
        {
            await Remove(version, onlyUnpublished: true).ConfigureAwait(false);
            throw;
        }
    }

    private async Task WriteAll(long version, IReadOnlyList<Document> documents, IReadOnlyList<StoredChunk> chunks, CancellationToken cancellationToken)
    {
        foreach (var slice in documents.Chunk(SliceSize))
            await WriteSlice(slice, (session, document, _) => Write(session, version, document), 0, cancellationToken).ConfigureAwait(false);

        var place = 0;
        foreach (var slice in chunks.Chunk(SliceSize))
        {
            await WriteSlice(slice, (session, chunk, at) => Write(session, version, chunk, at), place, cancellationToken).ConfigureAwait(false);
            place += slice.Length;
        }
    }

    private static (long Id, long Number, DateTimeOffset PublishedAt) Current(SqliteSession session) =>
        session["select id, number, published_at from knowledge_versions where number is not null order by number desc limit 1"]
            .First(static row => (row.Long(), row.Long(), row.Time()), (0, 0, DateTimeOffset.UnixEpoch));

    private static KnowledgeVersion Load(SqliteSession session)
    {
        var (id, number, publishedAt) = Current(session);
        var documents = session[$"select {DocumentColumns} from knowledge_documents where version_id = $version order by id"]
            .Set("$version", id).List(ToDocument);
        var chunks = session[$"select {ChunkColumns} from knowledge_chunks where version_id = $version order by document_id, place"]
            .Set("$version", id).List(ToChunk);
        return new(number, publishedAt, documents, chunks);
    }

    private static Document ToDocument(Row row) => new(row.Text(), row.Text(), row.Text(), row.Time(), row.TextOrNull(), row.TextOrNull());

    private static StoredChunk ToChunk(Row row) => new(row.Text(), row.Text(), row.Text(), row.Text(), ToVector(row.BytesOrNull()), row.TextOrNull());

    private Task<int> WriteSlice<T>(T[] slice, Action<SqliteSession, T, int> write, int place, CancellationToken cancellationToken) =>
        record.Write(
            session =>
            {
                for (var i = 0; i < slice.Length; i++)
                    write(session, slice[i], place + i);
                return slice.Length;
            },
            cancellationToken);

    private static void Write(SqliteSession session, long version, Document document) =>
        session["""
            insert into knowledge_documents (version_id, id, title, text, changed_at, category, url)
            values ($version, $id, $title, $text, $changed, $category, $url)
            """]
            .Set("$version", version).Set("$id", document.Id).Set("$title", document.Title).Set("$text", document.Text)
            .Set("$changed", document.ChangedAt).Set("$category", document.Category).Set("$url", document.Url)
            .Execute();

    private static void Write(SqliteSession session, long version, StoredChunk chunk, int place) =>
        session["""
            insert into knowledge_chunks (version_id, id, document_id, place, heading, text, vector, embedder)
            values ($version, $id, $document, $place, $heading, $text, $vector, $embedder)
            """]
            .Set("$version", version).Set("$id", chunk.Id).Set("$document", chunk.DocumentId).Set("$place", place)
            .Set("$heading", chunk.Heading).Set("$text", chunk.Text).Set("$vector", ToBytes(chunk.Vector)).Set("$embedder", chunk.Embedder)
            .Execute();

    private long MakeCurrent(SqliteSession session, long version)
    {
        var number = Current(session).Number + 1;
        session["update knowledge_versions set number = $number, published_at = $now where id = $version"]
            .Set("$version", version).Set("$number", number).Set("$now", record.Now)
            .Execute();
        return number;
    }

    /// <summary>Keeps the current version and the one before, and whatever another import is still writing.</summary>
    private async Task RemoveOld()
    {
        var old = await record.Read(
            session => session["""
                select id from knowledge_versions
                where number < (select max(number) - 1 from knowledge_versions) or (number is null and started_at < $abandoned)
                """]
                .Set("$abandoned", record.Now - Micros.Of(LongestImport))
                .List(static row => row.Long()),
            CancellationToken.None).ConfigureAwait(false);
        foreach (var version in old)
            await Remove(version, onlyUnpublished: false).ConfigureAwait(false);
    }

    private async Task Remove(long version, bool onlyUnpublished)
    {
        // The row is taken from its number first: a version half removed is not one that can be read.
        var removable = await record.Write(
            session => session["update knowledge_versions set number = null, started_at = 0 where id = $version and (number is null or $published = 1)"]
                .Set("$version", version).Set("$published", onlyUnpublished ? 0 : 1)
                .Execute() == 1,
            CancellationToken.None).ConfigureAwait(false);
        if (!removable)
            return;

        await RemoveSlices("delete from knowledge_chunks where rowid in (select rowid from knowledge_chunks where version_id = $version limit $limit)", version).ConfigureAwait(false);
        await RemoveSlices("delete from knowledge_documents where rowid in (select rowid from knowledge_documents where version_id = $version limit $limit)", version).ConfigureAwait(false);
        await RemoveSlices("delete from knowledge_versions where id in (select id from knowledge_versions where id = $version limit $limit)", version).ConfigureAwait(false);
    }

    private async Task RemoveSlices(string sql, long version)
    {
        while (await record.Write(session => session[sql].Set("$version", version).Set("$limit", SliceSize).Execute(), CancellationToken.None).ConfigureAwait(false) == SliceSize)
        {
        }
    }

    private static byte[]? ToBytes(float[]? vector) => vector is null ? null : MemoryMarshal.AsBytes<float>(vector).ToArray();

    private static float[]? ToVector(byte[]? bytes) => bytes is null ? null : MemoryMarshal.Cast<byte, float>(bytes).ToArray();
}
