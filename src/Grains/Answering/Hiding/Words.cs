using System.Collections.Frozen;

namespace FteAgent.Answering.Hiding;

/// <summary>Looks at the words that stand before a number or a secret.</summary>
internal static class Words
{
    /// <summary>More words say nothing of the number behind them.</summary>
    private const int MostBefore = 5;

    private const int LongestWord = 24;

    /// <summary>Whether one of some words stands before a place, with nothing but small words between, such as <c>number is</c>.</summary>
    public static bool StandBefore(ReadOnlySpan<char> seen, int place, FrozenSet<string> words, FrozenSet<string> between)
    {
        var known = words.GetAlternateLookup<ReadOnlySpan<char>>();
        var small = between.GetAlternateLookup<ReadOnlySpan<char>>();
        for (var count = 0; count < MostBefore; count++)
        {
            var end = place;
            while (end > 0 && place - end < 4 && seen[end - 1] is ' ' or '#' or ':' or '.' or '(' or '=' or '-' or '"' or MaskedText.Nothing)
                end--;
            var start = WordBefore(seen, end);
            if (start == end)
                return false;
            var word = seen[start..end];
            if (known.Contains(word))
                return true;
            if (!small.Contains(word))
                return false;
            place = start;
        }

        return false;
    }

    /// <summary>Where the word begins that ends at a place.</summary>
    public static int WordBefore(ReadOnlySpan<char> seen, int end)
    {
        var start = end;
        while (start > 0 && end - start < LongestWord && IsLetter(seen[start - 1]))
            start--;
        return start;
    }

    /// <summary>A letter of any script, or a mark that modifies one.</summary>
    public static bool IsLetter(char c) => char.IsAsciiLetter(c) || (c > '\u007f' && Knowledge.Letters.Belongs(c) && !char.IsDigit(c));

    /// <summary>A set of words, in whatever case they are written.</summary>
    public static FrozenSet<string> Set(string words) => words.Split(' ').ToFrozenSet(StringComparer.OrdinalIgnoreCase);
}
