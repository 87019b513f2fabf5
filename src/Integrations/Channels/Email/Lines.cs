using System.Text;
using FteAgent.Texts;

namespace FteAgent.Channels.Email;

/// <summary>Brings what strangers write into one line.</summary>
internal static class Lines
{
    /// <summary>The text with every run of white space and control characters as one space, cut at a length.</summary>
    public static string One(string? text, int longest)
    {
        if (string.IsNullOrEmpty(text))
            return "";
        var line = new StringBuilder(Math.Min(text.Length, longest));
        foreach (var c in text)
        {
            if (line.Length > longest)
                break;
            if (!char.IsWhiteSpace(c) && !char.IsControl(c))
                line.Append(c);
            else if (line.Length > 0 && line[^1] != ' ')
                line.Append(' ');
        }

        return SafeCut.At(line.ToString(), longest).Trim();
    }
}
