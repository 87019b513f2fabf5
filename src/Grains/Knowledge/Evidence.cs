namespace FteAgent.Knowledge;

/// <summary>
/// The chance that the documents answer a question, from how its words are found: a logistic model of four features.
/// </summary>
/// <remarks>
/// The coefficients are what <c>bench/Evals --calibrate</c> prints on the development halves of its public sets: questions that the
/// documents answer, against unanswerable ones of the same subject (weighing most) and questions of one company asked of
/// another's documents, large and small. Cross-validated over six folds of questions, nine of ten are judged rightly on both
/// sides of the same subject (AUROC .96, F1 of refusals .88); a long story told to a large stranger is the one group that passes
/// for answerable. The length of a question is left out on purpose: in those sets the unanswerable ones are shorter, which is a
/// habit of their author and not evidence.
/// </remarks>
internal static class Evidence
{
    /// <summary>Below this the documents are taken not to answer.</summary>
    public const double Needed = 0.5;

    private const double Intercept = 3.652;
    private const double PerTogether = 2.241;
    private const double PerStrength = 1.822;
    private const double PerUnknownWords = -4.365;
    private const double PerSize = -0.490;

    // The sizes of the corpora that were fitted; beyond them the nearest is believed.
    private const int FewestChunks = 10;
    private const int MostChunks = 3_000;

    // Keeps the logarithm finite where nothing at all was found.
    private const double LeastStrength = 0.05;

    /// <summary>The chance for these features.</summary>
    public static double Chance(EvidenceFeatures features)
    {
        if (features.Strength <= 0) return 0;
        var inputs = Inputs(features);
        var sum = Intercept + (PerTogether * inputs[0]) + (PerStrength * inputs[1]) + (PerUnknownWords * inputs[2]) + (PerSize * inputs[3]);
        return 1 / (1 + Math.Exp(-sum));
    }

    /// <summary>What the coefficients are multiplied with, in their order.</summary>
    public static double[] Inputs(EvidenceFeatures features) =>
    [
        features.Together,
        Math.Log(features.Strength + LeastStrength),
        features.UnknownWords,
        Math.Log(Math.Clamp(features.Chunks, FewestChunks, MostChunks)),
    ];
}

/// <summary>What a search tells about whether there is an answer.</summary>
/// <param name="Together">The share of what the question is about that stands together in one place of the first documents.</param>
/// <param name="Strength">The best chunk's score beside that of one word that only one chunk holds: how much was found at all.</param>
/// <param name="UnknownWords">The share of the question's words that no document holds.</param>
/// <param name="Chunks">How many chunks were searched: among many, one is more likely to fit by accident.</param>
internal readonly record struct EvidenceFeatures(double Together, double Strength, double UnknownWords, int Chunks)
{
    /// <summary>
    /// Words of courtesy and bare figures count neither for the question nor against the documents; where nothing else was
    /// found there is no evidence, since in a small corpus they weigh as much as any rare word.
    /// </summary>
    public static EvidenceFeatures Of(LexicalIndex index, Substance substance, double together, double bestChunkScore)
    {
        if (substance.Known.Count == 0 || bestChunkScore <= 0) return default;
        return new EvidenceFeatures(together, bestChunkScore / (index.WeightOfUnknown * Bm25.Ceiling), substance.UnknownShare, index.Chunks);
    }
}
