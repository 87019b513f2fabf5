using FteAgent.Conversations;

namespace FteAgent.Knowledge;

/// <content>How versions come about: all documents at once, or a few exchanged.</content>
internal sealed partial class KnowledgeIndex
{
    /// <summary>How often a change is made again because another came between. Each time one of them was published, so they all end.</summary>
    private const int ChangeAttempts = 20;

    public async Task<long> Publish(IReadOnlyList<Document> documents, IProgress<int>? progress, CancellationToken cancellationToken)
    {
        if (FirstTwice(documents.Select(document => document.Id)) is { } twice)
            throw new ArgumentException($"Two documents have the id {twice}.", nameof(documents));
        if (documents.FirstOrDefault(document => Document.IsLearned(document.Id)) is { } learned)
            throw new ArgumentException($"{learned.Id} is the id of a learned document, and those are not imported.", nameof(documents));

        var chunks = new List<(string Title, StoredChunk Chunk)>();
        for (var d = 0; d < documents.Count; d++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            chunks.AddRange(Chunker.Cut(documents[d]).Select(chunk => (documents[d].Title, chunk)));
            // With an embedder that is the least of it.
            if (embedder is null) progress?.Report(d + 1);
        }

        var vectors = embedder is null ? null : await KnownVectors(embedder, cancellationToken);
        var given = vectors is null
            ? chunks.ConvertAll(chunk => chunk.Chunk)
            : await vectors.Give(chunks, made => progress?.Report((int)((long)documents.Count * made / chunks.Count)), cancellationToken);
        var number = await store.Publish(documents, given, cancellationToken);
        await Refresh(cancellationToken);
        return number;
    }

    public async Task<KnowledgeChanged> Change(IReadOnlyList<Document> upserts, IReadOnlyList<string> removed, CancellationToken cancellationToken)
    {
        string[] ids = [.. upserts.Select(document => document.Id), .. removed];
        if (FirstTwice(ids) is { } twice)
            throw new ArgumentException($"One change names the document {twice} twice.", nameof(upserts));
        if (upserts.Count > IKnowledgeIndex.MaxChange || removed.Count > IKnowledgeIndex.MaxChange)
            throw new ArgumentException($"A change takes up to {IKnowledgeIndex.MaxChange} documents.", nameof(upserts));

        var vectors = embedder is null ? null : new ChunkVectors(embedder, log);
        for (var attempt = 0; attempt < ChangeAttempts; attempt++)
        {
            var before = await store.LoadDocuments(ids, cancellationToken);
            var there = before.Documents.ToDictionary(document => document.Id, StringComparer.Ordinal);
            var put = upserts.Where(document => !there.TryGetValue(document.Id, out var old) || !IsSame(old, document)).ToList();
            var gone = removed.Where(there.ContainsKey).ToList();
            if (put.Count + gone.Count == 0) return await Switched(new(before.Number, 0, 0), before.Number, cancellationToken);

            var chunks = put.SelectMany(document => Chunker.Cut(document).Select(chunk => (document.Title, Chunk: chunk))).ToList();
            vectors?.Know(before, [.. before.Chunks.Select(chunk => chunk.Embedder == embedder!.Name ? chunk.Vector : null)]);
            var given = vectors is null ? chunks.ConvertAll(chunk => chunk.Chunk) : await vectors.Give(chunks, null, cancellationToken);
            if (await store.Change(new KnowledgeChange(before.Number, put, given, gone), cancellationToken) is { } number)
                return await Switched(new(number, put.Count, gone.Count), before.Number, cancellationToken);
        }

        throw new RecordUnavailableException("The knowledge is being changed by others all the time; try again.");
    }

    /// <summary>A process that searches nothing, such as a command, need not read all the other documents for one that it changed.</summary>
    private async Task<KnowledgeChanged> Switched(KnowledgeChanged changed, long before, CancellationToken cancellationToken)
    {
        if (snapshot.Version > 0 || before == 0) await Refresh(cancellationToken);
        return changed;
    }

    /// <summary>Records keep times by the microsecond.</summary>
    private static bool IsSame(Document stored, Document given) =>
        stored with { ChangedAt = default } == given with { ChangedAt = default }
        && stored.ChangedAt.UtcTicks / TimeSpan.TicksPerMicrosecond == given.ChangedAt.UtcTicks / TimeSpan.TicksPerMicrosecond;

    private async Task<ChunkVectors> KnownVectors(IEmbedder maker, CancellationToken cancellationToken)
    {
        var vectors = new ChunkVectors(maker, log);
        var version = await store.LoadWords(cancellationToken);
        if (await store.LoadVectors(version.Number, maker.Name, cancellationToken) is { } known && known.Count == version.Chunks.Count)
            vectors.Know(version, known);
        return vectors;
    }

    private static string? FirstTwice(IEnumerable<string> ids)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        return ids.FirstOrDefault(id => !seen.Add(id));
    }
}
