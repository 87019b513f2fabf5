namespace FteAgent.Knowledge;

/// <summary>
/// BM25 over units (chunks, or whole documents) whose features are numbers. Postings lie in three flat arrays: a corpus of
/// some thousand chunks costs a few megabytes and a query touches memory in order.
/// </summary>
internal sealed class Bm25
{
    // Measured on three public corpora of support documents: a larger k1 than the usual 1.2 suits chunks that repeat their subject.
    private const float K1 = 2.0f;
    private const float B = 0.75f;

    private readonly int[] offsets;
    private readonly int[] units;
    private readonly byte[] counts;
    private readonly int[] lengths;
    private readonly float[] lengthNorms;

    private Bm25(int[] offsets, int[] units, byte[] counts, int[] lengths)
    {
        this.offsets = offsets;
        this.units = units;
        this.counts = counts;
        this.lengths = lengths;
        lengthNorms = Norms(lengths);
    }

    public int Units => lengthNorms.Length;

    /// <summary>Builds from features grouped by unit: unit <c>u</c> holds those from <c>starts[u]</c> to <c>starts[u + 1]</c> (-1 is none) and counts as <c>lengths[u]</c> long.</summary>
    public static Bm25 Build(int features, ReadOnlySpan<int> stream, ReadOnlySpan<int> starts, ReadOnlySpan<int> lengths)
    {
        var unitCount = starts.Length - 1;
        var offsets = new int[features + 1];
        var last = new int[features];
        Array.Fill(last, -1);
        for (var unit = 0; unit < unitCount; unit++)
        {
            foreach (var feature in stream[starts[unit]..starts[unit + 1]])
            {
                if (feature < 0 || last[feature] == unit) continue;
                last[feature] = unit;
                offsets[feature + 1]++;
            }
        }

        for (var f = 0; f < features; f++) offsets[f + 1] += offsets[f];
        var units = new int[offsets[features]];
        var counts = new byte[units.Length];
        var next = offsets[..features];
        Array.Fill(last, -1);
        for (var unit = 0; unit < unitCount; unit++)
        {
            foreach (var feature in stream[starts[unit]..starts[unit + 1]])
            {
                if (feature < 0) continue;
                if (last[feature] != unit)
                {
                    last[feature] = unit;
                    units[next[feature]++] = unit;
                }

                ref var count = ref counts[next[feature] - 1];
                if (count < byte.MaxValue) count++;
            }
        }

        return new Bm25(offsets, units, counts, lengths.ToArray());
    }

    /// <summary>
    /// Puts units of several together under new numbers. It is the same as if all had been read anew, but for the order of a feature's
    /// units, which no score depends on.
    /// </summary>
    /// <param name="features">How many features there are now.</param>
    /// <param name="unitCount">How many units.</param>
    /// <param name="parts">Where they come from.</param>
    public static Bm25 Merge(int features, int unitCount, params ReadOnlySpan<Bm25Part> parts)
    {
        var offsets = new int[features + 1];
        foreach (var part in parts)
            for (var f = 0; f < part.Of.Features; f++)
                foreach (var unit in part.Of.Holders(f)) if (part.Units[unit] >= 0) offsets[part.FeatureOf(f) + 1]++;
        for (var f = 0; f < features; f++) offsets[f + 1] += offsets[f];

        var units = new int[offsets[features]];
        var counts = new byte[units.Length];
        var lengths = new int[unitCount];
        var next = offsets[..features];
        foreach (var part in parts)
        {
            for (var f = 0; f < part.Of.Features; f++) part.Of.CopyHolders(f, part.Units, units, counts, ref next[part.FeatureOf(f)]);
            for (var u = 0; u < part.Units.Length; u++) if (part.Units[u] >= 0) lengths[part.Units[u]] = part.Of.lengths[u];
        }

        return new Bm25(offsets, units, counts, lengths);
    }

    /// <summary>How many features it has, held or not.</summary>
    public int Features => offsets.Length - 1;

    /// <summary>Whether any unit holds a feature.</summary>
    public bool Holds(int feature) => offsets[feature + 1] > offsets[feature];

    /// <summary>How many features no unit holds any more.</summary>
    public int Unheld => Enumerable.Range(0, Features).Count(feature => !Holds(feature));

    /// <summary>The units that hold a feature.</summary>
    public ReadOnlySpan<int> Holders(int feature) => units.AsSpan(offsets[feature]..offsets[feature + 1]);

    /// <summary>How rare a feature is: high for rare ones.</summary>
    public float Rarity(int feature)
    {
        var holders = offsets[feature + 1] - offsets[feature];
        return MathF.Log(1 + ((Units - holders + 0.5f) / (holders + 0.5f)));
    }

    /// <summary>
    /// How much rarer a feature is than if its occurrences fell at random: high for what a few units dwell on, and about 0 for
    /// what is mentioned here and there (residual inverse document frequency, Church and Gale 1995).
    /// </summary>
    public float ResidualRarity(int feature)
    {
        var holders = offsets[feature + 1] - offsets[feature];
        if (holders == 0) return 0;
        var occurrences = 0;
        for (var i = offsets[feature]; i < offsets[feature + 1]; i++) occurrences += counts[i];
        return (float)(Math.Log((double)Units / holders) + Math.Log(1 - Math.Exp(-(double)occurrences / Units)));
    }

    /// <summary>The rarity of a feature that no unit holds.</summary>
    public float RarityOfUnknown => MathF.Log(1 + ((Units + 0.5f) / 0.5f));

    /// <summary>The most that one occurrence after another can add, as a multiple of the rarity.</summary>
    public static float Ceiling => K1 + 1;

    /// <summary>Adds the feature's share to the score of every unit that holds it.</summary>
    public void Score(int feature, float weight, Span<float> scores)
    {
        var gain = weight * Rarity(feature) * (K1 + 1);
        for (var i = offsets[feature]; i < offsets[feature + 1]; i++)
        {
            var unit = units[i];
            float count = counts[i];
            scores[unit] += gain * count / (count + lengthNorms[unit]);
        }
    }

    private void CopyHolders(int feature, int[] unitOf, int[] toUnits, byte[] toCounts, ref int next)
    {
        for (var i = offsets[feature]; i < offsets[feature + 1]; i++)
        {
            if (unitOf[units[i]] is not (>= 0 and var unit)) continue;
            toUnits[next] = unit;
            toCounts[next++] = counts[i];
        }
    }

    private static float[] Norms(ReadOnlySpan<int> lengths)
    {
        long total = 0;
        foreach (var length in lengths) total += length;
        var average = Math.Max(1f, (float)total / Math.Max(1, lengths.Length));
        var norms = new float[lengths.Length];
        for (var u = 0; u < norms.Length; u++) norms[u] = K1 * (1 - B + (B * lengths[u] / average));
        return norms;
    }
}

/// <summary>Units that go from one index into another.</summary>
/// <param name="Of">Where they are.</param>
/// <param name="NewFeatures">The new number of each of its features; null where the numbers stay.</param>
/// <param name="Units">The new number of each of its units; -1 for one that goes nowhere.</param>
internal readonly record struct Bm25Part(Bm25 Of, int[]? NewFeatures, int[] Units)
{
    /// <summary>A feature's new number.</summary>
    public int FeatureOf(int feature) => NewFeatures is null ? feature : NewFeatures[feature];
}
