using System.Collections.Immutable;
using Microsoft.Extensions.Logging;

namespace FteAgent.Knowledge;

/// <summary>The knowledge that one silo searches: the store's current version, held in memory and swapped whole.</summary>
internal sealed partial class KnowledgeIndex(IKnowledgeStore store, ILogger<KnowledgeIndex> log, IEmbedder? embedder = null) : IKnowledgeIndex, ITermWeights
{
    /// <summary>The most that one search returns.</summary>
    public const int MaxResults = 50;

    /// <summary>Utterances searched for at once: the last ones count.</summary>
    public const int MaxUtterances = 24;

    /// <summary>Texts in one call to the embedder.</summary>
    private const int EmbeddingBatch = 64;

    private readonly SemaphoreSlim switching = new(1, 1);
    private volatile KnowledgeSnapshot snapshot = KnowledgeSnapshot.Empty;

    public long Version => snapshot.Version;

    public int Chunks => snapshot.Chunks;

    public async Task<SearchResult> Search(ImmutableArray<string> query, int maxResults, string? category, CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(maxResults, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(maxResults, MaxResults);
        var current = snapshot;
        var texts = query.Where(text => !string.IsNullOrWhiteSpace(text)).TakeLast(MaxUtterances).ToList();
        if (texts.Count == 0 || current.Chunks == 0) return SearchResult.Nothing with { Version = current.Version };
        var embedded = current.HasVectors ? await Embed(texts, cancellationToken) : [];
        return current.Search(texts, embedded, maxResults, category);
    }

    public async Task<long> Publish(IReadOnlyList<Document> documents, IProgress<int>? progress, CancellationToken cancellationToken)
    {
        if (documents.GroupBy(document => document.Id, StringComparer.Ordinal).FirstOrDefault(group => group.Count() > 1) is { } twice)
            throw new ArgumentException($"Two documents have the id {twice.Key}.", nameof(documents));

        var chunks = new List<StoredChunk>();
        for (var d = 0; d < documents.Count; d++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var cut = Chunker.Cut(documents[d]);
            chunks.AddRange(embedder is null ? cut : await WithVectors(documents[d], cut, embedder, cancellationToken));
            progress?.Report(d + 1);
        }

        var number = await store.Publish(documents, chunks, cancellationToken);
        await Refresh(cancellationToken);
        return number;
    }

    public async Task Refresh(CancellationToken cancellationToken)
    {
        await switching.WaitAsync(cancellationToken);
        try
        {
            if (await store.CurrentVersion(cancellationToken) <= snapshot.Version) return;
            var built = KnowledgeSnapshot.Build(await store.Load(cancellationToken), embedder?.Name);
            snapshot = built;
            LogSwitched(built.Version, built.Chunks);
            if (embedder is not null && !built.HasVectors && built.Chunks > 0) LogNoVectors(embedder.Name);
        }
        finally
        {
            switching.Release();
        }
    }

    public double Weight(ReadOnlySpan<char> term) => snapshot.Lexical.Weight(term);

    private static async Task<List<StoredChunk>> WithVectors(
        Document document, List<StoredChunk> chunks, IEmbedder embedder, CancellationToken cancellationToken)
    {
        var embedded = new List<StoredChunk>(chunks.Count);
        foreach (var batch in chunks.Chunk(EmbeddingBatch))
        {
            // The title and headings say what the words are about.
            var texts = Array.ConvertAll(batch, chunk => $"{document.Title}\n{chunk.Heading}\n{chunk.Text}");
            var vectors = await embedder.Embed(texts, cancellationToken);
            if (vectors.Count != batch.Length)
                throw new InvalidOperationException($"Embedder {embedder.Name} was given {batch.Length} texts and returned {vectors.Count} vectors.");
            embedded.AddRange(batch.Select((chunk, i) => chunk with { Vector = vectors[i], Embedder = embedder.Name }));
        }

        return embedded;
    }

    private async Task<IReadOnlyList<float[]>> Embed(IReadOnlyList<string> texts, CancellationToken cancellationToken)
    {
        try
        {
            return await embedder!.Embed(texts, cancellationToken);
        }
        catch (Exception failure) when (failure is not OperationCanceledException)
        {
            // Words alone find most of it; an answer with less is better than none.
            LogEmbedderFailed(embedder!.Name, failure);
            return [];
        }
    }

    [LoggerMessage(2100, LogLevel.Information, "Knowledge version {Version} is searched now; it has {Chunks} chunks")]
    private partial void LogSwitched(long version, int chunks);

    [LoggerMessage(2102, LogLevel.Warning, "No stored chunk has a vector of embedder {Embedder}; search uses words only until the documents are imported again")]
    private partial void LogNoVectors(string embedder);

    [LoggerMessage(2101, LogLevel.Warning, "Embedder {Embedder} failed; this search uses words only")]
    private partial void LogEmbedderFailed(string embedder, Exception failure);
}
