namespace FteAgent.Knowledge;

/// <summary>
/// What a word of a question counts for beside its rarity. Customers write as people talk and documents do not: "still" and
/// "anyway" are rare in a manual and say nothing of what is asked, so courtesies count less. And what is told of something
/// returns to its name, so a word that some pages dwell on counts more than one that is merely scarce.
/// </summary>
/// <remarks>
/// Measured on the development halves, by reciprocal rank without what comes after: flydocs .549 to .564, banking .607 to .660, its
/// openings alone .390 to .439, questions of eshop .441 to .444. Courtesies between .6 and .85 and dwelling between .3 and .6 are level.
/// </remarks>
internal sealed class WordWeights
{
    /// <summary>What a courtesy counts beside any other word.</summary>
    private const float Courtesy = 0.75f;

    /// <summary>What each unit of a word's residual rarity adds.</summary>
    private const float Dwelling = 0.4f;

    private readonly float[] telling;
    private readonly float[] alone;

    private WordWeights(float[] telling, float[] alone)
    {
        this.telling = telling;
        this.alone = alone;
    }

    /// <summary>Weighs every word of a vocabulary by the documents that hold it.</summary>
    public static WordWeights Of(Dictionary<string, int> vocabulary, Bm25 documents)
    {
        var telling = new float[vocabulary.Count];
        var alone = new float[vocabulary.Count];
        foreach (var (word, term) in vocabulary)
        {
            telling[term] = Chatter.Holds(word) ? Courtesy : 1;
            alone[term] = telling[term] * (1 + (Dwelling * documents.ResidualRarity(term)));
        }

        return new WordWeights(telling, alone);
    }

    public float OfWord(int term) => alone[term];

    /// <summary>A pair tells as much as its two words do on average; how often pages return to it is too uncertain to count.</summary>
    public float OfPair(int first, int second) => (telling[first] + telling[second]) / 2;
}
