namespace FteAgent.Intents;

/// <summary>What tells whether any of the known intents is meant.</summary>
/// <param name="Certainty">The log odds of the likeliest intent.</param>
/// <param name="Spread">How evenly the chances are spread over the intents, from 0 to 1.</param>
/// <param name="Margin">By how much the likeliest intent leads the next, as a logarithm.</param>
/// <param name="Strength">How strongly the networks are moved at all: the logarithm of the sum of what all intents score.</param>
/// <param name="Likeness">How like the nearest example the text is, from 0 to 1.</param>
/// <param name="Covered">The share of the text's words that one example has, from 0 to 1.</param>
/// <param name="UnknownWords">How many telling words no example has; beyond <see cref="MostUnknown"/> more say nothing new.</param>
/// <param name="Foreign">How much the networks lean to "none of these", where they were taught such texts; else 0.</param>
internal readonly record struct ScopeSigns(
    double Certainty, double Spread, double Margin, double Strength, double Likeness, double Covered, double UnknownWords, double Foreign)
{
    public const int Count = 8;
    public const int MostUnknown = 3;

    /// <summary>Which of the inputs come from words alone, and from no network.</summary>
    public static ReadOnlySpan<int> OfWords => [4, 5, 6];

    // Keeps the log odds finite.
    private const double Doubt = 1e-4;

    public double[] Inputs => [Certainty, Spread, Margin, Strength, Likeness, Covered, UnknownWords, Foreign];

    /// <param name="chances">Of each intent, provided that one is meant.</param>
    /// <param name="strength">See <see cref="Strength"/>.</param>
    /// <param name="foreign">See <see cref="Foreign"/>.</param>
    /// <param name="nearest">The nearest example.</param>
    public static ScopeSigns Of(ReadOnlySpan<double> chances, double strength, double foreign, NearestMatch nearest)
    {
        var (best, next, spread) = (0.0, 0.0, 0.0);
        foreach (var chance in chances)
        {
            if (chance > 0) spread -= chance * Math.Log(chance);
            if (chance > best) (best, next) = (chance, best);
            else next = Math.Max(next, chance);
        }

        return new ScopeSigns(
            Math.Log(best / (1 - best + Doubt)),
            chances.Length > 1 ? spread / Math.Log(chances.Length) : 0,
            Math.Log((best + Doubt) / (next + Doubt)),
            strength, nearest.Likeness, nearest.Covered, Math.Min(nearest.UnknownWords, MostUnknown), foreign);
    }
}
