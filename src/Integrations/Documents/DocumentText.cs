using System.Text;
using FteAgent.Texts;

namespace FteAgent.Documents;

/// <summary>A page as read from a file, before it has an id.</summary>
internal sealed record Page(string? Title, string Text, DateTimeOffset? ChangedAt);

/// <summary>What all readers agree on: line breaks, characters, limits.</summary>
internal static class DocumentText
{
    /// <summary>A page is no larger than this; a larger file is a dump or a mistake.</summary>
    public const int MaxFileBytes = 10_000_000;

    /// <summary>A longer title is cut.</summary>
    public const int MaxTitleLength = 200;

    /// <summary>The file's text, or null when it is not text.</summary>
    public static string? Read(string path)
    {
        // Reads UTF-8, and UTF-16 where the file says so.
        using var reader = new StreamReader(path, Encoding.UTF8, detectEncodingFromByteOrderMarks: true);
        var text = reader.ReadToEnd();
        return text.Contains('\0') ? null : Clean(text);
    }

    /// <summary>Line feeds only, and no control characters that a terminal or a page might obey.</summary>
    public static string Clean(string text)
    {
        if (!text.AsSpan().ContainsAnyInRange('\0', '\b') && !text.AsSpan().ContainsAnyInRange('\u000b', '\u001f') && !text.Contains('\u007f')) return text;
        var clean = new StringBuilder(text.Length);
        for (var i = 0; i < text.Length; i++)
        {
            var c = text[i];
            if (c == '\r') clean.Append(i + 1 < text.Length && text[i + 1] == '\n' ? "" : "\n");
            else if (!char.IsControl(c) || c is '\n' or '\t') clean.Append(c);
        }

        return clean.ToString();
    }

    /// <summary>A title on one line and of sensible length, or null when there is none.</summary>
    public static string? Title(string? title)
    {
        if (string.IsNullOrWhiteSpace(title)) return null;
        var line = string.Join(' ', Clean(title).Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
        return SafeCut.At(line, MaxTitleLength);
    }
}
