using System.Globalization;

namespace FteAgent.Bench;

/// <summary>How often each thing is measured; its median counts.</summary>
internal static class Rounds
{
    /// <summary>Fewer rounds, to see whether a bench works. Its figures then say that it was shortened.</summary>
    public const string Variable = "FTE_BENCH_ROUNDS";

    private const int Usual = 5;

    public static int Count { get; } =
        Environment.GetEnvironmentVariable(Variable) is { Length: > 0 } given ? Math.Clamp(int.Parse(given, CultureInfo.InvariantCulture), 1, Usual) : Usual;

    /// <summary>Whether there are fewer than usual.</summary>
    public static bool AreFewer => Count < Usual;
}
