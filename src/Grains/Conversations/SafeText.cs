using System.Text;

namespace FteAgent.Conversations;

/// <summary>
/// Makes text from outside safe to keep: control characters other than line breaks and tabs go, and lone surrogates become the
/// replacement character, because neither a database nor JSON can hold them. Markup stays: it is text, and is shown as text.
/// </summary>
internal static class SafeText
{
    public static string Clean(string text)
    {
        if (!NeedsCleaning(text))
            return text.Trim();

        var clean = new StringBuilder(text.Length);
        foreach (var rune in text.EnumerateRunes())
            if (!Rune.IsControl(rune) || rune.Value is '\n' or '\t')
                clean.Append(rune.ToString());
            else if (rune.Value is '\r')
                continue;
        return clean.ToString().Trim();
    }

    private static bool NeedsCleaning(string text)
    {
        foreach (var character in text)
            if ((char.IsControl(character) && character is not ('\n' or '\t')) || char.IsSurrogate(character))
                return true;
        return false;
    }
}
