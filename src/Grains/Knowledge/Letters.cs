using System.Globalization;

namespace FteAgent.Knowledge;

/// <summary>Which characters make words, and how they are folded. A table, because this process runs without a globalization library.</summary>
internal static class Letters
{
    private const string Accented = "àáâãäåāăąçćčďđèéêëēėęěğģìíîïīįıķĺļľłñńņňòóôõöøōőŕřśşšșťțţùúûüūůűųýÿźżž";
    private const string Plain = "aaaaaaaaacccddeeeeeeeeggiiiiiiikllllnnnnoooooooorrsssstttuuuuuuuuyyzzz";

    private static readonly char[] Folded = FoldedLatin();

    /// <summary>A letter, a digit, or a mark that modifies one.</summary>
    public static bool Belongs(char c) =>
        char.IsAsciiLetterOrDigit(c) || (c > '\u007f' && (char.IsLetterOrDigit(c) || IsMark(c)));

    /// <summary>Written without spaces: a term of its own.</summary>
    public static bool StandsAlone(char c) => c is
        (>= '\u0e00' and <= '\u0eff') or     // Thai, Lao
        (>= '\u3040' and <= '\u30ff') or     // kana
        (>= '\u3400' and <= '\u9fff') or (>= '\uf900' and <= '\ufaff');     // Han

    /// <summary>Drops out of a word: don't and dont are one.</summary>
    public static bool IsApostrophe(char c) => c is '\'' or '\u2019' or '\u02bc';

    /// <summary>Lower case without accent.</summary>
    public static char Fold(char c)
    {
        if (char.IsAscii(c)) return char.ToLowerInvariant(c);
        var lower = char.ToLowerInvariant(c);
        return lower < Folded.Length ? Folded[lower] : lower;
    }

    private static bool IsMark(char c) =>
        char.GetUnicodeCategory(c) is UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark;

    private static char[] FoldedLatin()
    {
        const int latinEnd = 0x250;
        var folded = new char[latinEnd];
        for (var c = 0; c < latinEnd; c++) folded[c] = (char)c;
        for (var i = 0; i < Accented.Length; i++) folded[Accented[i]] = Plain[i];
        return folded;
    }
}
