using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace FteAgent.Intents;

/// <summary>
/// Sums over rows of numbers that come out alike on every processor: always eight lanes, each multiplied and then added, whatever
/// the hardware could do at once. The length of a row is a multiple of <see cref="Lanes"/>.
/// </summary>
internal static class Rows
{
    public const int Lanes = 8;

    /// <summary>Adds <paramref name="factor"/> times a row.</summary>
    public static void Add(Span<float> target, ReadOnlySpan<float> row, float factor)
    {
        ref var to = ref MemoryMarshal.GetReference(target);
        ref var from = ref MemoryMarshal.GetReference(row[..target.Length]);
        var times = Vector256.Create(factor);
        for (nuint i = 0; i < (nuint)target.Length; i += Lanes)
            (Vector256.LoadUnsafe(ref to, i) + (Vector256.LoadUnsafe(ref from, i) * times)).StoreUnsafe(ref to, i);
    }

    /// <summary>Adds <paramref name="factor"/> times a row of small integers.</summary>
    public static void Add(Span<float> target, ReadOnlySpan<sbyte> row, float factor)
    {
        for (var i = 0; i < target.Length; i++) target[i] += row[i] * factor;
    }

    public static float Dot(ReadOnlySpan<float> one, ReadOnlySpan<float> other)
    {
        ref var a = ref MemoryMarshal.GetReference(one);
        ref var b = ref MemoryMarshal.GetReference(other[..one.Length]);
        var sums = Vector256<float>.Zero;
        for (nuint i = 0; i < (nuint)one.Length; i += Lanes)
            sums += Vector256.LoadUnsafe(ref a, i) * Vector256.LoadUnsafe(ref b, i);
        var halves = sums.GetLower() + sums.GetUpper();
        return halves[0] + halves[1] + (halves[2] + halves[3]);
    }
}
