using System.Collections.Immutable;
using System.Runtime.ExceptionServices;
using FteAgent.Conversations;
using FteAgent.Intents;
using FteAgent.Knowledge.Flags;
using Microsoft.Extensions.Logging;

namespace FteAgent.Knowledge;

/// <summary>The knowledge that one silo searches: the store's current version, held in memory and swapped whole.</summary>
/// <remarks>Vectors are searched by the first way that can open them; without an embedder, or where they count for nothing, by none.</remarks>
internal sealed partial class KnowledgeIndex : IKnowledgeIndex, IKnowledgeReader, ITermWeights
{
    /// <summary>The most that one search returns.</summary>
    public const int MaxResults = 50;

    /// <summary>Utterances searched for at once: the last ones count.</summary>
    public const int MaxUtterances = 24;

    /// <summary>Chunks that are found by the meaning of one utterance: more than a result holds, since words have their say too.</summary>
    public const int MaxNear = 200;

    private readonly IKnowledgeStore store;
    private readonly IEnumerable<IVectorSearch> ways;
    private readonly ILogger<KnowledgeIndex> log;
    private readonly IEmbedder? embedder;
    private readonly QueryVectors? queries;
    private readonly double vectorWeight;
    private readonly IIntentGuesses? guesses;
    private readonly SemaphoreSlim switching = new(1, 1);
    private volatile KnowledgeSnapshot snapshot = KnowledgeSnapshot.Empty;
    private volatile FlaggedWords flagged = FlaggedWords.None;

    public KnowledgeIndex(
        IKnowledgeStore store, IEnumerable<IVectorSearch> ways, ILogger<KnowledgeIndex> log,
        IEmbedder? embedder = null, KnowledgeOptions? options = null, TimeProvider? time = null, IIntentGuesses? guesses = null)
    {
        (this.store, this.ways, this.log, this.guesses) = (store, ways, log, guesses);
        vectorWeight = (options ?? new()).VectorWeight;
        if (embedder is null || vectorWeight <= 0) return;
        this.embedder = embedder;
        queries = new QueryVectors(embedder, time ?? TimeProvider.System);
    }

    public long Version => snapshot.Version;

    public int Chunks => snapshot.Chunks;

    /// <summary>The version that searches now see.</summary>
    public KnowledgeSnapshot Current => snapshot;

    public async Task<SearchResult> Search(ImmutableArray<string> query, int maxResults, string? category, CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(maxResults, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(maxResults, MaxResults);
        var (current, words) = (snapshot, flagged);
        var texts = query.Where(text => !string.IsNullOrWhiteSpace(text)).TakeLast(MaxUtterances).ToList();
        if (texts.Count == 0 || current.Chunks == 0) return SearchResult.Nothing with { Version = current.Version };
        var near = current.Vectors is { } vectors ? await Near(vectors, texts, current.Categories(category), cancellationToken) : [];
        var found = current.Search(texts, near, maxResults, category, vectorWeight: vectorWeight, meant: Meant(texts, current, words));
        return found with { Hits = words.Shown(found.Hits) };
    }

    public SearchHit? Chunk(string id) => snapshot.Chunk(id) is { } found ? flagged.Shown(found) : null;

    public ImmutableArray<SearchHit> ChunksOf(string document) => flagged.Shown(snapshot.ChunksOf(document));

    public ImmutableArray<KnowledgeEntry> Documents(string? after, int limit)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(limit, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(limit, IKnowledgeReader.MostListed);
        // One of which nothing may be shown is not listed, or a list would name what cannot be read.
        var (current, words) = (snapshot, flagged);
        return current.Documents(after, limit, document => !words.MayHide(document.Id) || !words.Shown(current.ChunksOf(document.Id)).IsEmpty);
    }

    /// <summary>
    /// Lets searches heed what is doubtful. They go on doing so in later versions until more is known: a chunk that has stayed has kept its id.
    /// </summary>
    public void Flagged(IReadOnlyList<KnowledgeFlag> flags) => flagged = new FlaggedWords(flags);

    public async Task Refresh(CancellationToken cancellationToken)
    {
        await switching.WaitAsync(cancellationToken);
        try
        {
            if (await store.CurrentVersion(cancellationToken) <= snapshot.Version) return;
            var built = await Changed(cancellationToken) ?? await Whole(cancellationToken);
            // Read before anybody searches: the first customer after a change should not wait for it.
            if (guesses is not null) _ = built.Questions.Count;
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

    /// <summary>What is meant, where all of its document is shown: what is hidden answers nothing.</summary>
    private MeantQuestions? Meant(List<string> texts, KnowledgeSnapshot current, FlaggedWords words) =>
        guesses is null ? null : MeantQuestions.Of(texts, guesses, current).Among(place => !words.MayHide(place.DocumentId));

    /// <summary>The current version, made of the one at hand; null where it has to be loaded whole.</summary>
    private async Task<KnowledgeSnapshot?> Changed(CancellationToken cancellationToken)
    {
        var before = snapshot;
        if (before.Version == 0 || await store.LoadChanges(before.Version, cancellationToken) is not { } delta || before.Change(delta) is not { } built) return null;
        return embedder is null ? built : built.With(await OpenVectors(built.Outline(), cancellationToken));
    }

    private async Task<KnowledgeSnapshot> Whole(CancellationToken cancellationToken)
    {
        var version = await store.LoadWords(cancellationToken);
        return KnowledgeSnapshot.Build(version, await OpenVectors(version, cancellationToken));
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
            return await queries!.Of(texts, cancellationToken) is { } asked ? await vectors.Nearest(asked, MaxNear, categories, cancellationToken) : [];
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
