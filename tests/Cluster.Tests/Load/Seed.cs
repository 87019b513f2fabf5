using System.Globalization;

namespace FteAgent.Cluster.Load;

/// <summary>Where all chance of a run comes from.</summary>
internal static class Seed
{
    /// <summary>Set it to have the same run again.</summary>
    public const string Variable = "FTE_SEED";

    /// <summary>The given seed, or a new one.</summary>
    public static int OfThisRun() =>
        Environment.GetEnvironmentVariable(Variable) is { Length: > 0 } given ? int.Parse(given, CultureInfo.InvariantCulture) : Random.Shared.Next(1, 1_000_000);

    /// <summary>A source of chance for one part of a run; the same for the same seed in every process, which HashCode is not.</summary>
    public static Random For(int seed, string part, int number = 0)
    {
        // FNV-1a over the part's name and the numbers.
        var hash = 2166136261u;
        foreach (var value in part.Select(c => (int)c).Append(number).Append(seed))
            for (var shift = 0; shift < 32; shift += 8)
                hash = unchecked((hash ^ (byte)(value >> shift)) * 16777619);
        return new Random((int)(hash & int.MaxValue));
    }
}
