namespace FteAgent.Knowledge;

/// <summary>
/// The order in which both records sort ids: by code points, as the bytes of UTF-8 are. .NET's ordinal order has characters beyond the
/// first 65,536 before some within.
/// </summary>
internal sealed class ByCodePoint : IComparer<string>
{
    public static ByCodePoint Order { get; } = new();

    public int Compare(string? x, string? y)
    {
        if (x is null || y is null) return string.CompareOrdinal(x, y);
        var same = x.AsSpan().CommonPrefixLength(y);
        if (same == x.Length || same == y.Length) return x.Length.CompareTo(y.Length);
        var (a, b) = (x[same], y[same]);
        return char.IsSurrogate(a) == char.IsSurrogate(b) ? a.CompareTo(b) : char.IsSurrogate(a) ? 1 : -1;
    }
}
