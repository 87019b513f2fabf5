namespace FteAgent.Intents;

/// <summary>
/// Arithmetic that gives the same bits on every machine. Training repeats each step a hundred thousand times, so that a last digit,
/// which the platform's own library may round otherwise, would grow into another classifier.
/// </summary>
internal static class Portable
{
    // Beyond this the result is 0 for every purpose here.
    private const double Least = -700;
    private const double Most = 700;
    private const double Ln2 = 0.693_147_180_559_945_3;
    private const double PerLn2 = 1 / Ln2;

    /// <summary>e to the power of <paramref name="x"/>, to about eleven digits.</summary>
    public static double Exp(double x)
    {
        x = Math.Clamp(x, Least, Most);
        var power = Math.Floor((x * PerLn2) + 0.5);
        var rest = x - (power * Ln2);

        // Taylor's series by Horner's rule; the rest is at most 0.35, so that the terms up to the ninth are enough. Without divisions,
        // which would take most of the time of training.
        var sum = 1 / 362_880.0;
        sum = (sum * rest) + (1 / 40_320.0);
        sum = (sum * rest) + (1 / 5_040.0);
        sum = (sum * rest) + (1 / 720.0);
        sum = (sum * rest) + (1 / 120.0);
        sum = (sum * rest) + (1 / 24.0);
        sum = (sum * rest) + (1 / 6.0);
        sum = (sum * rest) + 0.5;
        sum = (sum * rest) + 1;
        sum = (sum * rest) + 1;
        return sum * BitConverter.Int64BitsToDouble(((long)power + 1023) << 52);
    }
}

/// <summary>Random numbers that stay the same over releases of the platform: SplitMix64 by Steele, Lea and Flood.</summary>
internal struct PortableRandom(ulong seed)
{
    private ulong state = seed;

    public ulong Next()
    {
        state += 0x9E37_79B9_7F4A_7C15;
        var mixed = state;
        mixed = (mixed ^ (mixed >> 30)) * 0xBF58_476D_1CE4_E5B9;
        mixed = (mixed ^ (mixed >> 27)) * 0x94D0_49BB_1331_11EB;
        return mixed ^ (mixed >> 31);
    }

    /// <summary>From 0 to below <paramref name="bound"/>.</summary>
    public int Below(int bound) => (int)((Next() >> 32) * (ulong)bound >> 32);

    /// <summary>True in <paramref name="of256"/> of 256 cases.</summary>
    public bool Chance(int of256) => (int)(Next() >> 56) < of256;

    /// <summary>Evenly from -1 to 1.</summary>
    public float Even() => ((float)(Next() >> 40) / (1 << 23)) - 1;

    public void Shuffle(Span<int> items)
    {
        for (var i = items.Length - 1; i > 0; i--)
        {
            var with = Below(i + 1);
            (items[i], items[with]) = (items[with], items[i]);
        }
    }
}
