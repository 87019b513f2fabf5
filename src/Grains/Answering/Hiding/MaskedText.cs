using System.Collections.Frozen;
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
/// ones, and what nobody sees, or a reader may leave out, is not there: it would part a number or a word from itself. Places are those of what is looked at.
/// </summary>
internal sealed class MaskedText
{
    /// <summary>Stands for what is settled: it parts everything, and nothing is looked for in it.</summary>
    public const char Settled = '\uffff';

    /// <summary>Stands for what is left out while the text is folded.</summary>
    private const char Nothing = '\0';

    /// <summary>Letters with the accents that they may bear, for the languages in which secrets are known; globalization is off, and with it normal forms.</summary>
    private static readonly FrozenDictionary<(char Letter, char Accent), char> Accents = new (char Accent, string Letters)[]
    {
        ('\u0300', "aàeèiìoòuù"), ('\u0301', "aáeéiíoóuúyýcćnńsśzź"), ('\u0302', "aâeêiîoôuû"), ('\u0303', "aãnñoõ"), ('\u0306', "aăgğ"), ('\u0307', "zżeė"),
        ('\u0308', "aäeëiïoöuü"), ('\u030a', "aåuů"), ('\u030b', "oőuű"), ('\u030c', "cčsšzžrřeěnňdďtť"), ('\u0326', "sștț"), ('\u0327', "cçsş"), ('\u0328', "aąeę"),
    }.SelectMany(all => all.Letters.Chunk(2).SelectMany(pair => new[]
    {
        KeyValuePair.Create((pair[0], all.Accent), pair[1]),
        KeyValuePair.Create((char.ToUpperInvariant(pair[0]), all.Accent), char.ToUpperInvariant(pair[1])),
    })).ToFrozenDictionary();

    private readonly string text;
    private readonly char[] seen;
    private readonly List<(int Start, int End, HiddenKind Kind)> parts = [];

    /// <summary>Where in the text what is looked at stands; null where that is the text itself.</summary>
    private readonly int[]? places;

    public MaskedText(string text)
    {
        this.text = text;
        (seen, places) = Ascii.IsValid(text) ? (text.ToCharArray(), null) : Fold(text);
    }

    /// <summary>The text as it is looked at.</summary>
    public ReadOnlySpan<char> Seen => seen;

    /// <summary>How many parts are hidden.</summary>
    public int Count => parts.Count;

    /// <summary>Hides a part.</summary>
    public void Hide(int start, int end, HiddenKind kind)
    {
        Keep(start, end);
        parts.Add(places is null ? (start, end, kind) : (Start(places[start]), End(places, end), kind));
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
        foreach (var (begin, end, kind) in parts)
        {
            // An accent that a part begins with has gone with the letter before it, where that was hidden later.
            var start = Math.Max(begin, from);
            if (start >= end)
                continue;
            written.Append(text, from, start - from).Append(name(kind, text[start..end]));
            from = end;
        }

        return written.Append(text, from, text.Length - from).ToString();
    }

    // No half of a character stays behind, and no accent of it.
    private int Start(int start) => start > 0 && char.IsLowSurrogate(text[start]) && char.IsHighSurrogate(text[start - 1]) ? start - 1 : start;

    private int End(int[] places, int next)
    {
        var end = places[next - 1] + 1;
        if (end < text.Length && char.IsLowSurrogate(text[end]) && char.IsHighSurrogate(text[end - 1]))
            end++;
        while (end < text.Length && char.GetUnicodeCategory(text[end]) is UnicodeCategory.NonSpacingMark or UnicodeCategory.EnclosingMark)
            end++;
        // What went with it is nobody else's.
        for (; next < seen.Length && places[next] < end; next++)
            seen[next] = Settled;
        return end;
    }

    private static (char[] Seen, int[] Places) Fold(string text)
    {
        var (seen, places, count) = (new char[text.Length], new int[text.Length], 0);
        for (var at = 0; at < text.Length; at++)
        {
            var c = text[at];
            // An accent that is a character of its own goes with its letter, as some keyboards and file systems write it.
            if (count > 0 && Accents.TryGetValue((seen[count - 1], c), out var accented))
            {
                seen[count - 1] = accented;
                continue;
            }

            // Of a character in two halves the second holds its place.
            if (char.IsHighSurrogate(c) && at + 1 < text.Length && Plain(text, at) is { } plain)
                (c, at) = (plain, at + 1);
            else if (c > '\u007f')
                c = Folded(c);
            if (c != Nothing || text[at] == Nothing)
                (seen[count], places[count++]) = (c, at);
        }

        return (seen[..count], places[..count]);
    }

    /// <summary>A digit of any script, or a letter as mathematics writes it, that takes two halves.</summary>
    private static char? Plain(string text, int at)
    {
        // Twice the alphabet, large and small, for each of the styles (Unicode, block "Mathematical Alphanumeric Symbols").
        const int firstLetter = 0x1d400;
        const int lastLetter = 0x1d6a3;
        const int letters = 26;
        if (CharUnicodeInfo.GetDigitValue(text, at) is >= 0 and <= 9 and var digit)
            return (char)('0' + digit);
        if (!char.IsLowSurrogate(text[at + 1]) || char.ConvertToUtf32(text[at], text[at + 1]) is not (>= firstLetter and <= lastLetter and var letter))
            return null;
        var place = (letter - firstLetter) % (2 * letters);
        return (char)(place < letters ? 'A' + place : 'a' + place - letters);
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
        '\u20e3' or (>= '\ufe00' and <= '\ufe0f') => Nothing,
        // What Arabic and Hebrew may write or leave out: the stroke that widens a word, and the marks of its vowels.
        '\u0640' or (>= '\u064b' and <= '\u065f') or '\u0670' or (>= '\u05b0' and <= '\u05bd') or '\u05bf' or '\u05c1' or '\u05c2' or '\u05c7' => Nothing,
        Settled => '\ufffd',
        _ => CharUnicodeInfo.GetDigitValue(c) is >= 0 and <= 9 and var digit ? (char)('0' + digit) : char.GetUnicodeCategory(c) switch
        {
            UnicodeCategory.SpaceSeparator => ' ',
            UnicodeCategory.DashPunctuation => '-',
            UnicodeCategory.Format => Nothing,
            _ => c,
        },
    };
}
