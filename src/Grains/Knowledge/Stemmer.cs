namespace FteAgent.Knowledge;

/// <summary>
/// Cuts common English endings, once and lightly, in place. Measured on support documents, a full Porter stemmer finds
/// nothing more and confuses more.
/// </summary>
internal static class Stemmer
{
    private const int ShortestStem = 3;

    // Longest first: the first that fits is cut.
    private static readonly string[] Endings = ["ations", "ation", "ingly", "edly", "ing", "ers", "ed", "er", "es", "ly", "s"];

    /// <summary>Stems the first <paramref name="length"/> characters and returns the new length.</summary>
    public static int Stem(Span<char> word, int length)
    {
        if (length > 5 && Ends(word, length, "ies"))
        {
            word[length - 3] = 'y';
            return length - 2;
        }

        foreach (var ending in Endings)
        {
            if (length - ending.Length < ShortestStem || !Ends(word, length, ending)) continue;
            if (ending == "s" && word[length - 2] == 's') continue;
            length = Undouble(word, length - ending.Length);
            break;
        }

        return length > 4 && word[length - 1] == 'e' ? length - 1 : length;
    }

    // "stopp(ing)" is "stop"; "fall(ing)" and "pass(ed)" keep both letters.
    private static int Undouble(Span<char> word, int length) =>
        length > 3 && word[length - 1] == word[length - 2] && word[length - 1] is not ('l' or 's' or 'z') ? length - 1 : length;

    private static bool Ends(Span<char> word, int length, string ending) => word[..length].EndsWith(ending);
}
