using System.Buffers;

namespace FteAgent.Answering.Hiding;

/// <summary>
/// Numbers of payment cards, told by their issuer's first digits and by Luhn's check digit (ISO/IEC 7812-1), wherever in a row of digits they begin.
/// What stands right behind one, as its expiry and its code, goes with it.
/// </summary>
internal static class Cards
{
    private const int Shortest = 13;
    private const int Longest = 19;

    /// <summary>An expiry with a code: 12/2027 1234.</summary>
    private const int LongestTail = 10;

    private static readonly SearchValues<char> Separators = SearchValues.Create(" -./_,()\n");

    public static void Hide(MaskedText text)
    {
        var run = new DigitRun();
        for (var at = 0; run.Read(text.Seen, ref at, Separators);)
        {
            // Behind a plus, a number is a phone's.
            if (run.Count < Shortest || (run.Count <= Phones.Most && Phones.PlusBefore(text.Seen, run.Place(0)) >= 0))
                continue;
            if (IsNumber(run))
            {
                Hide(text, run, 0, run.Count);
                continue;
            }

            for (var (first, before) = (0, 0); first + Shortest <= run.Count;)
            {
                var length = LengthAt(run, first, isFirst: first == before || run.Begins(first));
                if (length == 0)
                {
                    first++;
                    continue;
                }

                var end = WithTail(run, first + length);
                Hide(text, run, first, end);
                first = before = end;
            }
        }
    }

    private static void Hide(MaskedText text, DigitRun run, int first, int end) => text.Hide(run.Place(first), run.Place(end - 1) + 1, HiddenKind.Card);

    /// <summary>Whether the whole run is one number with a right check digit, whoever issued it.</summary>
    private static bool IsNumber(DigitRun run) =>
        run.Count <= Longest && run[0] > 0 && !Dates.Begins(run, 0) && Checked(run, 0, run.Count)
        && run.Groups.All(group => group.Before is '\0' or ' ' or '-' or '.');

    /// <summary>How many digits the card's number has that begins here; 0 where none does.</summary>
    /// <param name="run">The digits.</param>
    /// <param name="first">Where it begins.</param>
    /// <param name="isFirst">Whether a group begins here, or the card before ends.</param>
    private static int LengthAt(DigitRun run, int first, bool isFirst)
    {
        var group = run.GroupOf(first);
        var most = Math.Min(Longest, run.Count - first);
        var usual = UsualLength(run, first);
        // Over gaps a card begins with four digits of its own: thousands, dates and phones hold some that pass the check by chance.
        var isWhole = isFirst && group.End - first >= 4;
        if (usual > 0 && usual <= most && (isWhole || first + usual <= group.End) && Checked(run, first, usual))
            return usual;
        if (!isWhole || run[first] is < 2 or > 6 || (run.Begins(first) && Dates.Begins(run, run.IndexOfGroup(first))))
            return 0;
        // Less usual lengths only between gaps, and not over the commas of a list.
        var found = 0;
        for (var length = group.End - first; length <= most; length++)
        {
            var last = first + length - 1;
            if (run.Begins(last) && length > 1 && run.GroupOf(last).Before is ',' or '\n')
                break;
            if (length >= Shortest && run.Ends(last) && Checked(run, first, length))
                found = length;
        }

        return found;
    }

    /// <summary>By the first digits: Visa, Mastercard, American Express, Diners Club, JCB, Discover, Maestro, UnionPay, Mir, RuPay.</summary>
    private static int UsualLength(DigitRun run, int first)
    {
        var four = run[first] * 1000 + run[first + 1] * 100 + run[first + 2] * 10 + run[first + 3];
        return four switch
        {
            >= 4000 and <= 4999 => 16,
            >= 5000 and <= 5999 or (>= 2221 and <= 2720) or (>= 2200 and <= 2204) => 16,
            >= 3400 and <= 3499 or (>= 3700 and <= 3799) => 15,
            >= 3000 and <= 3059 or (>= 3600 and <= 3699) or (>= 3800 and <= 3999) => 14,
            >= 3528 and <= 3589 => 16,
            >= 6000 and <= 6999 => 16,
            >= 8100 and <= 8299 => 16,
            _ => 0,
        };
    }

    /// <summary>Luhn's check digit.</summary>
    private static bool Checked(DigitRun run, int first, int length)
    {
        var sum = 0;
        for (var i = 0; i < length; i++)
        {
            var digit = run[first + length - 1 - i] << (i % 2);
            sum += digit > 9 ? digit - 9 : digit;
        }

        // Zeros pass too, and are nobody's.
        return sum > 0 && sum % 10 == 0;
    }

    private static int WithTail(DigitRun run, int end)
    {
        var to = end;
        while (to < run.Count && to - end <= LongestTail && run.GroupOf(to) is { Count: <= 4, Before: not (',' or '\n') })
            to++;
        return to == run.Count && to - end <= LongestTail ? to : end;
    }
}
