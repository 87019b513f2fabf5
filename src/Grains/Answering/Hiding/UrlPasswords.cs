namespace FteAgent.Answering.Hiding;

/// <summary>The password in a URL (RFC 3986, section 3.2.1), from the colon to the last at sign before a space.</summary>
internal static class UrlPasswords
{
    private const int Longest = 300;

    public static void Hide(MaskedText text)
    {
        var seen = text.Seen;
        for (var at = 0; at < seen.Length;)
        {
            var scheme = seen[at..].IndexOf("://");
            if (scheme < 0)
                return;
            var start = at + scheme + 3;
            at = start;
            var authority = seen.Slice(start, Math.Min(Longest, seen.Length - start));
            if (authority.IndexOfAny(" \t\r\n\"<>\uffff") is >= 0 and var end)
                authority = authority[..end];
            var colon = authority.IndexOf(':');
            var sign = authority.LastIndexOf('@');
            // A port is no password; nor is what stands in the path.
            if (colon < 0 || sign <= colon + 1 || authority[..colon].ContainsAny('/', '?', '#') || IsPort(authority[(colon + 1)..sign]))
                continue;
            text.Hide(start + colon + 1, start + sign, HiddenKind.Secret);
            at = start + sign;
        }
    }

    private static bool IsPort(ReadOnlySpan<char> word) => word.IndexOfAnyExceptInRange('0', '9') is > 0 and <= 5 and var end && word[end] == '/';
}
