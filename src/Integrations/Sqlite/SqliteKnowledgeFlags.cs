using System.Collections.Immutable;
using FteAgent.Knowledge;

namespace FteAgent.Sqlite;

/// <summary>What is doubtful about each version, in the file (<c>db/sqlite/0009_knowledge.sql</c>).</summary>
internal sealed class SqliteKnowledgeFlags(SqliteRecord record) : IKnowledgeFlags
{
    public Task<ImmutableArray<KnowledgeFlag>?> Find(long version, CancellationToken cancellationToken) =>
        record.Read<ImmutableArray<KnowledgeFlag>?>(
            session =>
            {
                var id = session["select f.version_id from knowledge_flagged f join knowledge_versions v on v.id = f.version_id where v.number = $number"]
                    .Set("$number", version).First(static row => row.Long(), 0);
                if (id == 0)
                    return null;
                return
                [
                    .. session["""
                        select kind, document_id, chunk_id, sentence, other_document_id, other_chunk_id, other_sentence, is_open
                        from knowledge_flags where version_id = $version order by place
                        """]
                        .Set("$version", id)
                        .List(static row => new KnowledgeFlag(
                            row.Enum<FlagKind>(), row.Text(), row.TextOrNull(), row.TextOrNull(), row.TextOrNull(), row.TextOrNull(), row.TextOrNull(), row.Bool())),
                ];
            },
            cancellationToken);

    public Task<bool> Keep(long version, IReadOnlyList<KnowledgeFlag> flags, CancellationToken cancellationToken) =>
        record.Write(
            session =>
            {
                var id = session["select id from knowledge_versions where number = $number"].Set("$number", version).First(static row => row.Long(), 0);
                if (id == 0)
                    return false;
                session["insert into knowledge_flagged (version_id, at) values ($version, $now) on conflict (version_id) do update set at = excluded.at"]
                    .Set("$version", id).Set("$now", record.Now).Execute();
                session["delete from knowledge_flags where version_id = $version"].Set("$version", id).Execute();
                for (var place = 0; place < flags.Count; place++)
                    Write(session, id, place, flags[place]);
                return true;
            },
            cancellationToken);

    private static void Write(SqliteSession session, long version, int place, KnowledgeFlag flag) =>
        session["""
            insert into knowledge_flags
                (version_id, place, kind, document_id, chunk_id, sentence, other_document_id, other_chunk_id, other_sentence, is_open)
            values ($version, $place, $kind, $document, $chunk, $sentence, $other_document, $other_chunk, $other_sentence, $open)
            """]
            .Set("$version", version).Set("$place", place).Set("$kind", flag.Kind).Set("$document", flag.DocumentId).Set("$chunk", flag.ChunkId)
            .Set("$sentence", flag.Sentence).Set("$other_document", flag.OtherDocumentId).Set("$other_chunk", flag.OtherChunkId)
            .Set("$other_sentence", flag.OtherSentence).Set("$open", flag.IsOpen ? 1 : 0)
            .Execute();
}
