using System.Buffers;
using System.Collections.Frozen;
using System.Globalization;

namespace FteAgent.Answering.Hiding;

/// <summary>
/// Phone numbers: every nine to fifteen digits (E.164) that are no date, version, address of a machine, price or id with letters. Shorter ones are
/// told by the plus, by their groups, or by a word before them.
/// </summary>
internal static class Phones
{
    /// <summary>The longest number there is, with its country's code (E.164).</summary>
    public const int Most = 15;

    private const int Fewest = 9;

    /// <summary>With <c>00</c> for the plus.</summary>
    private const int MostDialled = 17;

    /// <summary>A local number, where something says that it is one.</summary>
    private const int FewestNamed = 6;

    private static readonly SearchValues<char> Separators = SearchValues.Create(" -./()");

    private static readonly FrozenSet<string> PhoneWords = Words.Set(
        "tel telephone phone ph mobile mob cell call ring text sms fax whatsapp signal wa gsm telefon handy mobil mobiltelefon rufnummer anrufen téléphone telephone portable appeler teléfono telefono móvil movil celular cel cellulare telefone telemóvel ligar telefoon mobiel bel ring tlf puhelin puh telefonu komórka telefonszám cep hp телефон номер тел мобильный сотовый τηλέφωνο κινητό هاتف جوال موبايل محمول फोन फ़ोन मोबाइल ফোন মোবাইল โทร 电话 手机 電話 携帯 전화 휴대폰");

    private static readonly FrozenSet<string> OrderWords = Words.Set(
        "order ticket invoice case build tracking serial bestellung bestellnummer auftrag auftragsnummer rechnung rechnungsnummer vorgang commande facture pedido factura ordine fattura bestelling encomenda zamówienie faktura objednávka sipariş zamowienie siparis");

    private static readonly FrozenSet<string> Between = Words.Set("number no nr num numéro número numero nummer id is my the me us at on under ist lautet est es è é nº n номер это رقم هو هي नंबर नम्बर है নম্বর");

    private static readonly FrozenSet<string> Currencies = Words.Set("eur usd gbp chf jpy cny inr brl sek nok dkk pln czk huf ron try idr vnd krw rub uah zar mxn cad aud nzd sgd hkd rs rp kr zł kč ft lei tl euro euros dollar dollars pounds yen");

    public static void Hide(MaskedText text)
    {
        var run = new DigitRun();
        for (var at = 0; run.Read(text.Seen, ref at, Separators);)
        {
            var from = 0;
            for (var group = 0; group < run.Groups.Count;)
            {
                var other = OtherGroups(text.Seen, run, group);
                if (other == 0)
                {
                    group++;
                    continue;
                }

                Judge(text, run, from, group);
                from = group += other;
            }

            Judge(text, run, from, run.Groups.Count);
        }
    }

    /// <summary>Where the plus stands before a number, over a space or a bracket; -1 where there is none.</summary>
    public static int PlusBefore(ReadOnlySpan<char> seen, int start)
    {
        var place = start - 1;
        while (place >= 0 && start - place < 4 && seen[place] is ' ' or '(')
            place--;
        return place >= 0 && seen[place] == '+' ? place : -1;
    }

    /// <summary>How many groups, from one on, are something else than a number to call.</summary>
    private static int OtherGroups(ReadOnlySpan<char> seen, DigitRun run, int at)
    {
        var groups = run.Groups;
        if (groups[at].Before is not ('\0' or ' ' or '?') || (at == 0 && PlusBefore(seen, run.Place(0)) >= 0))
            return 0;
        if (Dates.Length(run, at) is > 0 and var date)
            return date;
        var start = run.Place(groups[at].First);
        if (at == 0 && groups[0].Count == 2 && start > 1 && seen[start - 1] == ':' && char.IsAsciiDigit(seen[start - 2]))
            return groups.Count > 1 && groups[1] is { Before: '.', Count: <= 9 } ? 2 : 1;   // The minutes, or the seconds with their fraction.
        var end = at + 1;
        while (end < groups.Count && groups[end].Before is not (' ' or '?'))
            end++;
        if (IsOfId(seen, start))
            return end - at;
        return groups[end - 1].End - groups[at].First >= Fewest && (IsDotted(run, at, end) || IsDecimal(run, at, end)) ? end - at : 0;
    }

    /// <summary>Letters right before make an id: INV-20240115471, v2. Not <c>Tel4155550132</c>.</summary>
    private static bool IsOfId(ReadOnlySpan<char> seen, int start)
    {
        if (start > 0 && seen[start - 1] is '-' or '_')
            start--;
        var first = start;
        while (first > 0 && start - first < Most && char.IsAsciiLetter(seen[first - 1]))
            first--;
        var letters = seen[first..start];
        return letters.Length > 0 && !PhoneWords.GetAlternateLookup<ReadOnlySpan<char>>().Contains(letters)
            && (letters is "v" or "x" || !letters.ContainsAnyExceptInRange('A', 'Z'));
    }

    /// <summary>The address of a machine (192.168.100.200) or a version (10.0.19045.3448).</summary>
    private static bool IsDotted(DigitRun run, int at, int end)
    {
        if (end - at < 3)
            return false;
        var (address, version) = (end - at == 4, false);
        for (var i = at; i < end; i++)
        {
            var group = run.Groups[i];
            if (i > at && group.Before != '.')
                return false;
            address &= group.Count <= 3 && run.Value(group) <= 255 && (group.Count == 1 || run[group.First] != 0);
            version |= i > at && group.Count == 1;
        }

        return address || version;
    }

    /// <summary>48.8583701, but not 0171.1234567.</summary>
    private static bool IsDecimal(DigitRun run, int at, int end) =>
        end - at == 2 && run.Groups[at + 1].Before == '.' && run.Groups[at] is { Count: <= 2 } whole && (whole.Count == 1 || run[whole.First] != 0)
        && !(whole.Count == 1 && run[whole.First] == 1 && run.Groups[at + 1].Count == 10);

    private static void Judge(MaskedText text, DigitRun run, int from, int to)
    {
        if (from == to)
            return;
        var seen = text.Seen;
        var groups = run.Groups;
        var (first, end) = (groups[from].First, groups[to - 1].End);
        var start = run.Place(first);
        var plus = from == 0 ? PlusBefore(seen, start) : -1;
        var count = end - first;
        if (plus < 0 && count > Most && IsSeveral(run, from, to))
        {
            for (var group = from + 1; group <= to; group++)
            {
                if (group == to || groups[group].Before == ' ')
                {
                    Judge(text, run, from, group);
                    from = group;
                }
            }

            return;
        }

        var isPhone = plus >= 0 ? count >= FewestNamed + 1
            : count < Fewest ? IsLocal(run, from, to) || (count >= FewestNamed && Words.StandBefore(seen, start, PhoneWords, Between))
            : count > Most ? IsLong(run, from, to)
            : !IsPrice(seen, run, from, to) && !IsOrder(seen, run, from, to);
        if (isPhone)
            text.Hide(Opened(seen, plus >= 0 ? plus : start, run.Place(end - 1)), run.Place(end - 1) + 1, HiddenKind.Phone);
    }

    /// <summary>The opening bracket goes with the number that holds the closing one.</summary>
    private static int Opened(ReadOnlySpan<char> seen, int start, int last) =>
        start > 0 && seen[start - 1] == '(' && seen[start..last].Contains(')') && !seen[start..last].Contains('(') ? start - 1 : start;

    /// <summary>Whether each part between spaces is long enough to be a number by itself.</summary>
    private static bool IsSeveral(DigitRun run, int from, int to)
    {
        var (count, parts) = (0, 1);
        for (var group = from; group < to; group++)
        {
            if (group > from && run.Groups[group].Before == ' ')
            {
                if (count < Fewest)
                    return false;
                (count, parts) = (0, parts + 1);
            }

            count += run.Groups[group].Count;
        }

        return parts > 1 && count >= Fewest;
    }

    /// <summary>The groups in which countries of eight digits write theirs.</summary>
    private static bool IsLocal(DigitRun run, int from, int to)
    {
        var groups = run.Groups;
        for (var group = from + 1; group < to; group++)
        {
            if (groups[group].Before != ' ')
                return false;
        }

        return (to - from) switch
        {
            2 => groups[from].Count == 4 && groups[from + 1].Count == 4 && !(IsYear(run, from) && IsYear(run, from + 1)),
            3 => groups[from].Count == 3 && groups[from + 1].Count == 2 && groups[from + 2].Count == 3,
            4 => groups[from].Count == 2 && groups[from + 1].Count == 2 && groups[from + 2].Count == 2 && groups[from + 3].Count == 2,
            _ => false,
        };
    }

    private static bool IsYear(DigitRun run, int group) => run.Value(run.Groups[group]) is >= 1900 and <= 2099;

    /// <summary>More digits than a number has: several numbers, unless it is one word or grouped as orders are (4-4-4-4, 3-7-7).</summary>
    private static bool IsLong(DigitRun run, int from, int to)
    {
        var groups = run.Groups;
        var first = groups[from].First;
        if (groups[to - 1].End - first <= MostDialled && run[first] == 0 && run[first + 1] == 0)
            return true;
        if (to - from == 1)
            return false;
        if (to - from == 3 && groups[from].Count == 3 && groups[from + 1].Count == 7 && groups[from + 2].Count == 7)
            return false;
        for (var group = from; group < to; group++)
        {
            if (groups[group].Count != 4)
                return true;
        }

        return to - from != 4;
    }

    /// <summary>Thousands in groups of three, or one group, with a currency beside them.</summary>
    private static bool IsPrice(ReadOnlySpan<char> seen, DigitRun run, int from, int to)
    {
        for (var group = from + 1; group < to; group++)
        {
            if (run.Groups[group] is not { Count: 3, Before: ' ' or '.' })
                return false;
        }

        var (before, after) = (run.Place(run.Groups[from].First), run.Place(run.Groups[to - 1].End - 1) + 1);
        if (before > 0 && seen[before - 1] == ' ')
            before--;
        if (after < seen.Length && seen[after] == ' ')
            after++;
        var end = after;
        while (end < seen.Length && end - after < 8 && Words.IsLetter(seen[end]))
            end++;
        var known = Currencies.GetAlternateLookup<ReadOnlySpan<char>>();
        return (before > 0 && IsSign(seen[before - 1])) || (after < seen.Length && IsSign(seen[after]))
            || known.Contains(seen[Words.WordBefore(seen, before)..before]) || known.Contains(seen[after..end]);
    }

    private static bool IsSign(char c) => char.GetUnicodeCategory(c) is UnicodeCategory.CurrencySymbol;

    /// <summary>An order's number in one group, which the word before says. Numbers to call within a country begin with a zero.</summary>
    private static bool IsOrder(ReadOnlySpan<char> seen, DigitRun run, int from, int to) =>
        to - from == 1 && run[run.Groups[from].First] != 0 && Words.StandBefore(seen, run.Place(run.Groups[from].First), OrderWords, Between);
}
