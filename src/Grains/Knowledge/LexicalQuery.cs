namespace FteAgent.Knowledge;

/// <summary>A question in the features of one index: words and pairs of neighbours, and how much each counts.</summary>
internal sealed class LexicalQuery
{
    private readonly Dictionary<int, float> weights = [];

    public bool IsEmpty => weights.Count == 0;

    public IEnumerable<(int Feature, float Weight)> Features => weights.Select(pair => (pair.Key, pair.Value));

    /// <summary>What a feature counts, 0 where it is not asked for.</summary>
    public float Of(int feature) => weights.GetValueOrDefault(feature);

    public void Add(int feature, float weight) => weights[feature] = weights.GetValueOrDefault(feature) + weight;
}
