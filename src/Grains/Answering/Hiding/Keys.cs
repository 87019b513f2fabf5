using System.Buffers;

namespace FteAgent.Answering.Hiding;

/// <summary>Keys and tokens that tell themselves: by a vendor's prefix, as a JSON Web Token, as long hex, or as letters and digits in no order.</summary>
internal static class Keys
{
    private const int FewestHex = 32;

    /// <summary>Long enough that three kinds of characters in one word are no word.</summary>
    private const int LongWord = 32;

    /// <summary>Long enough that no order among its characters tells.</summary>
    private const int FewestRandom = 20;

    /// <summary>With the signs of base 64, of which paths are made too.</summary>
    private const int FewestWide = 40;

    /// <summary>Of a key behind its prefix.</summary>
    private const int FewestBehindPrefix = 10;

    private static readonly SearchValues<char> OfWord = SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_-");
    private static readonly SearchValues<char> OfWide = SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_-/+=");

    /// <summary>As the vendors tell: OpenAI, Stripe, GitHub, GitLab, Slack, AWS, Google, npm, PyPI, Hugging Face, DigitalOcean, Shopify, SendGrid and others.</summary>
    private static readonly string[] Prefixes =
    [
        "sk-", "sk_", "pk_", "pk-", "rk_", "rk-", "whsec_", "ghp_", "gho_", "ghu_", "ghs_", "ghr_", "github_pat_", "glpat-", "gldt-", "xoxa-", "xoxb-", "xoxe-", "xoxp-",
        "xoxr-", "xoxs-", "xapp-", "AKIA", "ASIA", "AIza", "ya29", "npm_", "pypi-", "hf_", "dop_v1_", "shpat_", "shpss_", "sq0", "lin_api_", "figd_", "r8_", "gsk_", "tfp_",
        "dapi", "key-", "EAA",
    ];

    public static void Hide(MaskedText text)
    {
        var seen = text.Seen;
        for (var at = 0; at < seen.Length;)
        {
            var start = seen[at..].IndexOfAny(OfWide);
            if (start < 0)
                return;
            start += at;
            var length = seen[start..].IndexOfAnyExcept(OfWide);
            at = length < 0 ? seen.Length : start + length;
            if (at - start >= FewestWide && IsRandom(seen[start..at]))
                text.Hide(start, at, HiddenKind.Secret);
            else
                at = Math.Max(at, HideWords(text, start, at));
        }
    }

    private static int HideWords(MaskedText text, int start, int end)
    {
        var seen = text.Seen;
        while (start < end)
        {
            if (!OfWord.Contains(seen[start]))
            {
                start++;
                continue;
            }

            var length = seen[start..end].IndexOfAnyExcept(OfWord);
            var to = length < 0 ? end : start + length;
            var word = seen[start..to];
            if (Dotted(seen, start, to) is var dotted && dotted > to)
                to = dotted;
            else if (!IsPrefixed(word) && !IsHex(seen, start, to) && !IsLong(seen, start, word))
            {
                start = to;
                continue;
            }

            text.Hide(start, to, HiddenKind.Secret);
            start = to;
        }

        return start;
    }

    /// <summary>Where a token of several parts ends: a JSON Web Token (RFC 7519) or SendGrid's; where its first part ends for all others.</summary>
    private static int Dotted(ReadOnlySpan<char> seen, int start, int end)
    {
        var first = seen[start..end];
        if (end == seen.Length || seen[end] != '.' || !((first.StartsWith("eyJ") && first.Length >= FewestBehindPrefix) || first is "SG"))
            return end;
        var to = end;
        while (to < seen.Length && (seen[to] == '.' || OfWord.Contains(seen[to])))
            to++;
        // The dot that ends a sentence is not the token's.
        while (seen[to - 1] == '.')
            to--;
        return to - end > FewestBehindPrefix ? to : end;
    }

    private static bool IsPrefixed(ReadOnlySpan<char> word)
    {
        if (word.Length <= FewestBehindPrefix)
            return false;
        foreach (var prefix in Prefixes)
        {
            if (word.StartsWith(prefix) && word.Length >= prefix.Length + FewestBehindPrefix && word[prefix.Length..].ContainsAnyInRange('0', '9'))
                return true;
        }

        return false;
    }

    /// <summary>Long hex. A commit's name is not secret where it is called one.</summary>
    private static bool IsHex(ReadOnlySpan<char> seen, int start, int end)
    {
        const int commit = 40;
        if (end - start == commit && start > 0 && seen[..(start - 1)].EndsWith("commit", StringComparison.OrdinalIgnoreCase))
            return false;
        var (length, digits) = (0, 0);
        for (var at = start; at < end; at++)
        {
            (length, digits) = char.IsAsciiHexDigit(seen[at]) ? (length + 1, digits + (char.IsAsciiDigit(seen[at]) ? 1 : 0)) : (0, 0);
            if (length >= FewestHex && digits > 0)
                return true;
        }

        return false;
    }

    private static bool IsLong(ReadOnlySpan<char> seen, int start, ReadOnlySpan<char> word) =>
        (word.Length >= FewestRandom && IsRandom(word))
        || (word.Length >= LongWord && HasAllKinds(word) && !(start > 0 && seen[start - 1] is '/' or '.'));

    private static bool HasAllKinds(ReadOnlySpan<char> word) =>
        word.ContainsAnyInRange('a', 'z') && word.ContainsAnyInRange('A', 'Z') && word.ContainsAnyInRange('0', '9');

    /// <summary>
    /// Small letters, capitals and digits that change more often than they do in words, in names and in paths. By chance they change at three
    /// of five places (1 - (26² + 26² + 10²) / 62²).
    /// </summary>
    private static bool IsRandom(ReadOnlySpan<char> word)
    {
        if (!HasAllKinds(word))
            return false;
        var (changes, pairs) = (0, 0);
        for (var i = 1; i < word.Length; i++)
        {
            var (one, other) = (Kind(word[i - 1]), Kind(word[i]));
            if (one == 0 || other == 0)
                continue;
            pairs++;
            changes += one == other ? 0 : 1;
        }

        return changes * 5 >= pairs * 2;
    }

    private static int Kind(char c) => char.IsAsciiDigit(c) ? 1 : char.IsAsciiLetterLower(c) ? 2 : char.IsAsciiLetterUpper(c) ? 3 : 0;
}
