namespace FteAgent.Answering.Hiding;

/// <summary>Ids of the form 8-4-4-4-12 (RFC 9562). With a letter in them, no digits of theirs are another number's.</summary>
internal static class Uuids
{
    private const int Length = 36;

    public static void Keep(MaskedText text)
    {
        var seen = text.Seen;
        for (var at = 0; at < seen.Length;)
        {
            var dash = seen[at..].IndexOf('-');
            if (dash < 0)
                return;
            at += dash + 1;
            var start = at - 9;
            if (start < 0 || start + Length > seen.Length || !Is(seen.Slice(start, Length)))
                continue;
            text.Keep(start, start + Length);
            at = start + Length;
        }
    }

    private static bool Is(ReadOnlySpan<char> word)
    {
        var letters = 0;
        for (var i = 0; i < Length; i++)
        {
            if (i is 8 or 13 or 18 or 23 ? word[i] != '-' : !char.IsAsciiHexDigit(word[i]))
                return false;
            letters += char.IsAsciiLetter(word[i]) ? 1 : 0;
        }

        return letters > 0;
    }
}
