namespace FteAgent.Evals;

/// <summary>A 95 % bootstrap interval: small sets say little, and should say how little.</summary>
internal readonly record struct Interval(double Low, double High)
{
    private const int Resamples = 1000;
    private const int Seed = 20_261;

    /// <summary>For the mean of one number per question.</summary>
    public static Interval OfMean(IReadOnlyList<double> values) => Of(values, sample => sample.Average());

    /// <summary>For a share of all.</summary>
    public static Interval OfShare(int some, int all) => OfMean([.. Enumerable.Range(0, all).Select(i => i < some ? 1.0 : 0.0)]);

    /// <summary>For the number below which a share of all is, such as the 95th percentile of times.</summary>
    public static Interval OfQuantile(IReadOnlyList<double> values, double share) => Of(values, sample => Quantile(sample, share));

    /// <summary>The number below which a share of all is.</summary>
    public static double Quantile(IReadOnlyList<double> values, double share)
    {
        if (values.Count == 0) return 0;
        var sorted = values.ToArray();
        Array.Sort(sorted);
        return sorted[Math.Min(sorted.Length - 1, (int)(sorted.Length * share))];
    }

    /// <summary>For any figure of a sample, such as F1.</summary>
    public static Interval Of<T>(IReadOnlyList<T> items, Func<IReadOnlyList<T>, double> figure)
    {
        if (items.Count == 0) return default;
        var random = new Random(Seed);
        var figures = new double[Resamples];
        var sample = new T[items.Count];
        for (var n = 0; n < Resamples; n++)
        {
            for (var i = 0; i < sample.Length; i++) sample[i] = items[random.Next(items.Count)];
            figures[n] = figure(sample);
        }

        Array.Sort(figures);
        return new Interval(figures[(int)(Resamples * 0.025)], figures[(int)(Resamples * 0.975)]);
    }
}
