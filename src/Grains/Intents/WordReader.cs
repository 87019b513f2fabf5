using System.Globalization;
using FteAgent.Knowledge;

namespace FteAgent.Intents;

/// <summary>
/// The words of a text, folded as search folds them but whole and complete: "how do I" and "who did" tell intents apart,
/// so that no stop word may be missing.
/// </summary>
internal static class WordReader
{
    /// <summary>What a customer wants is said within this many words; a pasted log is not read to its end.</summary>
    public const int MostWords = 200;

    /// <summary>Longer runs are keys and hashes.</summary>
    public const int LongestWord = 40;

    public static List<string> Read(ReadOnlySpan<char> text)
    {
        var words = new List<string>();
        Span<char> word = stackalloc char[LongestWord];
        var length = 0;
        for (var at = 0; at < text.Length && words.Count < MostWords; at++)
        {
            var c = text[at];
            if (!Letters.Belongs(c))
            {
                var inside = Letters.IsApostrophe(c) && at + 1 < text.Length && Letters.Belongs(text[at + 1]);
                if (!inside) length = Close(words, word, length);
            }
            else if (Letters.StandsAlone(c))
            {
                Close(words, word, length);
                word[0] = c;
                length = Close(words, word, 1);
            }
            else if (length < LongestWord && !IsAccent(c)) word[length++] = Letters.Fold(c);
        }

        if (words.Count < MostWords) Close(words, word, length);
        return words;
    }

    private static int Close(List<string> words, ReadOnlySpan<char> word, int length)
    {
        if (length > 0 && words.Count < MostWords) words.Add(word[..length].ToString());
        return 0;
    }

    // An accent that follows its letter; the letter is kept plain.
    private static bool IsAccent(char c) => c < '\u0370' && char.GetUnicodeCategory(c) is UnicodeCategory.NonSpacingMark;
}
