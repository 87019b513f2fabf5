using System.Runtime.InteropServices;

namespace FteAgent.Storage;

/// <summary>Files are large, and are handed to the record as the arrays that they are.</summary>
internal static class WholeArray
{
    /// <summary>The array itself where these bytes are all of it, else a copy.</summary>
    public static byte[] Of(ReadOnlyMemory<byte> bytes) =>
        MemoryMarshal.TryGetArray(bytes, out var segment) && segment is { Array: { } array, Offset: 0 } && segment.Count == array.Length ? array : bytes.ToArray();
}
