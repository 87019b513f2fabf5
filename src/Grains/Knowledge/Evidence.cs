namespace FteAgent.Knowledge;

/// <summary>
/// The chance that the documents answer a question, from how its words are found: a logistic model of three features, each
/// independent of how large the corpus is.
/// </summary>
/// <remarks>
/// The coefficients were fitted on the development halves of the public sets that <c>bench/Evals</c> reads: answerable questions
/// against unanswerable ones of the same subject (weighing most), and questions of one company asked of another's documents.
/// Cross-validated over six folds of questions, AUROC on same-subject questions was 0.95. The length of a question is left out
/// on purpose: in those sets the unanswerable ones are shorter, which is a habit of their author and not evidence.
/// </remarks>
internal static class Evidence
{
    /// <summary>Below this the documents are taken not to answer.</summary>
    public const double Needed = 0.5;

    private const double Intercept = 2.515;
    private const double PerShareOfQuestion = 1.280;
    private const double PerStrength = 1.948;
    private const double PerUnknownWord = -1.284;

    // Keep the logarithms finite where nothing at all was found.
    private const double LeastShare = 0.02;
    private const double LeastStrength = 0.05;

    /// <summary>The chance for these features.</summary>
    public static double Chance(EvidenceFeatures features)
    {
        if (features.Strength <= 0) return 0;
        var sum = Intercept
            + (PerShareOfQuestion * Math.Log(Math.Min(1, features.ShareOfQuestion) + LeastShare))
            + (PerStrength * Math.Log(features.Strength + LeastStrength))
            + (PerUnknownWord * features.UnknownWords);
        return 1 / (1 + Math.Exp(-sum));
    }
}

/// <summary>What a search tells about whether there is an answer.</summary>
/// <param name="ShareOfQuestion">The best chunk's score beside the highest that the question's words could reach.</param>
/// <param name="Strength">The best chunk's score beside that of one word that only one chunk holds: how much was found at all.</param>
/// <param name="UnknownWords">The share of the question's words that no document holds.</param>
internal readonly record struct EvidenceFeatures(double ShareOfQuestion, double Strength, double UnknownWords)
{
    /// <summary>Words of courtesy count neither for the question nor against the documents.</summary>
    public static EvidenceFeatures Of(LexicalIndex index, string text, double bestChunkScore)
    {
        var (weight, words, unknown) = index.Substance(text);
        if (words == 0 || bestChunkScore <= 0) return default;
        return new EvidenceFeatures(
            bestChunkScore / (weight * Bm25.Ceiling),
            bestChunkScore / (index.WeightOfUnknown * Bm25.Ceiling),
            (double)unknown / words);
    }
}
