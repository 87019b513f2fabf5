using System.Collections.Immutable;
using System.Text;
using FteAgent.Intents;
using FteAgent.Knowledge.Flags;

namespace FteAgent.Knowledge;

/// <summary>One version in memory, never changed once built: whoever searches it sees nothing of the next.</summary>
internal sealed class KnowledgeSnapshot
{
    private readonly Document[] documents;
    private readonly ChunkEntry[] chunks;
    private readonly int[] documentOf;
    private readonly int[] entryOf;
    private readonly int[] firstChunks;
    private readonly LexicalIndex lexical;
    private readonly Lazy<IReadOnlyDictionary<string, QuestionPlace>> questions;

    private KnowledgeSnapshot(long version, Document[] documents, ChunkEntry[] chunks, int[] entryOf, LexicalIndex lexical, IVersionVectors? vectors)
    {
        Version = version;
        this.documents = documents;
        this.chunks = chunks;
        documentOf = Array.ConvertAll(chunks, chunk => chunk.Document);
        this.entryOf = entryOf;
        firstChunks = FirstChunks(documents.Length, documentOf);
        this.lexical = lexical;
        Vectors = vectors;
        questions = new(() => QuestionPlace.Of(All()).ToDictionary(place => place.Label, StringComparer.Ordinal));
    }

    public static KnowledgeSnapshot Empty { get; } = Build(new KnowledgeVersion(0, default, [], []), null);

    public long Version { get; }

    public int Chunks => chunks.Length;

    /// <summary>This version's vectors, where it has some that can be compared.</summary>
    public IVersionVectors? Vectors { get; }

    public LexicalIndex Lexical => lexical;

    /// <summary>The questions that its documents put themselves, by the label of the intent; read when they are first asked for.</summary>
    public IReadOnlyDictionary<string, QuestionPlace> Questions => questions.Value;

    /// <summary>Builds the search structures of a stored version; the documents' texts are not kept, their chunks hold the same words.</summary>
    public static KnowledgeSnapshot Build(KnowledgeVersion version, IVersionVectors? vectors)
    {
        var ordered = version.Documents.OrderBy(document => document.Id, ByCodePoint.Order).ToArray();
        var cut = version.Chunks.Select((chunk, place) => (Chunk: chunk, Place: place)).ToLookup(cut => cut.Chunk.DocumentId, StringComparer.Ordinal);
        var entries = new List<ChunkEntry>(version.Chunks.Count);
        var entryOf = new int[version.Chunks.Count];
        Array.Fill(entryOf, -1);
        var indexed = new List<IndexedDocument>(ordered.Length);
        for (var d = 0; d < ordered.Length; d++)
        {
            var own = cut[ordered[d].Id].ToList();
            indexed.Add(new IndexedDocument(ordered[d].Title, own.ConvertAll(c => c.Chunk)));
            foreach (var (chunk, place) in own)
            {
                entryOf[place] = entries.Count;
                entries.Add(ToEntry(chunk, d));
            }
        }

        return new KnowledgeSnapshot(
            version.Number,
            Array.ConvertAll(ordered, document => document with { Text = "" }),
            [.. entries],
            entryOf,
            LexicalIndex.Build(indexed),
            vectors);
    }

    /// <summary>
    /// A later version, made of this one and of what it has otherwise; only that is read. Null where building it whole is the better way.
    /// It has no vectors yet.
    /// </summary>
    public KnowledgeSnapshot? Change(KnowledgeDelta delta)
    {
        if (lexical.IsWorn) return null;
        var changed = delta.Changed.ToHashSet(StringComparer.Ordinal);
        var cut = delta.Chunks.ToLookup(chunk => chunk.DocumentId, StringComparer.Ordinal);
        var next = Enumerable.Range(0, documents.Length)
            .Where(d => !changed.Contains(documents[d].Id))
            .Select(d => (Document: documents[d], Corpus: new NextDocument(d, firstChunks[d], firstChunks[d + 1] - firstChunks[d], null)))
            .Concat(delta.Documents.Select(document => (Document: document with { Text = "" }, Corpus: new NextDocument(-1, 0, 0, new(document.Title, [.. cut[document.Id]])))))
            .OrderBy(each => each.Document.Id, ByCodePoint.Order)
            .ToList();

        var entries = new List<ChunkEntry>(chunks.Length + delta.Chunks.Count);
        for (var d = 0; d < next.Count; d++)
        {
            var (_, corpus) = next[d];
            if (corpus.New is { } read) entries.AddRange(read.Chunks.Select(chunk => ToEntry(chunk, d)));
            else for (var c = 0; c < corpus.Chunks; c++) entries.Add(chunks[corpus.FirstChunk + c] with { Document = d });
        }

        // Both are in the record's order.
        int[] places = [.. Enumerable.Range(0, entries.Count)];
        return new KnowledgeSnapshot(
            delta.Number, [.. next.Select(each => each.Document)], [.. entries], places, lexical.Change(next.ConvertAll(each => each.Corpus)), null);
    }

    /// <summary>The same with vectors.</summary>
    public KnowledgeSnapshot With(IVersionVectors? vectors) => new(Version, documents, chunks, entryOf, lexical, vectors);

    /// <summary>The version as it is stored, without texts and vectors: what has to be known of it to open its vectors.</summary>
    public KnowledgeVersion Outline() => new(
        Version, default, documents, [.. chunks.Select(chunk => new StoredChunk(chunk.Id, documents[chunk.Document].Id, chunk.Heading, "", null))]);

    /// <summary>Its documents with the ids of their chunks.</summary>
    public IReadOnlyList<Page> Pages() =>
        [.. documents.Select((document, d) => new Page(document, [.. chunks[firstChunks[d]..firstChunks[d + 1]].Select(chunk => chunk.Id)]))];

    /// <summary>All its chunks with their words.</summary>
    public IEnumerable<SearchHit> All() => Enumerable.Range(0, chunks.Length).Select(chunk => ToHit(chunk, 0));

    /// <summary>The categories, letter by letter, that a search for this one means.</summary>
    public IReadOnlyCollection<string>? Categories(string? asked) => asked is null
        ? null
        : documents.Select(document => document.Category).OfType<string>().Where(category => Means(category, asked)).ToHashSet(StringComparer.Ordinal);

    /// <summary>Finds the best chunks.</summary>
    /// <param name="texts">What the customer wrote, utterance by utterance.</param>
    /// <param name="near">What is near to each of them by its meaning, or nothing.</param>
    /// <param name="maxResults">How many chunks at most.</param>
    /// <param name="category">Only documents of this category.</param>
    /// <param name="weights">What the second reading counts for, where that is being measured.</param>
    /// <param name="vectorWeight">What meaning counts for beside words, from 0 to 1.</param>
    /// <param name="meant">Which of the documents' own questions may be meant.</param>
    public SearchResult Search(
        IReadOnlyList<string> texts, IReadOnlyList<NearestChunks> near, int maxResults, string? category, RerankWeights? weights = null, double vectorWeight = 0,
        MeantQuestions? meant = null)
    {
        var (ranking, features) = Rank(texts, near, category, weights ?? RerankWeights.Default, (float)vectorWeight);
        meant = meant?.Among(place => category is null || Means(documents[documentOf[place.Chunk]].Category, category)) ?? MeantQuestions.None;
        foreach (var question in meant.Questions) ranking.Lift(question.Place.Chunk, question.Lift);
        var hits = ranking.Best(maxResults).Select(hit => meant.Sure?.Chunk == hit.Chunk
            ? ToHit(hit.Chunk, hit.Score) with { Meant = meant.Sure.Heading }
            : ToHit(hit.Chunk, hit.Score));
        return new SearchResult(Version, [.. hits], meant.Evidence(features.Max(Evidence.Chance)), meant.Sure?.Label);
    }

    /// <summary>One chunk, or null. Looked for one after another: whoever asks by id asks for few, and a table of ids would cost each silo its memory.</summary>
    public SearchHit? Chunk(string id) => Array.FindIndex(chunks, chunk => chunk.Id == id) is >= 0 and var found ? ToHit(found, 0) : null;

    /// <summary>A document's chunks, in its own order.</summary>
    public ImmutableArray<SearchHit> ChunksOf(string id)
    {
        var place = Array.FindIndex(documents, document => document.Id == id);
        return place < 0 ? [] : [.. Enumerable.Range(firstChunks[place], firstChunks[place + 1] - firstChunks[place]).Select(chunk => ToHit(chunk, 0))];
    }

    /// <summary>The documents behind an id, in order, of those that may be listed.</summary>
    public ImmutableArray<KnowledgeEntry> Documents(string? after, int limit, Func<KnowledgeEntry, bool> mayBeListed) =>
    [
        .. documents.SkipWhile(document => after is not null && string.CompareOrdinal(document.Id, after) <= 0)
            .Select(document => new KnowledgeEntry(document.Id, document.Title, document.ChangedAt, document.Category, document.Url))
            .Where(mayBeListed).Take(limit),
    ];

    /// <summary>What a search for this text alone would tell about evidence; for calibration.</summary>
    public EvidenceFeatures Features(string text) => Rank([text], [], null, RerankWeights.Default, 0).Features[0];

    private (Ranking Ranking, List<EvidenceFeatures> Features) Rank(
        IReadOnlyList<string> texts, IReadOnlyList<NearestChunks> near, string? category, RerankWeights weights, float vectorWeight)
    {
        var ranking = new Ranking(documents.Length, documentOf, Allowed(category));
        var utterances = Utterances.Of(texts);
        var strengths = utterances.Select(utterance => ranking.AddWords(lexical, lexical.Parse(utterance))).ToList();
        foreach (var nearest in near) ranking.AddMeaning(nearest, entryOf);
        ranking.Fuse(vectorWeight);

        using var rerank = new Rerank(lexical, firstChunks, weights);
        var first = ranking.FirstDocuments(Rerank.Documents);
        ranking.Lift(first, rerank.Lifts(ranking.Asked, texts.Count, first));

        var features = new List<EvidenceFeatures>(texts.Count);
        for (var t = 0; t < texts.Count; t++)
        {
            // Evidence is about what was written as a whole, however it was searched for.
            var strength = utterances[t] == texts[t] ? strengths[t] : ranking.BestChunk(lexical, lexical.Parse(texts[t]));
            var substance = lexical.Substance(texts[t]);
            features.Add(EvidenceFeatures.Of(lexical, substance, rerank.Together(substance, first), strength));
        }

        return (ranking, features);
    }

    private SearchHit ToHit(int index, float score)
    {
        var chunk = chunks[index];
        var document = documents[chunk.Document];
        return new SearchHit(
            chunk.Id, document.Id, document.Title, chunk.Heading, Encoding.UTF8.GetString(chunk.Text), score, document.ChangedAt, document.Url);
    }

    private static ChunkEntry ToEntry(StoredChunk chunk, int document) => new(chunk.Id, document, chunk.Heading, Encoding.UTF8.GetBytes(chunk.Text));

    // Chunks stand in the order of their documents: those of one are from its own place to the next one's.
    private static int[] FirstChunks(int documents, int[] documentOf)
    {
        var first = new int[documents + 1];
        foreach (var document in documentOf) first[document + 1]++;
        for (var d = 0; d < documents; d++) first[d + 1] += first[d];
        return first;
    }

    private bool[]? Allowed(string? category) => category is null
        ? null
        : Array.ConvertAll(documents, document => Means(document.Category, category));

    private static bool Means(string? category, string asked) => string.Equals(category, asked, StringComparison.OrdinalIgnoreCase);

    // UTF-8 halves what the texts cost; only the few that are found are decoded.
    private readonly record struct ChunkEntry(string Id, int Document, string Heading, byte[] Text);
}
