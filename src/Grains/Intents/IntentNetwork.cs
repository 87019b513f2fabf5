namespace FteAgent.Intents;

/// <summary>
/// A linear softmax classifier over a small learned layer: a text's features add up to <see cref="Width"/> numbers, of which the negative
/// ones are dropped, and each outcome weighs those that are left. Intents share what the layer learns, so that it does better than
/// weights of each intent's own, and takes a third of their room.
/// </summary>
internal sealed class IntentNetwork
{
    /// <summary>How many numbers a text is brought down to.</summary>
    public const int Width = 64;

    private readonly sbyte[] inner;
    private readonly float[] scales;
    private readonly float[] outer;
    private readonly float[] biases;

    /// <param name="inner">For each feature <see cref="Width"/> small integers.</param>
    /// <param name="scales">For each feature what its integers are multiplied with.</param>
    /// <param name="outer">For each outcome <see cref="Width"/> weights.</param>
    /// <param name="biases">For each outcome what it scores by itself.</param>
    public IntentNetwork(sbyte[] inner, float[] scales, float[] outer, float[] biases)
    {
        this.inner = inner;
        this.scales = scales;
        this.outer = outer;
        this.biases = biases;
    }

    public int Outcomes => biases.Length;

    public ReadOnlySpan<sbyte> Inner => inner;

    public ReadOnlySpan<float> Scales => scales;

    public ReadOnlySpan<float> Outer => outer;

    public ReadOnlySpan<float> Biases => biases;

    /// <summary>Keeps weights as bytes: a 256th of a row's largest weight is finer than chance in training.</summary>
    public static IntentNetwork Of(ReadOnlySpan<float> inner, float[] outer, float[] biases)
    {
        var bytes = new sbyte[inner.Length];
        var scales = new float[inner.Length / Width];
        for (var feature = 0; feature < scales.Length; feature++)
        {
            var row = inner.Slice(feature * Width, Width);
            var largest = 0f;
            foreach (var weight in row) largest = MathF.Max(largest, MathF.Abs(weight));
            if (largest == 0) continue;
            scales[feature] = largest / sbyte.MaxValue;
            for (var i = 0; i < Width; i++) bytes[(feature * Width) + i] = (sbyte)MathF.Round(row[i] / scales[feature]);
        }

        return new IntentNetwork(bytes, scales, outer, biases);
    }

    /// <summary>What each outcome scores; the exponentials of the scores are in proportion to the chances.</summary>
    public void Score(SparseText text, Span<float> scores)
    {
        Span<float> layer = stackalloc float[Width];
        layer.Clear();
        for (var i = 0; i < text.Count; i++)
        {
            var feature = text.Features[i];
            Rows.Add(layer, inner.AsSpan(feature * Width, Width), text.Values[i] * scales[feature]);
        }

        for (var i = 0; i < Width; i++) layer[i] = MathF.Max(0, layer[i]);
        for (var outcome = 0; outcome < biases.Length; outcome++)
            scores[outcome] = biases[outcome] + Rows.Dot(layer, outer.AsSpan(outcome * Width, Width));
    }
}
