using System.Collections.Immutable;
using FteAgent.Knowledge;

namespace FteAgent.Postgres;

/// <summary>What is doubtful about each version, in the database (<c>db/fte/0015_knowledge.sql</c>).</summary>
internal sealed class PostgresKnowledgeFlags(PostgresRecord record) : IKnowledgeFlags
{
    public Task<ImmutableArray<KnowledgeFlag>?> Find(long version, CancellationToken cancellationToken) =>
        record.ReadOneState<ImmutableArray<KnowledgeFlag>?>(
            async session =>
            {
                var id = await session["select f.version_id from fte.knowledge_flagged f join fte.knowledge_versions v on v.id = f.version_id where v.number = $1"]
                    .Set(version).First(static row => row.Long(), 0L, cancellationToken).ConfigureAwait(false);
                if (id == 0)
                    return null;
                return
                [
                    .. await session["""
                        select kind, document_id, chunk_id, sentence, other_document_id, other_chunk_id, other_sentence, is_open
                        from fte.knowledge_flags where version_id = $1 order by place
                        """]
                        .Set(id)
                        .List(static row => new KnowledgeFlag(
                            row.Enum<FlagKind>(), row.Text(), row.TextOrNull(), row.TextOrNull(), row.TextOrNull(), row.TextOrNull(), row.TextOrNull(), row.Bool()), cancellationToken)
                        .ConfigureAwait(false),
                ];
            },
            cancellationToken);

    public Task<bool> Keep(long version, IReadOnlyList<KnowledgeFlag> flags, CancellationToken cancellationToken) =>
        record.Together(
            async session =>
            {
                // Locked, so that it does not go meanwhile.
                var id = await session["select id from fte.knowledge_versions where number = $1 for share"]
                    .Set(version).First(static row => row.Long(), 0L, cancellationToken).ConfigureAwait(false);
                if (id == 0)
                    return false;
                await session["insert into fte.knowledge_flagged (version_id, at) values ($1, fte.now()) on conflict (version_id) do update set at = excluded.at"]
                    .Set(id).Execute(cancellationToken).ConfigureAwait(false);
                await session["delete from fte.knowledge_flags where version_id = $1"].Set(id).Execute(cancellationToken).ConfigureAwait(false);
                for (var place = 0; place < flags.Count; place++)
                    await Write(session, id, place, flags[place], cancellationToken).ConfigureAwait(false);
                return true;
            },
            cancellationToken);

    private static Task Write(PostgresSession session, long version, int place, KnowledgeFlag flag, CancellationToken cancellationToken) =>
        session["""
            insert into fte.knowledge_flags
                (version_id, place, kind, document_id, chunk_id, sentence, other_document_id, other_chunk_id, other_sentence, is_open)
            values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)
            """]
            .Set(version).Set(place).Set<FlagKind>(flag.Kind).Set(flag.DocumentId).Set(flag.ChunkId).Set(flag.Sentence)
            .Set(flag.OtherDocumentId).Set(flag.OtherChunkId).Set(flag.OtherSentence).Set(flag.IsOpen)
            .Execute(cancellationToken);
}
