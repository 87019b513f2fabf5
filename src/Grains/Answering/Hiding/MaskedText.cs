using System.Globalization;
using System.Text;

namespace FteAgent.Answering.Hiding;

/// <summary>What is hidden.</summary>
internal enum HiddenKind
{
    Email,
    Phone,
    Card,
    Account,
    Secret,
}

/// <summary>
/// A text of which parts are hidden. It is looked at folded: digits of every script are 0 to 9, spaces, dashes, dots and quotation marks are the plain
/// ones, and what nobody sees is <see cref="Nothing"/>. The folded text is as long as the text, so that places are the same in both.
/// </summary>
internal sealed class MaskedText
{
    /// <summary>Stands for what cannot be seen: it parts nothing.</summary>
    public const char Nothing = '\u200b';

    /// <summary>Stands for what is settled: it parts everything, and nothing is looked for in it.</summary>
    public const char Settled = '\uffff';

    private readonly string text;
    private readonly char[] seen;
    private readonly List<(int Start, int End, HiddenKind Kind)> parts = [];

    public MaskedText(string text)
    {
        this.text = text;
        seen = text.ToCharArray();
        if (!Ascii.IsValid(text))
            Fold();
    }

    /// <summary>The text as it is looked at.</summary>
    public ReadOnlySpan<char> Seen => seen;

    /// <summary>How many parts are hidden.</summary>
    public int Count => parts.Count;

    /// <summary>Hides a part.</summary>
    public void Hide(int start, int end, HiddenKind kind)
    {
        // No half of a character stays behind.
        if (start > 0 && char.IsLowSurrogate(text[start]) && char.IsHighSurrogate(text[start - 1]))
            start--;
        if (end < text.Length && char.IsLowSurrogate(text[end]) && char.IsHighSurrogate(text[end - 1]))
            end++;
        parts.Add((start, end, kind));
        Keep(start, end);
    }

    /// <summary>Leaves a part as it is, whatever it looks like.</summary>
    public void Keep(int start, int end) => seen.AsSpan(start, end - start).Fill(Settled);

    /// <summary>The text with names in the places of what is hidden, which are asked for in the order of the text.</summary>
    public string Write(Func<HiddenKind, string, string> name)
    {
        if (parts.Count == 0)
            return text;
        parts.Sort((one, other) => one.Start.CompareTo(other.Start));
        var written = new StringBuilder(text.Length);
        var from = 0;
        foreach (var (start, end, kind) in parts)
        {
            written.Append(text, from, start - from).Append(name(kind, text[start..end]));
            from = end;
        }

        return written.Append(text, from, text.Length - from).ToString();
    }

    private void Fold()
    {
        for (var at = 0; at < seen.Length; at++)
        {
            if (char.IsHighSurrogate(seen[at]) && at + 1 < seen.Length && CharUnicodeInfo.GetDigitValue(text, at) is >= 0 and <= 9 and var digit)
                (seen[at], seen[++at]) = (Nothing, (char)('0' + digit));
            else if (seen[at] > '\u007f')
                seen[at] = Folded(seen[at]);
        }
    }

    private static char Folded(char c) => c switch
    {
        >= '\uff01' and <= '\uff5e' => (char)(c - '\uff01' + '!'),
        '\u201c' or '\u201d' or '\u201e' or '\u00ab' or '\u00bb' or '\u2033' or '\u300c' or '\u300d' => '"',
        '\u2018' or '\u2019' or '\u201a' or '\u2032' => '\'',
        '\u00b7' or '\u2022' or '\u2219' or '\u2024' => '.',
        '\u2212' or '\u2043' => '-',
        '\ufe6b' => '@',
        // A keycap's frame, and what chooses between a character's looks.
        '\u20e3' or (>= '\ufe00' and <= '\ufe0f') or Settled => Nothing,
        _ => CharUnicodeInfo.GetDigitValue(c) is >= 0 and <= 9 and var digit ? (char)('0' + digit) : char.GetUnicodeCategory(c) switch
        {
            UnicodeCategory.SpaceSeparator => ' ',
            UnicodeCategory.DashPunctuation => '-',
            UnicodeCategory.Format => Nothing,
            _ => c,
        },
    };
}
