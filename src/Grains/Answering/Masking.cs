using System.Numerics;
using System.Text.RegularExpressions;

namespace FteAgent.Answering;

/// <summary>
/// Takes addresses, phone numbers, cards, accounts and secrets out of the words that go to a model outside this deployment, and puts back in the
/// draft what the customer may read again. One for each draft: the same thing has the same name in all that the model sees of it.
/// </summary>
/// <remarks>
/// It is no proof that nothing personal leaves: a name, or a number in no known form, is not recognised. Cards are told by their check digit
/// (ISO/IEC 7812-1), accounts by theirs (ISO 13616), so that order numbers stay readable.
/// </remarks>
internal sealed partial class Masking
{
    private const string Email = "email";
    private const string Phone = "phone";
    private const string Card = "card";
    private const string Account = "account";
    private const string Secret = "secret";

    private readonly Dictionary<string, string> names = new(StringComparer.OrdinalIgnoreCase);
    private readonly Dictionary<string, string> shown = new(StringComparer.Ordinal);
    private readonly Dictionary<string, int> counts = [];

    /// <summary>The words without what is to stay here.</summary>
    /// <param name="text">The words.</param>
    /// <param name="fromCustomer">Whether the customer wrote them: their own addresses and numbers may stand in the answer.</param>
    public string Hide(string text, bool fromCustomer = false)
    {
        text = Secrets().Replace(text, match => Name(Secret, match.Value, isShown: false));
        text = Tokens().Replace(text, match => IsRandom(match.Value) ? Name(Secret, match.Value, isShown: false) : match.Value);
        text = Emails().Replace(text, match => Name(Email, match.Value, fromCustomer));
        text = Accounts().Replace(text, match => IsAccount(match.Value) ? Name(Account, match.Value, isShown: false) : match.Value);
        text = Cards().Replace(text, match => IsCard(match.Value) ? Name(Card, match.Value, isShown: false) : match.Value);
        return Phones().Replace(text, match => Name(Phone, match.Value, fromCustomer));
    }

    /// <summary>The model's words with the customer's own addresses and numbers in their places. Everything else stays hidden.</summary>
    public string Show(string text) => Names().Replace(text, match => shown.GetValueOrDefault(match.Value, match.Value));

    private string Name(string kind, string value, bool isShown)
    {
        if (!names.TryGetValue(value, out var name))
        {
            counts[kind] = counts.GetValueOrDefault(kind) + 1;
            names[value] = name = $"[{kind}-{counts[kind]}]";
        }

        if (isShown)
            shown.TryAdd(name, value);
        return name;
    }

    /// <summary>Luhn's check digit.</summary>
    private static bool IsCard(string written)
    {
        var (sum, digits) = (0, 0);
        foreach (var c in written.Reverse().Where(char.IsAsciiDigit))
        {
            var digit = (c - '0') * (digits % 2 + 1);
            sum += digit > 9 ? digit - 9 : digit;
            digits++;
        }

        return digits is >= 13 and <= 19 && sum % 10 == 0;
    }

    /// <summary>The check of an IBAN: what follows the check digits, then these, as a number, is 1 modulo 97.</summary>
    private static bool IsAccount(string written)
    {
        var compact = string.Concat(written.Where(char.IsAsciiLetterOrDigit)).ToUpperInvariant();
        if (compact.Length is < 15 or > 34)
            return false;
        var number = string.Concat((compact[4..] + compact[..4]).Select(c => char.IsAsciiDigit(c) ? c.ToString() : $"{c - 'A' + 10}"));
        return BigInteger.Parse(number, System.Globalization.CultureInfo.InvariantCulture) % 97 == 1;
    }

    /// <summary>Small letters, capitals and digits in one long word are no word.</summary>
    private static bool IsRandom(string word) => word.Any(char.IsAsciiLetterLower) && word.Any(char.IsAsciiLetterUpper) && word.Any(char.IsAsciiDigit);

    [GeneratedRegex(@"[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,5}", RegexOptions.CultureInvariant)]
    private static partial Regex Emails();

    // With the country's code, with a leading zero and a gap, or in groups of 3, 3 and 4 as in North America.
    [GeneratedRegex(
        @"(?<![\w.])(?:(?:\+|00)[1-9][0-9 ()./-]{6,17}[0-9]|0[1-9][0-9]{1,4}[ /-][0-9][0-9 /-]{3,12}[0-9]|\(?[2-9][0-9]{2}\)?[ .-][0-9]{3}[ .-][0-9]{4})(?!\w)",
        RegexOptions.CultureInvariant)]
    private static partial Regex Phones();

    [GeneratedRegex(@"(?<![\w.])[0-9](?:[ -]?[0-9]){12,18}(?!\w)", RegexOptions.CultureInvariant)]
    private static partial Regex Cards();

    [GeneratedRegex(@"(?<!\w)[A-Za-z]{2}[0-9]{2}(?: ?[A-Za-z0-9]{4}){2,7}(?: ?[A-Za-z0-9]{1,3})?(?!\w)", RegexOptions.CultureInvariant)]
    private static partial Regex Accounts();

    [GeneratedRegex(
        @"(?<!\w)(?:sk|pk|rk|ghp|gho|github_pat|glpat|xox[abpr])[-_][A-Za-z0-9_-]{10,200}|\bAKIA[0-9A-Z]{16}\b|\beyJ[A-Za-z0-9_-]{8,2000}\.[A-Za-z0-9_-]{8,4000}(?:\.[A-Za-z0-9_-]{0,2000})?|-----BEGIN [A-Z ]{0,30}PRIVATE KEY-----(?:[^-]{0,8000}-----END [A-Z ]{0,30}PRIVATE KEY-----)?|(?<=[a-z]://[^\s:/@]{1,64}:)[^\s@/]{1,128}(?=@)|(?<=\b(?:password|passwd|passphrase|pwd|pin|cvc|cvv|secret|token|api[ _-]?key)\b[""']?\s{0,3}(?:is|:|=)\s{0,3}[""']?)(?!(?:not|no|in|on|an?|the|too|so|still|now|always|never|being|wrong|right|correct|incorrect|invalid|valid|expired|lost|gone|missing|required|requested|needed|empty|refused|rejected|accepted|forgotten|changed|reset|set|sent|case|what|where|how|that|it|my|your|our)\b)[^\s""']{3,200}",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Secrets();

    [GeneratedRegex(@"(?<![\w/.-])[A-Za-z0-9_-]{32,200}(?![\w/])", RegexOptions.CultureInvariant)]
    private static partial Regex Tokens();

    [GeneratedRegex(@"\[(?:email|phone)-[0-9]{1,4}\]", RegexOptions.CultureInvariant)]
    private static partial Regex Names();
}
