using System.Buffers;
using System.Collections.Immutable;
using System.Net;
using System.Text;
using System.Text.RegularExpressions;

namespace FteAgent.Answering.Rules;

/// <summary>
/// Reads what is written so that eyes take it in and phrases do not: styled and look-alike letters, invisible ones, words in pieces, figures for
/// letters, text turned round or encoded. The same for customers' messages and for drafts.
/// </summary>
internal static partial class Disguise
{
    private const int MostDecoded = 8;
    private const int FewestSymbols = 3;
    private const int FewestMorseLetters = 5;
    private const int FewestHexDigits = 12;
    private const int FewestBits = 32;
    private const int FewestInRun = 3;

    private const string FiguresFrom = "013456789@$€£!|+(";
    private const string FiguresTo = "oieasgtbgaseliitc";

    /// <summary>What looks like itself: of a text of nothing else there is one reading. An ampersand begins an entity.</summary>
    private static readonly SearchValues<char> Plainly = SearchValues.Create([.. Enumerable.Range(' ', '~' - ' ' + 1).Select(c => (char)c).Where(c => c != '&'), '\n', '\r', '\t']);

    private static readonly SearchValues<char> Figures = SearchValues.Create(FiguresFrom);
    private static readonly SearchValues<char> SpelledApart = SearchValues.Create("\t\n\v\f\r\u0085\u00a0 ._*~|/·,-");
    private static readonly SearchValues<char> Punctuation = SearchValues.Create("-._*~|/\\'’\"`^+=:;()[]{}");

    /// <summary>The text as it looks, in plain letters: without invisible characters, entities, style, and letters of another script among Latin ones.</summary>
    public static string Plain(string text)
    {
        // Nearly all texts, and each is looked at many times.
        if (!text.AsSpan().ContainsAnyExcept(Plainly))
            return text;
        var written = new StringBuilder(text.Length);
        foreach (var rune in WebUtility.HtmlDecode(text).EnumerateRunes())
        {
            if (!Glyphs.IsInvisible(rune))
                Glyphs.AppendPlain(written, rune);
        }

        var plain = written.ToString();
        return LooksLatin(plain) ? Words().Replace(plain, word => IsMixed(word.ValueSpan) ? string.Concat(word.Value.Select(Glyphs.Latin)) : word.Value) : plain;
    }

    /// <summary>What it can be read as besides; none where nothing guarded comes to light.</summary>
    /// <param name="text">The text as it was written.</param>
    public static ImmutableArray<string> Readings(string text)
    {
        if (text.Length > Reading.MaxLength)
            text = text[..Reading.MaxLength];
        var plain = Plain(text);
        var readings = new OtherReadings(text);
        readings.Look(plain);
        // Most texts have none of what the ways below look for, and then are what they were.
        var joined = MaySpell(plain) ? Joined(plain) : plain;
        readings.Look(joined);
        if (HasPieces(plain))
            readings.Look(Unpunctuated(plain));
        if (plain.AsSpan().ContainsAny('<', '>'))
            readings.Look(Tags().Replace(plain, ""));
        var letters = ArrayPool<char>.Shared.Rent(Math.Max(plain.Length, joined.Length));
        try
        {
            if (plain.AsSpan().ContainsAny(Figures))
            {
                readings.Look(WithLetters(plain, 'i', letters));
                if (plain.Contains('1', StringComparison.Ordinal))
                    readings.Look(WithLetters(plain, 'l', letters));
            }

            if (!ReferenceEquals(joined, plain))
                readings.Look(WithLetters(joined, 'i', letters));
            if (!Ascii.IsValid(plain))
                readings.Look(Each(plain, Glyphs.Latin, letters));
            readings.Look(Reversed(Each(plain, c => c, letters)));
            readings.Look(Reversed(Each(plain, Glyphs.Upright, letters)));
            readings.Look(Each(plain, Turned, letters));
        }
        finally
        {
            ArrayPool<char>.Shared.Return(letters);
        }

        Decode(plain, readings);
        return readings.Found;
    }

    /// <summary>Whether it speaks in signs that are no letters: Morse code, Braille, characters of no script.</summary>
    public static bool IsCode(string text) => (MayBeMorse(text) && MorseCode().Matches(text).Any(code => code.Value.Contains('.') && code.ValueSpan.IndexOfAny('-', '−', '–') >= 0)) || HasSymbols(text);

    private static bool HasSymbols(string text)
    {
        var symbols = 0;
        foreach (var c in text)
        {
            if (c is (> '\u2800' and <= '\u28ff') or (>= '\ue000' and <= '\uf8ff') && ++symbols == FewestSymbols)
                return true;
        }

        return false;
    }

    /// <summary>Each letter of Morse ends so.</summary>
    private static bool MayBeMorse(string text)
    {
        var letters = 0;
        for (var i = 0; i + 1 < text.Length; i++)
        {
            if (text[i] is '.' or '-' or '·' or '−' or '–' && text[i + 1] is ' ' or '/' or '|' && ++letters == FewestMorseLetters)
                return true;
        }

        return false;
    }

    private static bool LooksLatin(string text)
    {
        foreach (var c in text)
        {
            if (c > '\u007f' && Glyphs.LooksLatin(c))
                return true;
        }

        return false;
    }

    private static bool IsMixed(ReadOnlySpan<char> word)
    {
        var (latin, look) = (false, false);
        foreach (var c in word)
        {
            latin |= char.IsAsciiLetter(c);
            look |= Glyphs.LooksLatin(c);
        }

        return latin && look;
    }

    /// <summary>Single characters in a row are one word: "r e f u n d". What is guarded in it is parted again from what stands around it.</summary>
    private static string Joined(string text) => Spelled().Replace(text, run =>
    {
        var one = string.Concat(run.Value.Where(char.IsLetterOrDigit));
        var word = WithLetters(one, 'i', new char[one.Length]).ToString();
        foreach (var guarded in Guarded.Beginnings)
            word = word.Replace(guarded, $" {guarded}", StringComparison.OrdinalIgnoreCase);
        return word;
    });

    /// <summary>Whether two characters stand alone beside each other, as <see cref="Spelled"/> asks of four.</summary>
    private static bool MaySpell(string text)
    {
        for (var i = 0; i + 2 < text.Length; i++)
        {
            if (!IsSpelled(text[i]) || !IsApart(text[i + 1]) || (i > 0 && char.IsLetterOrDigit(text[i - 1])))
                continue;
            for (var next = i + 2; next < text.Length && next <= i + 4; next++)
            {
                if ((IsSpelled(text[next]) || text[next] == '!') && (next + 1 == text.Length || !char.IsLetterOrDigit(text[next + 1])))
                    return true;
                if (!IsApart(text[next]))
                    break;
            }
        }

        return false;

        static bool IsSpelled(char c) => char.IsLetterOrDigit(c) || c is '@' or '$' or '€';
        static bool IsApart(char c) => SpelledApart.Contains(c) || char.IsWhiteSpace(c);
    }

    /// <summary>"ref-und", "pri.ce" and "re**fund" are one word.</summary>
    private static string Unpunctuated(string text) => Pieces().Replace(text, piece => string.Concat(piece.Value.Where(char.IsLetterOrDigit)));

    /// <summary>Whether a mark stands in a word.</summary>
    private static bool HasPieces(string text)
    {
        for (var at = text.AsSpan().IndexOfAny(Punctuation); at >= 0 && at + 1 < text.Length;)
        {
            var end = at;
            while (end < text.Length && Punctuation.Contains(text[end]))
                end++;
            if (at > 0 && end < text.Length && char.IsLetterOrDigit(text[at - 1]) && char.IsLetterOrDigit(text[end]))
                return true;
            var next = text.AsSpan(end).IndexOfAny(Punctuation);
            at = next < 0 ? -1 : end + next;
        }

        return false;
    }

    /// <summary>Letters for the figures and signs that stand for them, in runs of at least three that hold a letter.</summary>
    private static ReadOnlySpan<char> WithLetters(string text, char one, char[] room)
    {
        text.CopyTo(room);
        for (var start = 0; start < text.Length;)
        {
            var (end, isWord) = (start, false);
            while (end < text.Length && (char.IsLetter(text[end]) || char.IsAsciiDigit(text[end]) || Figures.Contains(text[end])))
                isWord |= char.IsLetter(text[end++]);
            if (isWord && end - start >= FewestInRun)
            {
                for (var i = start; i < end; i++)
                {
                    if (FiguresFrom.IndexOf(text[i], StringComparison.Ordinal) is >= 0 and var figure)
                        room[i] = text[i] == '1' ? one : FiguresTo[figure];
                }
            }

            start = end + 1;
        }

        return room.AsSpan(0, text.Length);
    }

    private static Span<char> Each(string text, Func<char, char> letter, char[] room)
    {
        for (var i = 0; i < text.Length; i++)
            room[i] = letter(text[i]);
        return room.AsSpan(0, text.Length);
    }

    private static Span<char> Reversed(Span<char> text)
    {
        text.Reverse();
        return text;
    }

    /// <summary>The letter 13 places on.</summary>
    private static char Turned(char c) =>
        char.IsAsciiLetterLower(c) ? (char)('a' + (c - 'a' + 13) % 26) : char.IsAsciiLetterUpper(c) ? (char)('A' + (c - 'A' + 13) % 26) : c;

    private static void Decode(string text, OtherReadings readings)
    {
        var decoded = 0;
        foreach (var match in Base64().EnumerateMatches(text))
        {
            if (decoded++ == MostDecoded)
                break;
            FromBase64(text.AsSpan(match.Index, match.Length).TrimEnd('='), readings);
        }

        if (HasHexDigits(text))
        {
            foreach (Match match in Hex().Matches(text).Take(MostDecoded))
            {
                var digits = string.Concat(HexMarks().Replace(match.Value, "").Where(char.IsAsciiHexDigit));
                AsText(Convert.FromHexString(digits[..(digits.Length / 2 * 2)]), readings);
            }
        }

        if (text.AsSpan().Count('0') + text.AsSpan().Count('1') >= FewestBits)
        {
            foreach (Match match in Binary().Matches(text).Take(MostDecoded))
                AsText([.. match.Value.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries).Select(bits => Convert.ToByte(bits, 2))], readings);
        }

        if (text.Contains('%', StringComparison.Ordinal) && Percent().IsMatch(text))
            readings.Look(WebUtility.UrlDecode(text));
        if (text.Contains("\\u", StringComparison.Ordinal) && Escapes().IsMatch(text))
            readings.Look(Escapes().Replace(text, escape => ((char)Convert.ToUInt16(escape.Groups[1].Value, 16)).ToString()));
    }

    // Each longer word of a text may be one.
    private static void FromBase64(ReadOnlySpan<char> word, OtherReadings readings)
    {
        var padded = (word.Length + 3) / 4 * 4;
        var characters = ArrayPool<char>.Shared.Rent(padded);
        var bytes = ArrayPool<byte>.Shared.Rent(padded);
        try
        {
            var filled = characters.AsSpan(0, padded);
            word.CopyTo(filled);
            filled[..word.Length].Replace('-', '+');
            filled[..word.Length].Replace('_', '/');
            filled[word.Length..].Fill('=');
            if (Convert.TryFromBase64Chars(filled, bytes, out var length))
                AsText(bytes.AsSpan(0, length), readings);
        }
        finally
        {
            ArrayPool<char>.Shared.Return(characters);
            ArrayPool<byte>.Shared.Return(bytes);
        }
    }

    /// <summary>Whether enough of them stand together, with what may part them.</summary>
    private static bool HasHexDigits(string text)
    {
        var digits = 0;
        foreach (var c in text)
        {
            if (char.IsAsciiHexDigit(c))
                digits++;
            else if (c is not ('x' or '\\' or ',' or ':') && !char.IsWhiteSpace(c))
                digits = 0;
            if (digits == FewestHexDigits)
                return true;
        }

        return false;
    }

    /// <summary>Looks at what the bytes say, if they say something.</summary>
    private static void AsText(ReadOnlySpan<byte> bytes, OtherReadings readings)
    {
        var characters = ArrayPool<char>.Shared.Rent(Encoding.UTF8.GetMaxCharCount(bytes.Length));
        try
        {
            var text = characters.AsSpan(0, Encoding.UTF8.GetChars(bytes, characters));
            var words = 0;
            foreach (var c in text)
                words += char.IsLetter(c) || c is ' ' ? 1 : 0;
            if (words * 4 >= text.Length * 3)
                readings.Look(text);
        }
        finally
        {
            ArrayPool<char>.Shared.Return(characters);
        }
    }

    /// <summary>What a text can be read as besides, as far as something guarded comes to light by it.</summary>
    private sealed class OtherReadings(string text)
    {
        private readonly ulong known = Guarded.In(text);
        private List<string>? found;

        public ImmutableArray<string> Found => found is null ? [] : [.. found];

        public void Look(string other) => Look(other, other);

        public void Look(ReadOnlySpan<char> other) => Look(other, null);

        private void Look(ReadOnlySpan<char> other, string? whole)
        {
            if ((Guarded.In(other) & ~known) == 0)
                return;
            whole ??= other.ToString();
            if (found?.Contains(whole) is not true)
                (found ??= []).Add(whole);
        }
    }

    [GeneratedRegex(@"<!--|-->|</?[a-zA-Z][^<>]{0,200}>", RegexOptions.CultureInvariant)]
    private static partial Regex Tags();

    [GeneratedRegex(@"[\p{L}\p{Nd}]+", RegexOptions.CultureInvariant)]
    private static partial Regex Words();

    [GeneratedRegex(@"(?<![\p{L}\p{Nd}])[\p{L}\p{Nd}@$€](?:[\s._*~|/·,-]{1,3}[\p{L}\p{Nd}@$€!](?![\p{L}\p{Nd}])){3,}", RegexOptions.CultureInvariant)]
    private static partial Regex Spelled();

    [GeneratedRegex(@"\p{L}[\p{L}\p{Nd}]{0,40}(?:[-._*~|/\\'’""`^+=:;()\[\]{}]{1,4}[\p{L}\p{Nd}]{1,40}){1,40}", RegexOptions.CultureInvariant)]
    private static partial Regex Pieces();

    [GeneratedRegex(@"(?<![A-Za-z0-9+/_-])[A-Za-z0-9+/_-]{8,4000}={0,2}", RegexOptions.CultureInvariant)]
    private static partial Regex Base64();

    [GeneratedRegex(@"(?<![0-9A-Fa-f])(?:(?:0x|\\x)?[0-9A-Fa-f]{2}[\s,:]?){6,2000}", RegexOptions.CultureInvariant)]
    private static partial Regex Hex();

    [GeneratedRegex(@"0x|\\x", RegexOptions.CultureInvariant)]
    private static partial Regex HexMarks();

    [GeneratedRegex(@"(?:[01]{8}\s*\b){4,500}", RegexOptions.CultureInvariant)]
    private static partial Regex Binary();

    [GeneratedRegex("%[0-9A-Fa-f]{2}", RegexOptions.CultureInvariant)]
    private static partial Regex Percent();

    [GeneratedRegex(@"\\u([0-9A-Fa-f]{4})", RegexOptions.CultureInvariant)]
    private static partial Regex Escapes();

    [GeneratedRegex(@"(?:(?<![.\-])[.\-·−–]{1,6}[ /|]{1,3}){5,}", RegexOptions.CultureInvariant)]
    private static partial Regex MorseCode();
}
