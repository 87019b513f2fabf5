using System.Text;
using FteAgent.Knowledge;

namespace FteAgent.Answering.Rules.Foreign;

/// <summary>Reads a message as phrases of other languages than English are written: without accents, and apart where an apostrophe joins ("l'argent").</summary>
internal static class ForeignReading
{
    /// <summary>The message so; the reading that is there already where both are the same.</summary>
    public static Reading Of(string text, Reading asWritten) => IsPlain(text) ? asWritten : Reading.Of(Folded(text));

    private static bool IsPlain(string text) => Ascii.IsValid(text) && !text.Contains('\'', StringComparison.Ordinal);

    // Sentences end before capitals, which therefore stay.
    private static string Folded(string text)
    {
        var length = Math.Min(text.Length, Reading.MaxLength);
        var folded = new StringBuilder(length);
        for (var i = 0; i < length; i++)
        {
            var c = text[i];
            if (c is 'ß' or 'œ' or 'Œ')
                folded.Append(c is 'ß' ? "ss" : "oe");
            else if (c is (>= '\u0300' and < '\u0370'))
                continue;   // An accent that was written as a character of its own.
            else if (Letters.IsApostrophe(c) && i > 0 && i + 1 < length && char.IsLetter(text[i - 1]) && char.IsLetter(text[i + 1]))
                folded.Append(' ');
            else
                folded.Append(char.IsUpper(c) ? char.ToUpperInvariant(Letters.Fold(c)) : Letters.Fold(c));
        }

        return folded.ToString();
    }
}
