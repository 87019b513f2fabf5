using System.Diagnostics;

namespace FteAgent.Bench.Engine.CrossSilo;

/// <summary>A number of callers, each of whom awaits one call after another, and what they found.</summary>
internal static class Load
{
    public const int Callers = 100;
    public static readonly TimeSpan RoundLength = TimeSpan.FromSeconds(2);

    /// <summary>Runs one round of a call that is told which caller makes it.</summary>
    public static async Task<Round> Run(Func<int, ValueTask> call)
    {
        var stop = false;
        var latencies = Enumerable.Range(0, Callers).Select(_ => new Latencies()).ToArray();
        var watch = Stopwatch.StartNew();
        var callers = Enumerable.Range(0, Callers).Select(caller => Task.Run(async () =>
        {
            while (!Volatile.Read(ref stop))
            {
                var start = Stopwatch.GetTimestamp();
                await call(caller);
                latencies[caller].Add(Stopwatch.GetTimestamp() - start);
            }
        })).ToArray();
        await Task.Delay(RoundLength);
        Volatile.Write(ref stop, true);
        await Task.WhenAll(callers);
        return new(Latencies.Together(latencies), watch.Elapsed);
    }
}

/// <summary>One round.</summary>
internal sealed class Round(Latencies latencies, TimeSpan length)
{
    public double PerSecond { get; } = latencies.Count / length.TotalSeconds;

    public double P50 { get; } = latencies.Percentile(0.50);

    public double P99 { get; } = latencies.Percentile(0.99);

    public override string ToString() => $"{PerSecond,10:#,0}/s  p50 {P50,6:0.000} ms  p99 {P99,6:0.000} ms";
}
