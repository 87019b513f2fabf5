namespace FteAgent.Intents;

/// <summary>The features that the examples have, each with a number and a weight: the rarer, the more.</summary>
internal sealed class FeatureTable
{
    /// <summary>Weights are kept in steps of 1/1024, so that the last digit of a logarithm cannot make two machines differ.</summary>
    public const int WeightSteps = 1024;

    /// <summary>Bounds what a classifier takes of memory: the rarest features are left out first.</summary>
    public const int MostFeatures = 120_000;

    // From so many examples on, a feature that only one of them has teaches nothing about the next text.
    private const int ManyExamples = 2_000;

    private const int Kinds = 5;

    private readonly uint[] hashes;
    private readonly ushort[] weights;

    /// <param name="hashes">In rising order.</param>
    /// <param name="weights">In steps of 1/1024.</param>
    public FeatureTable(uint[] hashes, ushort[] weights)
    {
        this.hashes = hashes;
        this.weights = weights;
    }

    public static FeatureTable Empty { get; } = new([], []);

    public int Count => hashes.Length;

    public ReadOnlySpan<uint> Hashes => hashes;

    public ReadOnlySpan<ushort> Weights => weights;

    public static FeatureTable Of(IReadOnlyList<Feature[]> texts)
    {
        var holders = new Dictionary<uint, (int Count, FeatureKind Kind)>();
        foreach (var text in texts)
            foreach (var feature in text)
                holders[feature.Hash] = (holders.GetValueOrDefault(feature.Hash).Count + 1, feature.Kind);

        // A stem is kept even if one example alone has it: it is what makes a word known.
        var fewest = texts.Count < ManyExamples ? 1 : 2;
        var kept = holders.Where(feature => feature.Value.Count >= fewest || feature.Value.Kind == FeatureKind.Stem)
            .OrderByDescending(feature => feature.Value.Count).ThenBy(feature => feature.Key)
            .Take(MostFeatures)
            .OrderBy(feature => feature.Key)
            .ToList();
        return new FeatureTable(
            [.. kept.Select(feature => feature.Key)],
            [.. kept.Select(feature => Steps(Math.Log((double)texts.Count / feature.Value.Count) + 1))]);
    }

    /// <summary>The number of a feature, or -1.</summary>
    public int Find(uint hash)
    {
        var at = hashes.AsSpan().BinarySearch(hash);
        return at < 0 ? -1 : at;
    }

    public double Weight(int feature) => (double)weights[feature] / WeightSteps;

    /// <summary>A text's known features with their weights; the whole has length 1.</summary>
    public SparseText Weigh(Feature[] text)
    {
        Span<double> squares = stackalloc double[Kinds];
        Span<int> known = text.Length <= 1024 ? stackalloc int[text.Length] : new int[text.Length];
        var count = 0;
        for (var i = 0; i < text.Length; i++)
        {
            known[i] = Find(text[i].Hash);
            if (known[i] < 0) continue;
            count++;
            squares[(int)text[i].Kind] += Weight(known[i]) * Weight(known[i]);
        }

        var kinds = 0;
        foreach (var square in squares) if (square > 0) kinds++;
        var features = new int[count];
        var values = new float[count];
        for (int i = 0, at = 0; i < text.Length; i++)
        {
            if (known[i] < 0) continue;
            features[at] = known[i];
            values[at++] = (float)(Weight(known[i]) / Math.Sqrt(squares[(int)text[i].Kind] * kinds));
        }

        return new SparseText(features, values);
    }

    private static ushort Steps(double weight) => (ushort)Math.Round(weight * WeightSteps);
}

/// <summary>A text as numbers: the features it has and how much each counts.</summary>
internal readonly record struct SparseText(int[] Features, float[] Values)
{
    public int Count => Features.Length;
}
