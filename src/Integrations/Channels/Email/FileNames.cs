using System.Globalization;
using FteAgent.Texts;

namespace FteAgent.Channels.Email;

/// <summary>Names of attached files, as strangers give them.</summary>
internal static class FileNames
{
    private const int Longest = 255;

    /// <summary>The name without any folder, in one line; a name of our own where there is none.</summary>
    /// <param name="name">As the sender gave it.</param>
    /// <param name="number">Which file of the mail it is: 1, 2, 3 …</param>
    public static string Safe(string name, int number)
    {
        var line = Lines.One(name, 4 * Longest);
        var last = line[(line.LastIndexOfAny(['/', '\\']) + 1)..];
        // Direction marks make one ending look like another: a picture that is a program.
        var plain = string.Concat(last.Where(c => char.GetUnicodeCategory(c) is not UnicodeCategory.Format and not UnicodeCategory.Control)).Trim('.', ' ');
        if (plain.Length == 0)
            return string.Create(CultureInfo.InvariantCulture, $"attachment-{number}");
        if (plain.Length <= Longest)
            return plain;
        // The ending says what it is, so it stays.
        var ending = Path.GetExtension(plain) is { Length: > 1 and <= 10 } known ? known : "";
        return SafeCut.At(plain, Longest - ending.Length) + ending;
    }
}
