using System.Globalization;

namespace FteAgent.Testing;

/// <summary>Where a test's chance comes from: a seed that it prints, and that can be set to have the same again.</summary>
internal static class TestSeed
{
    /// <summary>Set it to the number that a test has printed.</summary>
    public const string Variable = "FTE_SEED";

    /// <summary>The seed that was set, if any.</summary>
    public static int? Given =>
        Environment.GetEnvironmentVariable(Variable) is { Length: > 0 } given ? int.Parse(given, CultureInfo.InvariantCulture) : null;

    /// <summary>The seed that was set, or a new one, which is said first.</summary>
    public static int Take(Action<string> say)
    {
        var seed = Given ?? Random.Shared.Next();
        say($"{Variable}={seed}");
        return seed;
    }

    /// <summary>Chance for one of several that act at once: the same for the same numbers in every process, which HashCode is not.</summary>
    public static Random For(int seed, params ReadOnlySpan<int> parts)
    {
        foreach (var part in parts)
            seed = unchecked((seed * 16777619) ^ part);
        return new(seed);
    }
}
