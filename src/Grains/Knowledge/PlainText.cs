using System.Net;
using System.Text;
using System.Text.RegularExpressions;

namespace FteAgent.Knowledge;

/// <summary>Markdown as a customer reads it: link texts without addresses, no emphasis marks, entities as characters.</summary>
internal static partial class PlainText
{
    public static string Of(string markdown)
    {
        try
        {
            return Collapse(WebUtility.HtmlDecode(OutsideCode(WithoutAddresses(markdown))));
        }
        catch (RegexMatchTimeoutException)
        {
            // Marks without end, made to keep a reader busy: they are shown as they are.
            return Collapse(markdown);
        }
    }

    private static string WithoutAddresses(string text)
    {
        text = Images().Replace(text, "$1");
        text = Links().Replace(text, "$1");
        text = ReferenceLinks().Replace(text, "$1");
        text = Autolinks().Replace(text, "$1");
        return Strong().Replace(text, "$1");
    }

    // What stands in code marks is kept as it is: the marks in __init__ are its name.
    private static string OutsideCode(string text)
    {
        var plain = new StringBuilder(text.Length);
        var position = 0;
        foreach (Match code in CodeSpans().Matches(text))
        {
            plain.Append(WithoutMarks(text[position..code.Index])).Append(code.Groups[2].ValueSpan);
            position = code.Index + code.Length;
        }

        return plain.Append(WithoutMarks(text[position..])).ToString();
    }

    private static string WithoutMarks(string text)
    {
        text = Tags().Replace(text, "");
        text = Underlined().Replace(text, "$1");
        text = Emphasis().Replace(text, "$1$2");
        return Escapes().Replace(text, "$1");
    }

    private static string Collapse(string text)
    {
        var plain = new StringBuilder(text.Length);
        foreach (var c in text)
        {
            if (!char.IsWhiteSpace(c)) plain.Append(c);
            else if (plain.Length > 0 && plain[^1] != ' ') plain.Append(' ');
        }

        return plain.ToString().TrimEnd();
    }

    private const int TimeoutMilliseconds = 200;

    [GeneratedRegex(@"!\[([^\[\]]*)\]\([^()\s]*(?:\s""[^""]*"")?\)", RegexOptions.None, TimeoutMilliseconds)]
    private static partial Regex Images();

    [GeneratedRegex(@"\[([^\[\]]*)\]\((?:[^()\s]|\([^()\s]*\))*(?:\s""[^""]*"")?\)(?:\{:[^}]*\})?", RegexOptions.None, TimeoutMilliseconds)]
    private static partial Regex Links();

    [GeneratedRegex(@"\[([^\[\]]+)\]\[[^\[\]]*\]", RegexOptions.None, TimeoutMilliseconds)]
    private static partial Regex ReferenceLinks();

    [GeneratedRegex(@"<((?:https?://|mailto:)[^<>\s]+)>", RegexOptions.None, TimeoutMilliseconds)]
    private static partial Regex Autolinks();

    [GeneratedRegex(@"</?[a-zA-Z][a-zA-Z0-9-]*(?:\s[^<>]*)?/?>", RegexOptions.None, TimeoutMilliseconds)]
    private static partial Regex Tags();

    [GeneratedRegex(@"\*\*(?=\S)([^*\n]+?)(?<=\S)\*\*", RegexOptions.None, TimeoutMilliseconds)]
    private static partial Regex Strong();

    [GeneratedRegex(@"(?<!\w)__(?=\S)([^_\n]+?)(?<=\S)__(?!\w)", RegexOptions.None, TimeoutMilliseconds)]
    private static partial Regex Underlined();

    [GeneratedRegex(@"(?<![\w*])\*(?=\S)([^*\n]+?)(?<=\S)\*(?![\w*])|(?<![\w_])_(?=\S)([^_\n]+?)(?<=\S)_(?![\w_])", RegexOptions.None, TimeoutMilliseconds)]
    private static partial Regex Emphasis();

    [GeneratedRegex(@"(`+)(?!`)([^`]+)\1", RegexOptions.None, TimeoutMilliseconds)]
    private static partial Regex CodeSpans();

    [GeneratedRegex(@"\\([\\`*_{}\[\]()#+.!|>-])", RegexOptions.None, TimeoutMilliseconds)]
    private static partial Regex Escapes();
}
