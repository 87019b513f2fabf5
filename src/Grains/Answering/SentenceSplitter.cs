namespace FteAgent.Answering;

/// <summary>Finds where sentences end, minding abbreviations, versions, file names and code.</summary>
internal static class SentenceSplitter
{
    private const string Number = "no.";

    private static readonly string[] Abbreviations = ["e.g.", "i.e.", "etc.", "vs.", "mr.", "mrs.", "ms.", "dr.", Number, "approx.", "incl.", "cf.", "a.m.", "p.m."];

    public static IEnumerable<(int Start, int End)> Split(string text, int start, int end)
    {
        var from = start;
        var code = false;
        for (var i = start; i < end; i++)
        {
            if (text[i] == '`') code = !code;
            if (code || !Ends(text, i, end)) continue;
            var to = i + 1;
            while (to < end && text[to] is '"' or '”' or '’' or '\'' or ')' or '*' or '_' or '»') to++;
            if (to < end && !char.IsWhiteSpace(text[to]) && !StandsAlone(text[i])) continue;
            if (text[i] == '.' && (IsAbbreviation(text, from, i) || IsNumber(text, from, i) || GoesOn(text, to, end))) continue;
            yield return (from, to);
            from = i = to;
            i--;
        }

        if (from < end) yield return (from, end);
    }

    private static bool Ends(string text, int at, int end) =>
        text[at] is '.' or '!' or '?' or '…' or '؟' || StandsAlone(text[at]);

    // Full-width marks end a sentence without a space after them.
    private static bool StandsAlone(char mark) => mark is '。' or '！' or '？';

    private static bool IsAbbreviation(string text, int from, int at)
    {
        foreach (var abbreviation in Abbreviations)
        {
            var start = at + 1 - abbreviation.Length;
            if (start >= from && string.Compare(text, start, abbreviation, 0, abbreviation.Length, StringComparison.OrdinalIgnoreCase) == 0
                && (start == from || !char.IsLetterOrDigit(text[start - 1]))) return abbreviation != Number || start > from || IsBeforeFigure(text, at);
        }

        return false;
    }

    // "No." is an answer, and "No. 5" is a number.
    private static bool IsBeforeFigure(string text, int at) => text.AsSpan(at + 1).TrimStart() is [>= '0' and <= '9', ..];

    // "2. Choose a name": the number of a step belongs to what it numbers.
    private static bool IsNumber(string text, int from, int at) => text.AsSpan(from, at - from).Trim() is { Length: 1 or 2 } number && !number.ContainsAnyExceptInRange('0', '9');

    // A sentence does not begin with a small letter, unless it is a name such as "npm".
    private static bool GoesOn(string text, int at, int end)
    {
        while (at < end && char.IsWhiteSpace(text[at])) at++;
        return at < end && char.IsLower(text[at]);
    }
}
