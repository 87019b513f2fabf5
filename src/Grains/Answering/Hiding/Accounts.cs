using System.Buffers;
using System.Collections.Frozen;

namespace FteAgent.Answering.Hiding;

/// <summary>
/// Bank accounts: an IBAN by its country's length and its check (ISO 13616, modulo 97), and whatever is said to be an account's number.
/// </summary>
internal static class Accounts
{
    private const int Shortest = 15;
    private const int Longest = 34;

    /// <summary>The shortest that is taken for an account's number where it is called one.</summary>
    private const int FewestDigits = 5;

    private static readonly SearchValues<char> Separators = SearchValues.Create(" -./");

    /// <summary>The lengths by country, from SWIFT's registry of IBANs.</summary>
    private static readonly FrozenDictionary<string, int> Lengths =
        ("AD24 AE23 AL28 AT20 AZ28 BA20 BE16 BG22 BH22 BI27 BR29 BY28 CH21 CR22 CY28 CZ24 DE22 DJ27 DK18 DO28 EE20 EG29 ES24 FI18 FK18 FO18 FR27 GB22 GE22 GI23 "
            + "GL18 GR27 GT28 HN28 HR21 HU28 IE22 IL23 IQ23 IS26 IT27 JO30 KW30 KZ20 LB28 LC32 LI21 LT20 LU20 LV21 LY25 MC27 MD24 ME22 MK19 MN20 MR27 MT31 MU30 "
            + "NI28 NL18 NO15 OM23 PK24 PL28 PS29 PT25 QA29 RO24 RS22 RU33 SA24 SC31 SD18 SE24 SI19 SK24 SM27 SO23 ST25 SV28 TL23 TN24 TR26 UA29 VA22 VG24 XK20 YE30")
        .Split(' ').ToFrozenDictionary(entry => entry[..2], entry => int.Parse(entry[2..], System.Globalization.CultureInfo.InvariantCulture), StringComparer.OrdinalIgnoreCase);

    private static readonly FrozenSet<string> AccountWords = Words.Set(
        "iban account acct kontonummer kontonr konto bankverbindung compte cuenta conto conta rekening rekeningnummer kontonummer tilinumero konta účtu hesap bankszámlaszám routing aba bsb sortcode счёт счет");

    private static readonly FrozenSet<string> Between = Words.Set("number no nr num numéro número numero numer číslo nummer code is ist lautet est es è é numarası de di da n bank");

    private static readonly FrozenSet<string> CodeWords = Words.Set("sort");

    public static void Hide(MaskedText text)
    {
        HideIbans(text);
        HideNamed(text);
    }

    private static void HideIbans(MaskedText text)
    {
        var seen = text.Seen;
        for (var place = 2; place + 1 < seen.Length; place++)
        {
            if (!char.IsAsciiDigit(seen[place]) || !char.IsAsciiDigit(seen[place + 1]))
                continue;
            var end = seen[place - 1] == ' ' ? place - 1 : place;
            if (end < 2 || !char.IsAsciiLetter(seen[end - 1]) || !char.IsAsciiLetter(seen[end - 2]))
                continue;
            var after = End(seen, end - 2);
            if (after == 0)
                continue;
            text.Hide(end - 2, after, HiddenKind.Account);
            place = after;
        }
    }

    /// <summary>Where the IBAN ends that begins here; 0 where none does.</summary>
    private static int End(ReadOnlySpan<char> seen, int start)
    {
        var usual = Lengths.GetAlternateLookup<ReadOnlySpan<char>>().TryGetValue(seen.Slice(start, 2), out var length) ? length : 0;
        // A country that has none yet, or none that we know: only a whole word begins one.
        if (usual == 0 && start > 0 && Words.IsLetter(seen[start - 1]))
            return 0;
        Span<char> compact = stackalloc char[Longest];
        var (count, end, between) = (0, 0, 0);
        for (var place = start; place < seen.Length && count < compact.Length; place++)
        {
            var c = seen[place];
            if (!char.IsAsciiLetterOrDigit(c))
            {
                if (c is not (' ' or '-' or '.') || ++between > 2)
                    break;
                continue;
            }

            between = 0;
            compact[count++] = c;
            var isWhole = place + 1 == seen.Length || !char.IsAsciiLetterOrDigit(seen[place + 1]);
            if (usual > 0 ? count == usual : count >= Shortest && isWhole)
                end = IsChecked(compact[..count]) ? place + 1 : end;
            if (usual > 0 && count == usual)
                break;
        }

        return end;
    }

    /// <summary>What follows the check digits, then these, as a number, is 1 modulo 97.</summary>
    private static bool IsChecked(ReadOnlySpan<char> compact)
    {
        var rest = 0;
        for (var i = 0; i < compact.Length; i++)
        {
            var c = char.ToUpperInvariant(compact[(i + 4) % compact.Length]);
            rest = char.IsAsciiDigit(c) ? (rest * 10 + (c - '0')) % 97 : (rest * 100 + (c - 'A' + 10)) % 97;
        }

        return rest == 1;
    }

    /// <summary>Digits behind a word for an account, whatever their check says: somebody may have mistyped.</summary>
    private static void HideNamed(MaskedText text)
    {
        var seen = text.Seen;
        var run = new DigitRun();
        for (var at = 0; run.Read(seen, ref at, Separators);)
        {
            if (run.Count < FewestDigits || Dates.Begins(run, 0))
                continue;
            var start = run.Place(0);
            // The letters that an IBAN begins with.
            var letters = Words.WordBefore(seen, start);
            if (start - letters == 2)
                start = letters;
            if (Words.StandBefore(seen, start, AccountWords, Between) || (IsSortCode(run) && Words.StandBefore(seen, start, CodeWords, Between)))
                text.Hide(start, run.Place(run.Count - 1) + 1, HiddenKind.Account);
        }
    }

    private static bool IsSortCode(DigitRun run) => run.Count == 6;
}
