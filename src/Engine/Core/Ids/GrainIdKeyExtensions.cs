using System.Globalization;
using System.Text;

namespace Orleans.Runtime;

/// <summary>Writes and reads keys that are not strings.</summary>
public static class GrainIdKeyExtensions
{
    /// <summary>Writes a number as a key.</summary>
    public static IdSpan CreateIntegerKey(long key) => IdSpan.Create(key.ToString("X", CultureInfo.InvariantCulture));

    /// <summary>Reads a key that is a number.</summary>
    public static long GetIntegerKey(this GrainId grainId) =>
        long.TryParse(Encoding.UTF8.GetString(grainId.Key.AsSpan()), NumberStyles.HexNumber, CultureInfo.InvariantCulture, out var key)
            ? key
            : throw new ArgumentException($"The key of {grainId} is not an integer.", nameof(grainId));
}
