using System.Diagnostics;
using System.Numerics;

namespace FteAgent.Bench.Engine.CrossSilo;

/// <summary>Counts latencies in steps of about 3 %, so that a round of millions of calls costs no memory.</summary>
internal sealed class Latencies
{
    private const int StepsPerDoubling = 32;
    private const int StepBits = 5;
    private readonly long[] _counts = new long[64 * StepsPerDoubling];

    public long Count { get; private set; }

    public static Latencies Together(IEnumerable<Latencies> all)
    {
        var together = new Latencies();
        foreach (var one in all)
        {
            for (var step = 0; step < one._counts.Length; step++) together._counts[step] += one._counts[step];
            together.Count += one.Count;
        }

        return together;
    }

    public void Add(long stopwatchTicks)
    {
        _counts[StepOf(stopwatchTicks)]++;
        Count++;
    }

    /// <summary>In milliseconds: the upper end of the step that holds it.</summary>
    public double Percentile(double share)
    {
        long seen = 0;
        for (var step = 0; step < _counts.Length; step++)
        {
            seen += _counts[step];
            if (seen >= share * Count && seen > 0) return EndOf(step) * 1000.0 / Stopwatch.Frequency;
        }

        return 0;
    }

    private static int StepOf(long ticks)
    {
        if (ticks < StepsPerDoubling) return (int)Math.Max(ticks, 0);

        var doubling = BitOperations.Log2((ulong)ticks) - StepBits;
        return ((doubling + 1) * StepsPerDoubling) + (int)(ticks >> doubling) - StepsPerDoubling;
    }

    private static double EndOf(int step)
    {
        if (step < StepsPerDoubling) return step + 1;

        var doubling = (step / StepsPerDoubling) - 1;
        return (double)(StepsPerDoubling + (step % StepsPerDoubling) + 1) * (1L << doubling);
    }
}
