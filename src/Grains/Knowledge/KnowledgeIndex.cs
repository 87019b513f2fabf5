using System.Collections.Immutable;
using System.Runtime.ExceptionServices;
using FteAgent.Conversations;
using Microsoft.Extensions.Logging;

namespace FteAgent.Knowledge;

/// <summary>The knowledge that one silo searches: the store's current version, held in memory and swapped whole.</summary>
/// <remarks>Vectors are searched by the first way that can open them; without an embedder by none.</remarks>
internal sealed partial class KnowledgeIndex(
    IKnowledgeStore store, IEnumerable<IVectorSearch> ways, ILogger<KnowledgeIndex> log, IEmbedder? embedder = null) : IKnowledgeIndex, IKnowledgeReader, ITermWeights
{
    /// <summary>The most that one search returns.</summary>
    public const int MaxResults = 50;

    /// <summary>Utterances searched for at once: the last ones count.</summary>
    public const int MaxUtterances = 24;

    /// <summary>Chunks that are found by the meaning of one utterance: more than a result holds, since words have their say too.</summary>
    public const int MaxNear = 200;

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
        var near = current.Vectors is { } vectors ? await Near(vectors, texts, current.Categories(category), cancellationToken) : [];
        return current.Search(texts, near, maxResults, category);
    }

    public SearchHit? Chunk(string id) => snapshot.Chunk(id);

    public ImmutableArray<SearchHit> Document(string id) => snapshot.Document(id);

    public ImmutableArray<KnowledgeEntry> Documents(string? after, int limit)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(limit, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(limit, IKnowledgeReader.MostListed);
        return snapshot.Documents(after, limit);
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
            var version = await store.LoadWords(cancellationToken);
            var built = KnowledgeSnapshot.Build(version, await OpenVectors(version, cancellationToken));
            snapshot = built;
            LogSwitched(built.Version, built.Chunks, built.Vectors?.Way ?? "not at all");
            if (embedder is not null && built.Vectors is null && built.Chunks > 0) LogNoVectors(embedder.Name);
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

    /// <summary>A way that fails leaves the version to the next: documents are to be found by their words at least.</summary>
    private async Task<IVersionVectors?> OpenVectors(KnowledgeVersion version, CancellationToken cancellationToken)
    {
        if (embedder is null) return null;
        ExceptionDispatchInfo? away = null;
        foreach (var way in ways)
        {
            try
            {
                if (await way.Open(version, embedder.Name, cancellationToken) is { } vectors) return vectors;
                away = null;
            }
            catch (Exception failure) when (!cancellationToken.IsCancellationRequested)
            {
                LogWayFailed(version.Number, way.GetType().Name, failure);
                away = failure is RecordUnavailableException ? ExceptionDispatchInfo.Capture(failure) : null;
            }
        }

        // With the record away no way is worse than another: the version is opened again when it is back.
        away?.Throw();
        return null;
    }

    private async Task<ImmutableArray<NearestChunks>> Near(
        IVersionVectors vectors, IReadOnlyList<string> texts, IReadOnlyCollection<string>? categories, CancellationToken cancellationToken)
    {
        try
        {
            return await vectors.Nearest(await embedder!.Embed(texts, cancellationToken), MaxNear, categories, cancellationToken);
        }
        catch (Exception failure) when (failure is not OperationCanceledException || !cancellationToken.IsCancellationRequested)
        {
            // Words alone find most of it; an answer with less is better than none.
            LogMeaningFailed(embedder!.Name, failure);
            return [];
        }
    }

    [LoggerMessage(2100, LogLevel.Information, "Knowledge version {Version} is searched now; it has {Chunks} chunks; vectors are searched {Way}")]
    private partial void LogSwitched(long version, int chunks, string way);

    [LoggerMessage(2102, LogLevel.Warning, "No stored chunk has a vector of embedder {Embedder}; search uses words only until the documents are imported again")]
    private partial void LogNoVectors(string embedder);

    [LoggerMessage(2104, LogLevel.Warning, "Vectors of knowledge version {Version} could not be searched by {Way}; the next way is tried")]
    private partial void LogWayFailed(long version, string way, Exception failure);

    [LoggerMessage(2101, LogLevel.Warning, "A search by meaning with embedder {Embedder} failed; it uses words only")]
    private partial void LogMeaningFailed(string embedder, Exception failure);
}
