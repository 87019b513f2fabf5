using System.Collections.Frozen;

namespace FteAgent.Answering;

/// <summary>Tells a message that goes on with the one before ("and on Windows?", "how do I undo that?") from one that stands alone.</summary>
internal static class FollowUp
{
    /// <summary>A longer message says what it is about.</summary>
    private const int MostWords = 9;

    private static readonly FrozenSet<string> Openers = FrozenSet.ToFrozenSet(
        ["and", "or", "but", "also", "then", "so", "what about", "how about", "same", "ok and", "okay and"], StringComparer.OrdinalIgnoreCase);

    private static readonly FrozenSet<string> Pointers = FrozenSet.ToFrozenSet(
        ["it", "that", "this", "those", "these", "them", "they", "there", "instead"], StringComparer.OrdinalIgnoreCase);

    public static bool IsOne(string message)
    {
        var words = message.Split([' ', '\t', '\n', ',', '.', '?', '!', ';', ':', '"', '(', ')'], MostWords + 1, StringSplitOptions.RemoveEmptyEntries);
        if (words.Length is 0 or > MostWords)
            return false;
        return Openers.Contains(words[0]) || (words.Length > 1 && Openers.Contains($"{words[0]} {words[1]}")) || words.Any(Pointers.Contains);
    }
}
