namespace FteAgent.Answering.Rules;

/// <summary>Beginnings of words that an honest text writes plainly. Where one comes to light only by another reading, somebody has hidden it.</summary>
internal static class Guarded
{
    private static readonly string[] Words =
    [
        "refund", "reimburs", "discount", "coupon", "voucher", "dollar", "price", "pricing", "gratis", "chargeback", "compensat", "freeofcharge", "freemonth",
        "prompt", "instruct", "ignore", "disregard", "jailbreak", "guardrail", "promise", "guarant", "reveal", "customer",
        "rembours", "reembols", "rimbors", "erstatt", "ruckerstatt", "rabatt", "kostenlos", "descuento", "versprech",
    ];

    // By the character that they begin with: a text has many words, and hardly one of them begins as these do.
    private static readonly int[][] ByFirst =
        [.. Enumerable.Range(0, 128).Select(c => Enumerable.Range(0, Words.Length).Where(place => Words[place][0] == char.ToLowerInvariant((char)c)).ToArray())];

    /// <summary>Each of them.</summary>
    public static ReadOnlySpan<string> Beginnings => Words;

    /// <summary>Which of them words of a text begin with, a bit for each.</summary>
    public static ulong In(ReadOnlySpan<char> text)
    {
        var (found, isInside) = (0UL, false);
        for (var i = 0; i < text.Length; i++)
        {
            var wasInside = isInside;
            isInside = char.IsLetterOrDigit(text[i]);
            // No letter of another script is one of these, in either case.
            if (wasInside || !isInside || text[i] >= ByFirst.Length)
                continue;
            foreach (var place in ByFirst[text[i]])
            {
                if (text[i..].StartsWith(Words[place], StringComparison.OrdinalIgnoreCase))
                    found |= 1UL << place;
            }
        }

        return found;
    }
}
