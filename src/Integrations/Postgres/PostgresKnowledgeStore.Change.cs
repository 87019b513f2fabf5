using FteAgent.Knowledge;

namespace FteAgent.Postgres;

/// <content>Changes of a few documents. What stays is copied by the database, which sends none of it here.</content>
internal sealed partial class PostgresKnowledgeStore
{
    /// <summary>A silo that missed more versions than these loads the current one whole.</summary>
    private const int KeptChanges = 1_000;

    public async Task<long?> Change(KnowledgeChange change, CancellationToken cancellationToken)
    {
        string[] changed = [.. change.Documents.Select(document => document.Id), .. change.Removed];
        var number = await record.Together<long?>(
            async session =>
            {
                await TakeTurn(session, cancellationToken).ConfigureAwait(false);
                var (before, current, _) = await Current(session, cancellationToken).ConfigureAwait(false);
                if (current != change.Of)
                    return null;
                var version = await Begin(session, cancellationToken).ConfigureAwait(false);
                await Keep(session, version, before, "<> all($3)", changed, cancellationToken).ConfigureAwait(false);
                await Copy(session, version, change.Documents, cancellationToken).ConfigureAwait(false);
                await Copy(session, version, change.Chunks, cancellationToken).ConfigureAwait(false);
                await IndexVectors(session, version, cancellationToken).ConfigureAwait(false);
                var next = await MakeCurrent(session, version, cancellationToken).ConfigureAwait(false);
                await Note(session, next, changed, cancellationToken).ConfigureAwait(false);
                return next;
            },
            cancellationToken).ConfigureAwait(false);

        if (number is not null)
            await RemoveOld().ConfigureAwait(false);
        return number;
    }

    public Task<KnowledgeDelta?> LoadChanges(long since, CancellationToken cancellationToken) =>
        record.ReadOneState(session => LoadChanges(session, since, cancellationToken), cancellationToken);

    private static async Task<KnowledgeDelta?> LoadChanges(PostgresSession session, long since, CancellationToken cancellationToken)
    {
        var (_, number, _) = await Current(session, cancellationToken).ConfigureAwait(false);
        var noted = await session["select count(distinct number) from fte.knowledge_changes where number > $1 and number <= $2"]
            .Set(since).Set(number)
            .First(static row => row.Long(), 0L, cancellationToken).ConfigureAwait(false);
        if (noted == 0 || noted != number - since)
            return null;
        var changed = await session["select distinct document_id from fte.knowledge_changes where number > $1 and number <= $2"]
            .Set(since).Set(number).Within(WholeVersion)
            .List(static row => row.Text(), cancellationToken).ConfigureAwait(false);
        var version = await Load(session, NoText, NoVector, [.. changed], cancellationToken).ConfigureAwait(false);
        return new(number, changed, version.Documents, version.Chunks);
    }

    /// <summary>Takes what was learned over from the current version: others may have added to it while an import was being written.</summary>
    private static async Task KeepLearned(PostgresSession session, long version, CancellationToken cancellationToken)
    {
        var (before, _, _) = await Current(session, cancellationToken).ConfigureAwait(false);
        await Keep(session, version, before, "like any($3)", [$"{Document.LearnedPrefix}%"], cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Takes documents whose ids fit, and their chunks, from one version into another.</summary>
    private static async Task Keep(PostgresSession session, long version, long before, string fits, string[] ids, CancellationToken cancellationToken)
    {
        await session[$"""
            insert into fte.knowledge_documents (version_id, id, title, text, changed_at, category, url)
            select $1, id, title, text, changed_at, category, url from fte.knowledge_documents where version_id = $2 and id {fits}
            """]
            .Set(version).Set(before).Set(ids).Within(WholeVersion).Execute(cancellationToken).ConfigureAwait(false);
        await session[$"""
            insert into fte.knowledge_chunks (version_id, id, document_id, place, heading, text, vector, embedder)
            select $1, id, document_id, place, heading, text, vector, embedder from fte.knowledge_chunks where version_id = $2 and document_id {fits}
            """]
            .Set(version).Set(before).Set(ids).Within(WholeVersion).Execute(cancellationToken).ConfigureAwait(false);
    }

    private static async Task Note(PostgresSession session, long number, string[] changed, CancellationToken cancellationToken)
    {
        await session["insert into fte.knowledge_changes (number, document_id) select $1, unnest($2)"]
            .Set(number).Set(changed).Execute(cancellationToken).ConfigureAwait(false);
        await session["delete from fte.knowledge_changes where number <= $1"]
            .Set(number - KeptChanges).Execute(cancellationToken).ConfigureAwait(false);
    }
}
