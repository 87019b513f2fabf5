using System.Collections.Frozen;

namespace FteAgent.Answering.Hiding;

/// <summary>Looks at the words that stand before a number or a secret.</summary>
internal static class Words
{
    /// <summary>More words say nothing of the number behind them.</summary>
    private const int MostBefore = 5;

    private const int LongestWord = 24;

    /// <summary>Shorter words begin many others.</summary>
    private const int ShortestStem = 4;

    /// <summary>Behind it stand the scripts whose words are joined with others.</summary>
    private const char LastLatin = '\u024f';

    /// <summary>Whether one of some words stands before a place, with nothing but small words between, such as <c>number is</c>.</summary>
    public static bool StandBefore(ReadOnlySpan<char> seen, int place, FrozenSet<string> words, FrozenSet<string> between)
    {
        var known = words.GetAlternateLookup<ReadOnlySpan<char>>();
        var small = between.GetAlternateLookup<ReadOnlySpan<char>>();
        for (var count = 0; count < MostBefore; count++)
        {
            var end = place;
            while (end > 0 && place - end < 4 && seen[end - 1] is ' ' or '#' or ':' or '.' or '(' or '=' or '-' or '"')
                end--;
            var start = WordBefore(seen, end);
            if (start == end)
                return false;
            var word = seen[start..end];
            if (known.Contains(word) || (word[0] > LastLatin && Holds(word, words)))
                return true;
            if (!small.Contains(word))
                return false;
            place = start;
        }

        return false;
    }

    /// <summary>
    /// Whether a word in another script is one of some, with what is joined to it there: an article before it, an ending, or, where no spaces part words,
    /// all that stands around it.
    /// </summary>
    private static bool Holds(ReadOnlySpan<char> word, FrozenSet<string> words)
    {
        foreach (var known in words)
        {
            if (known[0] <= LastLatin)
                continue;
            if (Knowledge.Letters.StandsAlone(known[0]) ? word.Contains(known, StringComparison.Ordinal)
                : (known.Length >= ShortestStem || IsHangul(known[0])) && (word.StartsWith(known, StringComparison.OrdinalIgnoreCase) || (word.StartsWith("ال") && word[2..].StartsWith(known))))
                return true;
        }

        return false;
    }

    private static bool IsHangul(char c) => c is >= '\uac00' and <= '\ud7a3';

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
