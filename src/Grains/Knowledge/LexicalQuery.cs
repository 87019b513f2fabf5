namespace FteAgent.Knowledge;

/// <summary>A question in the features of one index.</summary>
internal sealed class LexicalQuery
{
    /// <summary>What a customer asks is said within this many words; a pasted log is not searched to its end.</summary>
    public const int MaxWords = 400;

    private readonly List<QueryFeature> features = [];

    public IReadOnlyList<QueryFeature> Features => features;

    /// <summary>How many words were read, stop words left out.</summary>
    public int Words { get; set; }

    /// <summary>How many different words the corpus has never seen.</summary>
    public int Unknown { get; set; }

    public void Add(int feature, float weight, bool pair)
    {
        var at = features.FindIndex(known => known.Feature == feature);
        if (at < 0) features.Add(new QueryFeature(feature, weight, pair));
        else features[at] = features[at] with { Weight = features[at].Weight + weight };
    }
}

/// <summary>A word, or a pair of neighbours, and how much it counts.</summary>
internal readonly record struct QueryFeature(int Feature, float Weight, bool Pair);
