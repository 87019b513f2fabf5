namespace FteAgent.Answering.Hiding;

/// <summary>Private keys in PEM (RFC 7468), up to their last line or, where that is cut off, to the end of the text.</summary>
internal static class PrivateKeys
{
    private const string Begin = "-----BEGIN ";
    private const string End = "-----END ";
    private const string Dashes = "-----";

    /// <summary>The longest name of a kind, as ENCRYPTED PRIVATE KEY.</summary>
    private const int LongestLabel = 60;

    public static void Hide(MaskedText text)
    {
        var seen = text.Seen;
        for (var at = 0; at < seen.Length;)
        {
            var begin = seen[at..].IndexOf(Begin);
            if (begin < 0)
                return;
            begin += at;
            at = begin + Begin.Length;
            var label = seen.Slice(at, Math.Min(LongestLabel, seen.Length - at));
            var labelEnd = label.IndexOf(Dashes);
            if (!(labelEnd < 0 ? label : label[..labelEnd]).Contains("PRIVATE KEY", StringComparison.OrdinalIgnoreCase))
                continue;
            var end = seen[at..].IndexOf(End);
            var last = end < 0 ? -1 : seen[(at + end + End.Length)..].IndexOf(Dashes);
            at = last < 0 ? seen.Length : at + end + End.Length + last + Dashes.Length;
            text.Hide(begin, at, HiddenKind.Secret);
        }
    }
}
