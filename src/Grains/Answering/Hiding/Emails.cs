namespace FteAgent.Answering.Hiding;

/// <summary>Addresses of mail: something, an at sign, and a domain with a dot. A space on both sides of the sign hides none.</summary>
internal static class Emails
{
    public static void Hide(MaskedText text)
    {
        var seen = text.Seen;
        for (var at = seen.IndexOf('@'); at >= 0; at = Next(seen, at))
        {
            var gap = at > 0 && at + 1 < seen.Length && seen[at - 1] == ' ' && seen[at + 1] == ' ' ? 1 : 0;
            var start = Local(seen, at - gap);
            var end = Domain(seen, at + 1 + gap);
            if (start < at - gap && end > 0)
                text.Hide(start, end, HiddenKind.Email);
        }
    }

    private static int Next(ReadOnlySpan<char> seen, int at) => seen[(at + 1)..].IndexOf('@') is >= 0 and var next ? at + 1 + next : -1;

    private static int Local(ReadOnlySpan<char> seen, int end)
    {
        var start = end;
        while (start > 0 && (IsOfLabel(seen[start - 1]) || seen[start - 1] is '.' or '_' or '+' or '\'' or '!' or '#' or '$' or '%' or '&' or '^' or '~'))
            start--;
        // A mark before the first letter belongs to the sentence.
        while (start < end && seen[start] is '.' or '\'' or '!' or '#' or '&' or '-' or '~')
            start++;
        return start;
    }

    /// <summary>Where the domain ends that begins here; 0 where none does.</summary>
    private static int Domain(ReadOnlySpan<char> seen, int start)
    {
        var (end, dots, lettered) = (0, 0, false);
        for (var place = start; place < seen.Length; place++)
        {
            var c = seen[place];
            if (IsOfLabel(c))
            {
                lettered |= Words.IsLetter(c);
                if (dots > 0 && lettered && c != '-')
                    end = place + 1;
            }
            // Between a domain's parts the full stop of Han scripts is a dot as well (RFC 5895, section 2). Behind a dot it ends the sentence.
            else if ((c == '.' || (c is '。' or '｡' && dots == 0)) && place > start && seen[place - 1] != '.')
            {
                dots++;
                // The last part of a domain is no number: that would be a version.
                lettered = false;
            }
            else
            {
                break;
            }
        }

        return end;
    }

    private static bool IsOfLabel(char c) => char.IsAsciiLetterOrDigit(c) || c is '-' or '_' || (c > '\u007f' && Knowledge.Letters.Belongs(c));
}
