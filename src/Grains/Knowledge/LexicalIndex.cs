namespace FteAgent.Knowledge;

/// <summary>
/// Words and adjacent pairs of words of every chunk and of every whole document. A chunk is scored for itself and for its
/// document: the chunk says where the answer stands, the document says what the page is about.
/// </summary>
internal sealed partial class LexicalIndex
{
    /// <summary>What a matching pair counts beside a matching word.</summary>
    private const float PairWeight = 1.0f;

    /// <summary>What a customer asks is said within this many words; a pasted log is not searched to its end.</summary>
    private const int MaxQueryWords = 400;

    private readonly Dictionary<string, int> terms;
    private readonly long[] pairs;
    private readonly Bm25 chunks;
    private readonly Bm25 documents;
    private readonly WordWeights weights;

    private LexicalIndex(Dictionary<string, int> terms, long[] pairs, Bm25 chunks, Bm25 documents, TermRuns texts, TermRuns titles)
    {
        this.terms = terms;
        this.pairs = pairs;
        this.chunks = chunks;
        this.documents = documents;
        weights = WordWeights.Of(terms, documents);
        Texts = texts;
        Titles = titles;
    }

    public int Chunks => chunks.Units;

    /// <summary>How many numbers its words have; a few may be those of words that it held before it was changed.</summary>
    public int Words => terms.Count;

    /// <summary>The words of each chunk as they stand, after those of its document's title.</summary>
    public TermRuns Texts { get; }

    /// <summary>The different words of each document's title.</summary>
    public TermRuns Titles { get; }

    public static LexicalIndex Build(IReadOnlyList<IndexedDocument> corpus)
    {
        var reading = new Reading(new Dictionary<string, int>(StringComparer.Ordinal));
        foreach (var document in corpus) reading.Read(document);
        reading.Close();
        var pairs = reading.DistinctPairs();
        var features = reading.Vocabulary.Count + pairs.Length;
        return new LexicalIndex(
            reading.Vocabulary, pairs,
            reading.Chunks.ToBm25(reading.Vocabulary.Count, pairs, features),
            reading.Documents.ToBm25(reading.Vocabulary.Count, pairs, features),
            reading.Texts.Build(),
            reading.Titles.Build());
    }

    /// <summary>Turns a question's words into features of this index.</summary>
    public LexicalQuery Parse(string text)
    {
        var query = new LexicalQuery();
        var lookup = terms.GetAlternateLookup<ReadOnlySpan<char>>();
        var before = -1;
        var words = 0;
        var reader = new TermReader(text);
        while (reader.MoveNext() && words++ < MaxQueryWords)
        {
            if (!lookup.TryGetValue(reader.Current, out var term) || !chunks.Holds(term))
            {
                before = -1;
                continue;
            }

            query.Add(term, weights.OfWord(term));
            if (PairFeature(before, term) is >= 0 and var pair) query.Add(pair, PairWeight * weights.OfPair(before, term));
            before = term;
        }

        return query;
    }

    /// <summary>Adds the query's BM25 score to every chunk and to every document.</summary>
    public void Score(LexicalQuery query, Span<float> chunkScores, Span<float> documentScores)
    {
        foreach (var (feature, weight) in query.Features)
        {
            chunks.Score(feature, weight, chunkScores);
            documents.Score(feature, weight, documentScores);
        }
    }

    /// <summary>The words of a query, pairs left out, each with all that it weighs.</summary>
    public IEnumerable<(int Term, float Weight)> WordsOf(LexicalQuery query) =>
        query.Features.Where(asked => asked.Feature < terms.Count).Select(asked => (asked.Feature, asked.Weight * chunks.Rarity(asked.Feature)));

    /// <summary>How rare a word is among the chunks.</summary>
    public float Rarity(int term) => chunks.Rarity(term);

    /// <summary>How telling a word is: high for rare ones, 0 for those that no chunk holds.</summary>
    public double Weight(ReadOnlySpan<char> term) =>
        terms.GetAlternateLookup<ReadOnlySpan<char>>().TryGetValue(term, out var feature) && chunks.Holds(feature) ? chunks.Rarity(feature) : 0;

    /// <summary>What a word weighs that no chunk holds.</summary>
    public double WeightOfUnknown => chunks.RarityOfUnknown;

    /// <summary>What a question is about: its different words without courtesies and figures, but for those of errors.</summary>
    public Substance Substance(string text)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal).GetAlternateLookup<ReadOnlySpan<char>>();
        var lookup = terms.GetAlternateLookup<ReadOnlySpan<char>>();
        var known = new List<(int Term, float Weight)>();
        var unknown = 0;
        var isNamed = false;
        var reader = new TermReader(text);
        while (known.Count + unknown < MaxQueryWords && reader.MoveNext())
        {
            var isTelling = Chatter.IsTelling(reader.Current) || (isNamed && Chatter.IsFigure(reader.Current));
            isNamed = Chatter.NamesFigure(reader.Current);
            if (!isTelling || !seen.Add(reader.Current)) continue;
            if (lookup.TryGetValue(reader.Current, out var term) && chunks.Holds(term)) known.Add((term, chunks.Rarity(term)));
            else unknown++;
        }

        return new Substance(known, unknown, unknown * chunks.RarityOfUnknown);
    }

    private int PairFeature(int first, int second)
    {
        if (first < 0) return -1;
        var at = pairs.AsSpan().BinarySearch(Pair(first, second));
        return at < 0 ? -1 : terms.Count + at;
    }

    private static long Pair(int first, int second) => ((long)first << 32) | (uint)second;
}

/// <summary>What the index reads of a document.</summary>
internal sealed record IndexedDocument(string Title, IReadOnlyList<StoredChunk> Chunks);

/// <summary>A document of a corpus that is made of an indexed one.</summary>
/// <param name="Before">Its number in the corpus before, where it is taken from there.</param>
/// <param name="FirstChunk">The number of its first chunk there.</param>
/// <param name="Chunks">How many chunks it has there.</param>
/// <param name="New">What is read of it, where it is new or has changed.</param>
internal readonly record struct NextDocument(int Before, int FirstChunk, int Chunks, IndexedDocument? New);

/// <summary>What a question is about.</summary>
/// <param name="Known">Its different words that some chunk holds, each with its rarity.</param>
/// <param name="Unknown">How many different words no chunk holds.</param>
/// <param name="UnknownWeight">What those weigh.</param>
internal sealed record Substance(IReadOnlyList<(int Term, float Weight)> Known, int Unknown, float UnknownWeight)
{
    /// <summary>The share of words that no chunk holds.</summary>
    public double UnknownShare => (double)Unknown / Math.Max(1, Known.Count + Unknown);
}
