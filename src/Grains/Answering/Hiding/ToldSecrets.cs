using System.Collections.Frozen;

namespace FteAgent.Answering.Hiding;

/// <summary>
/// Secrets that are called so: <c>password: x</c>, <c>DB_PASSWORD=x</c>, "my password for the portal is x1". Behind a colon or an equals sign anything is one; in a
/// sentence, what is no small word behind "is", and what has figures or signs elsewhere, so that <c>the password page is slow</c> stays readable.
/// </summary>
internal static class ToldSecrets
{
    /// <summary>How far a sentence is read for the secret that it announces, in words.</summary>
    private const int MostWords = 8;

    /// <summary>The same where a language needs no word such as "is".</summary>
    private const int MostWordsBare = 4;

    /// <summary>The longest name of a setting, and as much of a word as is looked at before it is hidden.</summary>
    private const int Longest = 64;

    private const string Quotes = "\"'`";

    private static readonly FrozenSet<string> Schemes = Words.Set("bearer basic digest token apikey negotiate");

    private static readonly FrozenSet<string> SmallWords = LanguageProfiles.Words.Values.SelectMany(words => words).Concat(SecretWords.NoSecret)
        .ToFrozenSet(StringComparer.OrdinalIgnoreCase);

    public static void Hide(MaskedText text)
    {
        for (var at = 0; at < text.Seen.Length;)
        {
            var next = text.Seen[at..].IndexOfAny(SecretWords.Any);
            if (next < 0)
                return;
            at += next;
            var word = SecretWords.At(text.Seen[at..]);
            at = word is null ? at + 1 : Math.Max(at + word.Word.Length, word.IsLatin ? AfterName(text, at, word) : AfterWord(text, at, word));
        }
    }

    /// <summary>Hides what a word in Latin letters, or a setting's name with it, announces. Gives where to read on.</summary>
    private static int AfterName(MaskedText text, int start, SecretWord word)
    {
        var seen = text.Seen;
        var (end, left, right) = (start + word.Word.Length, start, start + word.Word.Length);
        while (left > 0 && start - left < Longest && IsOfName(seen[left - 1]))
            left--;
        while (right < seen.Length && right - end < Longest && IsOfName(seen[right]))
            right++;
        var before = seen[left..start];
        var after = seen[end..right];
        if (!(word.Joins || IsBoundary(before, seen[start])) || !(word.Joins || after is "" or "s" || IsBoundary(seen[start..end], after[0])))
            return end;
        if ((before is "" || char.IsAsciiDigit(before[^1])) && word.IsSaid && after.Length > 2 && !after.ContainsAnyExceptInRange('0', '9'))
            return Hidden(text, end, right);   // PIN4711
        var isOption = before.Length > 0 && before.Trim('-').IsEmpty && (left == 0 || seen[left - 1] is ' ' or '\n');
        var isWord = (before is "" || before[^1] == '-' || char.IsAsciiDigit(before[^1]) || (word.Joins && !before.ContainsAny('_', '.')))
            && (after is "" or "s" || (word.Joins && after.Length < 6 && !after.ContainsAny('_', '-') && !after.ContainsAnyInRange('0', '9')));
        if (isWord && !isOption)
            Before(text, left, right);

        if (Colon(seen, right, left > 0 && seen[left - 1] == '<', out var sign) is var value && value > 0)
            return Value(text, value, word, isSure: sign != ':' || !isWord || word.IsLine);
        return isOption ? Value(text, right, word, isSure: seen[right..].TrimStart(' ') is [not '-', ..])
            : isWord && word.IsSaid ? Sentence(text, right, word, said: false, plain: true, MostWords) : end;
    }

    /// <summary>Hides what a word in another script announces.</summary>
    private static int AfterWord(MaskedText text, int start, SecretWord word)
    {
        var seen = text.Seen;
        var place = start + word.Word.Length;
        var end = place;
        while (place < seen.Length && place - end < 12 && seen[place] > '\u007f' && Words.IsLetter(seen[place]))
            place++;
        if (Colon(seen, place, isTag: false, out _) is var value && value > 0)
            return Value(text, value, word, isSure: false);
        var plain = place > end && seen[place - 1] is '是' or '为' or '為' or 'は' or '는' or '은';
        return Sentence(text, place, word, said: true, plain, MostWordsBare);
    }

    /// <summary>Where the value begins behind a colon, an equals sign or, in a tag, its end; 0 where there is none.</summary>
    private static int Colon(ReadOnlySpan<char> seen, int place, bool isTag, out char sign)
    {
        sign = '\0';
        while (place < seen.Length && seen[place] is '"' or '\'' or '`' or '*' or ')' or ']' or '\\')
            place++;
        if (isTag && place < seen.Length && seen[place] == '>')
        {
            sign = '>';
            return place + 1;
        }

        for (var spaces = 0; place < seen.Length && seen[place] is ' ' or '\t' && spaces < 4; spaces++)
            place++;
        if (place == seen.Length || seen[place] is not (':' or '='))
            return 0;
        for (sign = seen[place]; place < seen.Length && seen[place] is ':' or '=' or '>'; place++)
            sign = seen[place] == ':' ? sign : '=';
        return place;
    }

    /// <summary>Hides a value. Where its name is a word of the language, a small word says that the sentence goes on.</summary>
    private static int Value(MaskedText text, int place, SecretWord word, bool isSure)
    {
        var seen = text.Seen;
        var lines = 0;
        while (place < seen.Length && (seen[place] is ' ' or '\t' or '\r' or '*' or '\\' || (seen[place] == '\n' && lines++ == 0)))
            place++;
        if (place < seen.Length && seen[place] == '<' && seen.Slice(place, Math.Min(20, seen.Length - place)).IndexOf('>') is > 0 and var tag)
            place += tag + 1;
        while (place < seen.Length && seen[place] == ' ')
            place++;
        if (IsOver(seen, place))
            return place;
        if (Quoted(seen, place) is var quoted && quoted > 0)
            return Hidden(text, place + 1, quoted);

        var end = End(seen, place);
        var core = Core(seen[place..end]);
        if (seen[place..end].Trim(Quotes).IsEmpty)
            return Spaced(seen, place, end) is > 0 and var closed ? Hidden(text, end + 1, closed) : end;
        if (Schemes.GetAlternateLookup<ReadOnlySpan<char>>().Contains(core) && end < seen.Length && seen[end] == ' ')
            return IsOver(seen, end + 1) ? end : Hidden(text, end + 1, WholeEnd(seen, end + 1));
        if (!isSure && IsSmall(core) && !IsOver(seen, end))
            return Sentence(text, place, word, said: true, plain: false, MostWords);
        return Hidden(text, place, word.IsLine ? LineEnd(seen, place) : WholeEnd(seen, place));
    }

    /// <summary>
    /// Reads on in the sentence until the secret comes, or a word says that none does. Gives back where it began: another word for a secret may stand
    /// between.
    /// </summary>
    /// <param name="text">The text.</param>
    /// <param name="place">Where to read from.</param>
    /// <param name="word">How the secret was called.</param>
    /// <param name="said">Whether the word before says that it comes now.</param>
    /// <param name="plain">Whether nothing else was said so far.</param>
    /// <param name="most">How many words are read.</param>
    private static int Sentence(MaskedText text, int place, SecretWord word, bool said, bool plain, int most)
    {
        var seen = text.Seen;
        var copulas = SecretWords.Copulas.GetAlternateLookup<ReadOnlySpan<char>>();
        var from = place;
        for (var count = 0; count < most; count++)
        {
            while (place < seen.Length && seen[place] is ' ' or '\t' or '*' or '(' or ')' || (place < seen.Length && seen[place] == ',' && word.IsLatin))
                place++;
            // Where no "is" is needed, a comma ends what is said of the secret.
            if (IsOver(seen, place) || seen[place] == ',')
                return from;
            if ((said || count == 0) && Quoted(seen, place) is > 0 and var quoted && (said || !seen[place..quoted].Contains(' ') || IsStrong(seen[place..quoted], word)))
            {
                Hidden(text, place + 1, quoted);
                return from;
            }

            var end = End(seen, place);
            var token = seen[place..end];
            var core = Core(token);
            if (copulas.Contains(core.IsEmpty ? token : core))
            {
                said = true;
            }
            else if ((said && plain && count > 0 && core.Length > 2 && !IsSmall(core)) || (said && plain && !word.IsLatin && core.Length > 2 && char.IsAscii(core[0]) && !IsSmall(core))
                || ((said || count == 0) && IsStrong(core, word) && !(count == 0 && word.IsLatin && IsOther(core))))
            {
                Hidden(text, place, word.IsLine ? LineEnd(seen, place) : WholeEnd(seen, place));
                return from;
            }
            else
            {
                plain = false;
                // "Changed to": other languages say so by words that say much else, so only what looks like a secret is one behind them.
                said = SecretWords.Toward.GetAlternateLookup<ReadOnlySpan<char>>().Contains(core) || !word.IsLatin || token[^1] is ':' or '=' || (said && IsSmall(core));
                if (token[^1] is '.' or '!' or '?' or '。')
                    return from;
            }

            place = end;
        }

        return from;
    }

    /// <summary>Hides what stands before the word: "hunter2 is my password."</summary>
    private static void Before(MaskedText text, int start, int end)
    {
        var seen = text.Seen;
        // The name of something else goes on: "my password manager".
        if (end < seen.Length && (seen[end] == ' ' ? !seen[end..].StartsWith(" and ") && !seen[end..].StartsWith(" but ") : seen[end] is not ('.' or ',' or ';' or '!' or '?' or ')' or '\n')))
            return;
        var said = false;
        for (var count = 0; count < 5; count++)
        {
            while (start > 0 && seen[start - 1] == ' ')
                start--;
            var to = start;
            while (start > 0 && to - start < Longest && !IsEnd(seen[start - 1]))
                start--;
            var token = seen[start..to];
            if (token.IsEmpty)
                return;
            if (said && token[^1] is not ('.' or ',' or ':' or '?') && IsStrong(token, null) && !IsOther(token))
            {
                text.Hide(start, to, HiddenKind.Secret);
                return;
            }

            if (said || !IsSmall(token))
                return;
            said = SecretWords.Copulas.GetAlternateLookup<ReadOnlySpan<char>>().Contains(token);
        }
    }

    private static int Hidden(MaskedText text, int start, int end)
    {
        if (end > start)
            text.Hide(start, end, HiddenKind.Secret);
        return Math.Max(start, end);
    }

    /// <summary>Where what is quoted ends, if a quotation mark opens it here; else 0. One that is not closed goes on to the end of the line.</summary>
    private static int Quoted(ReadOnlySpan<char> seen, int place)
    {
        if (!Quotes.Contains(seen[place]) || IsOver(seen, place + 1) || seen[place + 1] is ' ' or ')' or '.' or ',')
            return 0;
        var (mark, isEscaped) = (seen[place], place > 0 && seen[place - 1] == '\\');
        var line = LineEnd(seen, place);
        for (var end = place + 1; end < line; end++)
        {
            if (seen[end] != mark || (mark == '\'' && end + 1 < line && Words.IsLetter(seen[end + 1])))
                continue;
            if (seen[end - 1] != '\\')
                return end;
            if (isEscaped)
                return end - 1;
        }

        return mark == '\'' ? 0 : line;
    }

    /// <summary>Where what is quoted ends, with a space behind the opening mark and before the closing one, as French has it; 0 where it is not so.</summary>
    private static int Spaced(ReadOnlySpan<char> seen, int place, int end)
    {
        if (end >= seen.Length || seen[end] != ' ' || IsOver(seen, end + 1))
            return 0;
        var within = seen[(end + 1)..LineEnd(seen, end)];
        var closing = within.IndexOf([' ', seen[place]]);
        return closing > 0 ? end + 1 + closing : 0;
    }

    private static bool IsOver(ReadOnlySpan<char> seen, int place) => place >= seen.Length || seen[place] is '\n' or '\r' or MaskedText.Settled;

    private static bool IsEnd(char c) => c is ' ' or '\t' or '\n' or '\r' or '。' or '、' or MaskedText.Settled;

    /// <summary>Where a word ends, or as much of it as is looked at.</summary>
    private static int End(ReadOnlySpan<char> seen, int place)
    {
        var end = place + 1;
        while (end < seen.Length && end - place < Longest && !IsEnd(seen[end]))
            end++;
        return end;
    }

    /// <summary>Where a word ends, without the marks that close a sentence's part, and before the tag that closes a field.</summary>
    private static int WholeEnd(ReadOnlySpan<char> seen, int place)
    {
        var end = place + 1;
        while (end < seen.Length && !IsEnd(seen[end]) && !(seen[end] == '<' && end + 1 < seen.Length && seen[end + 1] == '/'))
            end++;
        while (end > place + 1 && seen[end - 1] is '"' or '\'' or '`' or ')' or ']' or '}' or ',' or ';' or '>' or '*')
            end--;
        return CodeEnd(seen, place, end);
    }

    /// <summary>Where a code ends that is written in groups of one length: 123 456.</summary>
    private static int CodeEnd(ReadOnlySpan<char> seen, int place, int end)
    {
        const int longest = 8;
        var length = end - place;
        if (seen[place..end].ContainsAnyExceptInRange('0', '9'))
            return end;
        for (var next = end + 1; next + length <= seen.Length && next + length - place <= longest + 3; next = end + 1)
        {
            if (seen[end] != ' ' || seen.Slice(next, length).ContainsAnyExceptInRange('0', '9') || (next + length < seen.Length && char.IsAsciiLetterOrDigit(seen[next + length])))
                break;
            end = next + length;
        }

        return end;
    }

    private static int LineEnd(ReadOnlySpan<char> seen, int place) => seen[place..].IndexOfAny('\n', '\r', MaskedText.Settled) is >= 0 and var end ? place + end : seen.Length;

    private static ReadOnlySpan<char> Core(ReadOnlySpan<char> token) => token.Trim(".,;:!?()[]\"'`*=");

    private static bool IsSmall(ReadOnlySpan<char> word) => SmallWords.GetAlternateLookup<ReadOnlySpan<char>>().Contains(word);

    /// <summary>Figures or signs make no word of a sentence. Three figures are a code, and enough where a code is spoken of.</summary>
    private static bool IsStrong(ReadOnlySpan<char> word, SecretWord? called) =>
        word.Length > 3 ? word.ContainsAnyInRange('0', '9') || word.ContainsAny("!@#$%^&*+=~|\\")
            : word.Length == 3 && called is { Joins: false, IsLatin: true } && !word.ContainsAnyExceptInRange('0', '9');

    /// <summary>An address, a link or a phone number, which says whose password is forgotten: these are found for themselves.</summary>
    private static bool IsOther(ReadOnlySpan<char> word)
    {
        if (word.Contains("://", StringComparison.Ordinal) || word[0] == '+')
            return true;
        var (digits, signs, at) = (0, 0, word.IndexOf('@'));
        foreach (var c in word)
        {
            digits += char.IsAsciiDigit(c) ? 1 : 0;
            signs += IsOfName(c) || c is '.' or '+' ? 0 : 1;
        }

        return at > 0 ? signs == 1 && word[at..].Contains('.') : digits is > 8 and <= Phones.Most && digits == word.Length;
    }

    private static bool IsOfName(char c) => c is '_' or '-' || char.IsAsciiLetterOrDigit(c) || (c > '\u007f' && Words.IsLetter(c));

    /// <summary>Whether a part of a name ends where another begins: <c>DB_</c>, <c>db</c> before a capital, or nothing at all.</summary>
    private static bool IsBoundary(ReadOnlySpan<char> before, char next) =>
        before.IsEmpty || before[^1] is '_' or '-' || next is '_' or '-' || char.IsAsciiDigit(before[^1]) || char.IsAsciiDigit(next)
        || (char.IsAsciiLetterLower(before[^1]) && char.IsAsciiLetterUpper(next));
}
