using System.Text.Json;
using FteAgent.Knowledge;

namespace FteAgent.Sqlite;

/// <content>Changes of a few documents. What stays is copied within the file, in slices, so that intake never waits for all of it.</content>
internal sealed partial class SqliteKnowledgeStore
{
    /// <summary>What missed more versions than these is loaded whole.</summary>
    private const int KeptChanges = 1_000;

    public async Task<long?> Change(KnowledgeChange change, CancellationToken cancellationToken)
    {
        string[] changed = [.. change.Documents.Select(document => document.Id), .. change.Removed];
        return await Build(
            async version =>
            {
                if (await CopyKept(version, change.Of, changed, cancellationToken).ConfigureAwait(false) is not true)
                    return null;
                await WriteAll(version, change.Documents, change.Chunks, cancellationToken).ConfigureAwait(false);
                // Here it is decided whether the version that was copied is still the current one.
                return await record.Write<long?>(session =>
                {
                    if (Current(session).Number != change.Of)
                        return null;
                    var number = MakeCurrent(session, version);
                    Note(session, number, changed);
                    return number;
                }, cancellationToken).ConfigureAwait(false);
            },
            cancellationToken).ConfigureAwait(false);
    }

    public Task<KnowledgeDelta?> LoadChanges(long since, CancellationToken cancellationToken) =>
        record.Read<KnowledgeDelta?>(
            session =>
            {
                var (id, number, _) = Current(session);
                var noted = session["select count(distinct number) from knowledge_changes where number > $since and number <= $number"]
                    .Set("$since", since).Set("$number", number).First(static row => row.Long(), 0);
                if (noted == 0 || noted != number - since)
                    return null;
                var changed = session["select distinct document_id from knowledge_changes where number > $since and number <= $number"]
                    .Set("$since", since).Set("$number", number).List(static row => row.Text());
                var (documents, chunks) = LoadSome(session, id, changed);
                return new(number, changed, documents, [.. chunks.Select(chunk => chunk with { Vector = null })]);
            },
            cancellationToken);

    private static (List<Document> Documents, List<StoredChunk> Chunks) LoadSome(SqliteSession session, long version, IReadOnlyCollection<string> ids)
    {
        var json = Json(ids);
        return (
            session[$"""
                select {DocumentColumns} from knowledge_documents
                where version_id = $version and id in (select value from json_each($ids)) order by id
                """]
                .Set("$version", version).Set("$ids", json).List(ToDocument),
            session[$"""
                select {ChunkColumns} from knowledge_chunks
                where version_id = $version and document_id in (select value from json_each($ids)) order by document_id, place
                """]
                .Set("$version", version).Set("$ids", json).List(ToChunk));
    }

    /// <summary>Copies what does not change. False where the version is not the current one any more.</summary>
    private async Task<bool> CopyKept(long version, long number, string[] changed, CancellationToken cancellationToken)
    {
        var (before, ids) = await record.Read(
            session =>
            {
                var current = Current(session);
                return (current.Number == number ? current.Id : (long?)null,
                    session["select id from knowledge_documents where version_id = $version order by id"].Set("$version", current.Id).List(static row => row.Text()));
            },
            cancellationToken).ConfigureAwait(false);
        if (before is not { } source)
            return false;

        var leaves = Json(changed);
        foreach (var slice in ids.Chunk(SliceSize))
            await record.Write(session => CopyKept(session, version, source, slice[0], slice[^1], leaves), cancellationToken).ConfigureAwait(false);
        return true;
    }

    private static int CopyKept(SqliteSession session, long version, long before, string first, string last, string leaves)
    {
        session["""
            insert into knowledge_documents (version_id, id, title, text, changed_at, category, url)
            select $version, id, title, text, changed_at, category, url from knowledge_documents
            where version_id = $before and id between $first and $last and id not in (select value from json_each($leaves))
            """]
            .Set("$version", version).Set("$before", before).Set("$first", first).Set("$last", last).Set("$leaves", leaves)
            .Execute();
        return session["""
            insert into knowledge_chunks (version_id, id, document_id, place, heading, text, vector, embedder)
            select $version, id, document_id, place, heading, text, vector, embedder from knowledge_chunks
            where version_id = $before and document_id between $first and $last and document_id not in (select value from json_each($leaves))
            """]
            .Set("$version", version).Set("$before", before).Set("$first", first).Set("$last", last).Set("$leaves", leaves)
            .Execute();
    }

    private static void KeepLearned(SqliteSession session, long version)
    {
        // The prefix ends in a slash, and what comes next among characters is a zero.
        var before = Current(session).Id;
        session["""
            insert into knowledge_documents (version_id, id, title, text, changed_at, category, url)
            select $version, id, title, text, changed_at, category, url from knowledge_documents
            where version_id = $before and id >= 'learned/' and id < 'learned0'
            """]
            .Set("$version", version).Set("$before", before).Execute();
        session["""
            insert into knowledge_chunks (version_id, id, document_id, place, heading, text, vector, embedder)
            select $version, id, document_id, place, heading, text, vector, embedder from knowledge_chunks
            where version_id = $before and document_id >= 'learned/' and document_id < 'learned0'
            """]
            .Set("$version", version).Set("$before", before).Execute();
    }

    private static void Note(SqliteSession session, long number, string[] changed)
    {
        session["insert into knowledge_changes (number, document_id) select $number, value from json_each($changed)"]
            .Set("$number", number).Set("$changed", Json(changed)).Execute();
        session["delete from knowledge_changes where number <= $oldest"].Set("$oldest", number - KeptChanges).Execute();
    }

    // As the record keeps it: NUL is replaced there.
    private static string Json(IEnumerable<string> ids) => JsonSerializer.Serialize<string[]>([.. ids.Select(id => id.Replace('\0', '\uFFFD'))]);
}
