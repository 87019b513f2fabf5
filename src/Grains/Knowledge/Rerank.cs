namespace FteAgent.Knowledge;

/// <summary>
/// Reads the first documents of a ranking anew, for what a sum over single words cannot see: whether what is asked stands
/// together in one place, and whether a turn of a conversation names a document's title.
/// </summary>
/// <remarks>
/// No text is parsed for it: the index keeps the words of each as numbers, four bytes a word.
/// </remarks>
internal sealed class Rerank(LexicalIndex index, int[] firstChunks, RerankWeights weights) : IDisposable
{
    /// <summary>Documents read anew. Of 20 some right ones of long conversations stand behind; beyond 40 nothing more was found.</summary>
    public const int Documents = 40;

    /// <summary>A title of one or two common words is named by accident: this much is added to what a title weighs.</summary>
    private const float TitleSmoothing = 4;

    /// <summary>
    /// So many texts are one question in pieces. Lifting by titles spoils those: openings of the banking set, sent sentence by
    /// sentence, fell from .472 to .406 in reciprocal rank when two texts were enough.
    /// </summary>
    private const int FewTexts = 4;

    private readonly Nearness nearness = new(index.Words);

    /// <summary>How far each of these documents is lifted.</summary>
    /// <param name="asked">The utterances.</param>
    /// <param name="texts">How many texts the customer wrote.</param>
    /// <param name="documents">The documents read.</param>
    public float[] Lifts(IReadOnlyList<Asked> asked, int texts, IReadOnlyList<int> documents)
    {
        var lifts = new float[documents.Count];
        if (asked.Count == 0) return lifts;
        var whole = asked.Sum(utterance => utterance.Weight);
        foreach (var (query, weight) in asked)
        {
            nearness.Ask(index.WordsOf(query), 0);
            for (var d = 0; d < lifts.Length; d++) lifts[d] += weights.Nearness * weight / whole * InDocument(documents[d]);
        }

        if (texts <= FewTexts) return lifts;
        var titleWeight = weights.Title * (1 - ((float)FewTexts / texts));
        for (var d = 0; d < lifts.Length; d++) lifts[d] += titleWeight * asked.Max(utterance => TitleShare(documents[d], utterance.Query));
        return lifts;
    }

    /// <summary>The largest share of what a question is about that stands together in one place of these documents.</summary>
    public float Together(Substance substance, IReadOnlyList<int> documents)
    {
        nearness.Ask(substance.Known, substance.UnknownWeight);
        return documents.Count == 0 ? 0 : documents.Max(InDocument);
    }

    public void Dispose() => nearness.Dispose();

    private float InDocument(int document)
    {
        var best = 0f;
        for (var c = firstChunks[document]; c < firstChunks[document + 1]; c++) best = MathF.Max(best, nearness.Share(index.Texts.Of(c)));
        return best;
    }

    private float TitleShare(int document, LexicalQuery query)
    {
        var (named, whole) = (0f, TitleSmoothing);
        foreach (var term in index.Titles.Of(document))
        {
            var rarity = index.Rarity(term);
            whole += rarity;
            named += MathF.Min(1, query.Of(term)) * rarity;
        }

        return named / whole;
    }
}

/// <summary>What the second reading counts for beside the ranking's own scores, whose best is 1.</summary>
/// <param name="Nearness">What it counts that all of the question stands in one place.</param>
/// <param name="Title">
/// What it counts, the more the longer a conversation is, that one turn names a whole title. A question or two are not lifted by it:
/// their words have counted already, while a turn's drown among the other turns'.
/// </param>
internal sealed record RerankWeights(float Nearness, float Title)
{
    /// <summary>
    /// Chosen on the development halves of flydocs, banking (all turns, and openings alone) and eshop together;
    /// <c>bench/Evals --rerank</c> cross-validates the choice.
    /// </summary>
    public static RerankWeights Default { get; } = new(0.8f, 1f);

    /// <summary>The first ranking as it is.</summary>
    public static RerankWeights None { get; } = new(0, 0);
}
