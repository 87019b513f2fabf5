namespace FteAgent.Intents;

/// <summary>
/// The chance that a text means one of the known intents: a logistic model of <see cref="ScopeSigns"/>, each compared with what it is for
/// texts that do. So it holds for few intents and for many, whose signs lie on other scales.
/// </summary>
internal sealed class ScopeModel
{
    // Signs and coefficients are kept in steps, so that the last digit of a logarithm cannot make two machines differ.
    private const double StepsInOne = 4096;

    // Differences from the usual beyond this say nothing more, and keep a strange text from counting without limit.
    private const double MostDeviations = 6;

    // What keeps a coefficient small unless many texts ask for a larger one.
    private const double Ridge = 1;

    // Where no text is known that means none of the intents: fitted on the development half of clinc150; bench/Evals --calibrate-scope prints it.
    private static readonly double[] Untold = [3.4, 0.34, -0.26, 0.06, 1.26, 0.32, 0.68, -0.3, 0];

    // The same by likeness, cover and unknown words alone: networks that learned from a handful of examples are moved by nothing much.
    private static readonly double[] UntoldByWords = [2.36, 0, 0, 0, 0, 2.28, 0.09, -0.2, 0];

    private readonly double[] usual;
    private readonly double[] deviations;
    private readonly double[] coefficients;

    /// <param name="usual">Each sign's mean for texts that mean a known intent.</param>
    /// <param name="deviations">Each sign's standard deviation for these.</param>
    /// <param name="coefficients">The intercept, then one for each sign.</param>
    public ScopeModel(double[] usual, double[] deviations, double[] coefficients)
    {
        this.usual = usual;
        this.deviations = deviations;
        this.coefficients = coefficients;
    }

    /// <summary>What signs usually are, and the model for sets of examples that are too small to tell.</summary>
    public static ScopeModel Usually { get; } =
        new([6.5, 0.04, 6.8, 19.5, 0.57, 0.66, 0.18, 0], [3, 0.11, 2.8, 5.3, 0.18, 0.23, 0.43, 1], UntoldByWords);

    public ReadOnlySpan<double> Usual => usual;

    public ReadOnlySpan<double> Deviations => deviations;

    public ReadOnlySpan<double> Coefficients => coefficients;

    /// <summary>By texts that mean a known intent, and by none that do not.</summary>
    public static ScopeModel Of(IReadOnlyList<ScopeSigns> inside)
    {
        var (usual, deviations) = Usualness(inside);
        return new ScopeModel(usual, deviations, Untold);
    }

    /// <summary>By texts of both kinds. Both weigh the same: how often customers ask what nobody covers is not known beforehand.</summary>
    public static ScopeModel Of(IReadOnlyList<ScopeSigns> inside, IReadOnlyList<ScopeSigns> outside)
    {
        var (usual, deviations) = Usualness(inside);
        var model = new ScopeModel(usual, deviations, new double[ScopeSigns.Count + 1]);
        var total = (double)(inside.Count + outside.Count) / 2;
        var cases = new List<LogisticCase>(inside.Count + outside.Count);
        cases.AddRange(inside.Select(signs => new LogisticCase(model.Standard(signs), true, total / inside.Count)));
        cases.AddRange(outside.Select(signs => new LogisticCase(model.Standard(signs), false, total / outside.Count)));
        return new ScopeModel(usual, deviations, [.. LogisticFit.Of(cases, Ridge).Select(InSteps)]);
    }

    /// <summary>The chance that one of the known intents is meant.</summary>
    public double Chance(ScopeSigns signs) => LogisticFit.Chance(coefficients, Standard(signs));

    /// <summary>The signs as deviations from the usual.</summary>
    public double[] Standard(ScopeSigns signs)
    {
        var inputs = signs.Inputs;
        for (var i = 0; i < inputs.Length; i++)
            inputs[i] = Math.Clamp((inputs[i] - usual[i]) / deviations[i], -MostDeviations, MostDeviations);
        return inputs;
    }

    private static (double[] Usual, double[] Deviations) Usualness(IReadOnlyList<ScopeSigns> inside)
    {
        var inputs = inside.Select(signs => signs.Inputs).ToList();
        var usual = new double[ScopeSigns.Count];
        var deviations = new double[ScopeSigns.Count];
        for (var i = 0; i < usual.Length; i++)
        {
            var mean = inputs.Average(input => input[i]);
            var deviation = Math.Sqrt(inputs.Average(input => (input[i] - mean) * (input[i] - mean)));
            // Of what words tell, one's own examples say too much where they were written after one pattern, and too little where they
            // are few: it is compared with what is usual elsewhere.
            var own = !ScopeSigns.OfWords.Contains(i);
            usual[i] = own ? InSteps(mean) : Usually.usual[i];
            deviations[i] = own ? Math.Max(InSteps(deviation), Usually.deviations[i]) : Usually.deviations[i];
        }

        return (usual, deviations);
    }

    private static double InSteps(double value) => Math.Round(value * StepsInOne) / StepsInOne;
}
