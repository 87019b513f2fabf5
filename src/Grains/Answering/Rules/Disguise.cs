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

    /// <summary>Beginnings of words that an honest text writes plainly. Where one comes to light only by another reading, somebody has hidden it.</summary>
    private static readonly string[] Guarded =
    [
        "refund", "reimburs", "discount", "coupon", "voucher", "dollar", "price", "pricing", "gratis", "chargeback", "compensat", "freeofcharge", "freemonth",
        "prompt", "instruct", "ignore", "disregard", "jailbreak", "guardrail", "promise", "guarant", "reveal", "customer",
        "rembours", "reembols", "rimbors", "erstatt", "ruckerstatt", "rabatt", "kostenlos", "descuento", "versprech",
    ];

    private static readonly (char From, char To)[] Figures =
        [('0', 'o'), ('1', 'i'), ('3', 'e'), ('4', 'a'), ('5', 's'), ('6', 'g'), ('7', 't'), ('8', 'b'), ('9', 'g'), ('@', 'a'), ('$', 's'), ('€', 'e'), ('£', 'l'), ('!', 'i'), ('|', 'i'), ('+', 't'), ('(', 'c')];

    /// <summary>The text as it looks, in plain letters: without invisible characters, entities, style, and letters of another script among Latin ones.</summary>
    public static string Plain(string text)
    {
        var plain = new StringBuilder(text.Length);
        foreach (var rune in WebUtility.HtmlDecode(text).EnumerateRunes())
        {
            if (!Glyphs.IsInvisible(rune))
                Glyphs.AppendPlain(plain, rune);
        }

        return Words().Replace(plain.ToString(), word => IsMixed(word.ValueSpan) ? string.Concat(word.Value.Select(Glyphs.Latin)) : word.Value);
    }

    /// <summary>What it can be read as besides; none where nothing guarded comes to light.</summary>
    /// <param name="text">The text as it was written.</param>
    public static ImmutableArray<string> Readings(string text)
    {
        if (text.Length > Reading.MaxLength)
            text = text[..Reading.MaxLength];
        var known = GuardedIn(text);
        var plain = Plain(text);
        var joined = Joined(plain);
        string[] others =
        [
            plain, joined, Unpunctuated(plain), Tags().Replace(plain, ""), WithLetters(plain, 'i'), WithLetters(plain, 'l'), WithLetters(joined, 'i'), string.Concat(plain.Select(Glyphs.Latin)),
            Reversed(plain), Reversed(string.Concat(plain.Select(Glyphs.Upright))), Turned(plain), .. Decoded(plain),
        ];
        return [.. others.Distinct().Where(other => other != text && GuardedIn(other).Except(known).Any())];
    }

    /// <summary>Whether it speaks in signs that are no letters: Morse code, Braille, characters of no script.</summary>
    public static bool IsCode(string text) =>
        MorseCode().Matches(text).Any(code => code.Value.Contains('.') && code.ValueSpan.IndexOfAny('-', '−', '–') >= 0) || text.Count(c => c is (> '\u2800' and <= '\u28ff') or (>= '\ue000' and <= '\uf8ff')) >= FewestSymbols;

    private static HashSet<string> GuardedIn(string text)
    {
        var found = new HashSet<string>(StringComparer.Ordinal);
        foreach (var word in Words().EnumerateMatches(text))
        {
            var letters = text.AsSpan(word.Index, word.Length);
            foreach (var guarded in Guarded)
            {
                if (letters.StartsWith(guarded, StringComparison.OrdinalIgnoreCase))
                    found.Add(guarded);
            }
        }

        return found;
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
        var word = WithLetters(string.Concat(run.Value.Where(char.IsLetterOrDigit)), 'i');
        foreach (var guarded in Guarded)
            word = word.Replace(guarded, $" {guarded}", StringComparison.OrdinalIgnoreCase);
        return word;
    });

    /// <summary>"ref-und", "pri.ce" and "re**fund" are one word.</summary>
    private static string Unpunctuated(string text) => Pieces().Replace(text, piece => string.Concat(piece.Value.Where(char.IsLetterOrDigit)));

    private static string WithLetters(string text, char one) =>
        Runs().Replace(text, run => run.Value.Any(char.IsLetter) ? string.Concat(run.Value.Select(c => c == '1' ? one : Array.Find(Figures, figure => figure.From == c) is { To: not '\0' } found ? found.To : c)) : run.Value);

    private static string Reversed(string text)
    {
        var letters = text.ToCharArray();
        Array.Reverse(letters);
        return new string(letters);
    }

    /// <summary>Each letter 13 places on.</summary>
    private static string Turned(string text) => string.Concat(text.Select(c =>
        char.IsAsciiLetterLower(c) ? (char)('a' + (c - 'a' + 13) % 26) : char.IsAsciiLetterUpper(c) ? (char)('A' + (c - 'A' + 13) % 26) : c));

    private static IEnumerable<string> Decoded(string text)
    {
        foreach (Match match in Base64().Matches(text).Take(MostDecoded))
        {
            var word = match.Value.TrimEnd('=').Replace('-', '+').Replace('_', '/');
            var bytes = new byte[word.Length];
            if (Convert.TryFromBase64String(word.PadRight((word.Length + 3) / 4 * 4, '='), bytes, out var length) && AsText(bytes.AsSpan(0, length)) is { } decoded)
                yield return decoded;
        }

        foreach (Match match in Hex().Matches(text).Take(MostDecoded))
        {
            var digits = string.Concat(HexMarks().Replace(match.Value, "").Where(char.IsAsciiHexDigit));
            if (AsText(Convert.FromHexString(digits[..(digits.Length / 2 * 2)])) is { } decoded)
                yield return decoded;
        }

        foreach (Match match in Binary().Matches(text).Take(MostDecoded))
            if (AsText([.. match.Value.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries).Select(bits => Convert.ToByte(bits, 2))]) is { } decoded)
                yield return decoded;
        if (Percent().IsMatch(text))
            yield return WebUtility.UrlDecode(text);
        if (Escapes().IsMatch(text))
            yield return Escapes().Replace(text, escape => ((char)Convert.ToUInt16(escape.Groups[1].Value, 16)).ToString());
    }

    /// <summary>What the bytes say, if they say something.</summary>
    private static string? AsText(ReadOnlySpan<byte> bytes)
    {
        var text = Encoding.UTF8.GetString(bytes);
        return text.Count(c => char.IsLetter(c) || c is ' ') * 4 >= text.Length * 3 ? text : null;
    }

    [GeneratedRegex(@"<!--|-->|</?[a-zA-Z][^<>]{0,200}>", RegexOptions.CultureInvariant)]
    private static partial Regex Tags();

    [GeneratedRegex(@"[\p{L}\p{Nd}]+", RegexOptions.CultureInvariant)]
    private static partial Regex Words();

    [GeneratedRegex(@"(?<![\p{L}\p{Nd}])[\p{L}\p{Nd}@$€](?:[\s._*~|/·,-]{1,3}[\p{L}\p{Nd}@$€!](?![\p{L}\p{Nd}])){3,}", RegexOptions.CultureInvariant)]
    private static partial Regex Spelled();

    [GeneratedRegex(@"\p{L}[\p{L}\p{Nd}]{0,40}(?:[-._*~|/\\'’""`^+=:;()\[\]{}]{1,4}[\p{L}\p{Nd}]{1,40}){1,40}", RegexOptions.CultureInvariant)]
    private static partial Regex Pieces();

    [GeneratedRegex(@"[\p{L}0-9@$€£!|+(]{3,}", RegexOptions.CultureInvariant)]
    private static partial Regex Runs();

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
