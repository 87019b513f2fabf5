using System.Text;

namespace FteAgent.Knowledge;

/// <summary>One version in memory, never changed once built: whoever searches it sees nothing of the next.</summary>
internal sealed class KnowledgeSnapshot
{
    private readonly Document[] documents;
    private readonly ChunkEntry[] chunks;
    private readonly int[] documentOf;
    private readonly LexicalIndex lexical;
    private readonly VectorIndex? vectors;

    private KnowledgeSnapshot(long version, Document[] documents, ChunkEntry[] chunks, LexicalIndex lexical, VectorIndex? vectors)
    {
        Version = version;
        this.documents = documents;
        this.chunks = chunks;
        documentOf = Array.ConvertAll(chunks, chunk => chunk.Document);
        this.lexical = lexical;
        this.vectors = vectors;
    }

    public static KnowledgeSnapshot Empty { get; } = Build(new KnowledgeVersion(0, default, [], []), null);

    public long Version { get; }

    public int Chunks => chunks.Length;

    public bool HasVectors => vectors is not null;

    public LexicalIndex Lexical => lexical;

    /// <summary>Builds the search structures of a stored version; the documents' texts are not kept, their chunks hold the same words.</summary>
    public static KnowledgeSnapshot Build(KnowledgeVersion version, string? embedder)
    {
        var ordered = version.Documents.OrderBy(document => document.Id, StringComparer.Ordinal).ToArray();
        var cut = version.Chunks.ToLookup(chunk => chunk.DocumentId, StringComparer.Ordinal);
        var entries = new List<ChunkEntry>(version.Chunks.Count);
        var indexed = new List<IndexedDocument>(ordered.Length);
        var stored = new List<StoredChunk>(version.Chunks.Count);
        for (var d = 0; d < ordered.Length; d++)
        {
            var own = cut[ordered[d].Id].ToList();
            indexed.Add(new IndexedDocument(ordered[d].Title, own));
            stored.AddRange(own);
            foreach (var chunk in own) entries.Add(new ChunkEntry(chunk.Id, d, chunk.Heading, Encoding.UTF8.GetBytes(chunk.Text)));
        }

        return new KnowledgeSnapshot(
            version.Number,
            Array.ConvertAll(ordered, document => document with { Text = "" }),
            [.. entries],
            LexicalIndex.Build(indexed),
            VectorIndex.Build(stored, embedder));
    }

    /// <summary>Finds the best chunks.</summary>
    /// <param name="texts">What the customer wrote, utterance by utterance.</param>
    /// <param name="embedded">The same as vectors, or none.</param>
    /// <param name="maxResults">How many chunks at most.</param>
    /// <param name="category">Only documents of this category.</param>
    public SearchResult Search(IReadOnlyList<string> texts, IReadOnlyList<float[]> embedded, int maxResults, string? category)
    {
        var ranking = new Ranking(documents.Length, documentOf, Allowed(category));
        var evidence = 0.0;
        foreach (var text in texts) evidence = Math.Max(evidence, Evidence.Chance(Features(text, ranking)));
        foreach (var vector in embedded) ranking.AddMeaning(vectors!, vector);
        var best = ranking.Best(maxResults);
        return new SearchResult(Version, [.. best.Select(hit => ToHit(hit.Chunk, hit.Score))], evidence);
    }

    /// <summary>What a search for this text alone would tell about evidence; for calibration.</summary>
    public EvidenceFeatures Features(string text) => Features(text, new Ranking(documents.Length, documentOf, null));

    private EvidenceFeatures Features(string text, Ranking ranking) =>
        EvidenceFeatures.Of(lexical, text, ranking.AddWords(lexical, lexical.Parse(text)));

    private SearchHit ToHit(int index, float score)
    {
        var chunk = chunks[index];
        var document = documents[chunk.Document];
        return new SearchHit(
            chunk.Id, document.Id, document.Title, chunk.Heading, Encoding.UTF8.GetString(chunk.Text), score, document.ChangedAt, document.Url);
    }

    private bool[]? Allowed(string? category) => category is null
        ? null
        : Array.ConvertAll(documents, document => string.Equals(document.Category, category, StringComparison.OrdinalIgnoreCase));

    // UTF-8 halves what the texts cost; only the few that are found are decoded.
    private readonly record struct ChunkEntry(string Id, int Document, string Heading, byte[] Text);
}
