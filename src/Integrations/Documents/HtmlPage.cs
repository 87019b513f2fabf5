using System.Buffers;
using System.Text;
using AngleSharp.Dom;
using AngleSharp.Html.Parser;

namespace FteAgent.Documents;

/// <summary>Reads the main content of a web page as Markdown: headings, paragraphs, lists, tables and code.</summary>
internal static class HtmlPage
{
    /// <summary>Elements nested deeper than this are not read: no page is written so.</summary>
    private const int MaxDepth = 200;

    /// <summary>A page whose marks open more than this without closing is refused: parsing takes time by the square of it.</summary>
    private const int MaxOpenMarks = 1_000;

    private static readonly HashSet<string> Ignored = new(StringComparer.OrdinalIgnoreCase)
    {
        "script", "style", "noscript", "template", "nav", "header", "footer", "aside", "form", "button", "svg", "iframe", "object", "canvas", "head", "dialog",
    };

    private static readonly HashSet<string> Blocks = new(StringComparer.OrdinalIgnoreCase)
    {
        "address", "article", "blockquote", "body", "dd", "details", "div", "dl", "dt", "fieldset", "figcaption", "figure", "hr", "html", "main", "ol", "p",
        "section", "summary", "table", "tbody", "tfoot", "thead", "ul",
    };

    // Their end may be left out, so that many may look open on an honest page.
    private static readonly HashSet<string> ClosedByOthers = new(StringComparer.OrdinalIgnoreCase)
    {
        "li", "p", "td", "th", "tr", "tbody", "thead", "tfoot", "dt", "dd", "option", "colgroup", "area", "base", "br", "col", "embed", "hr", "img", "input", "link",
        "meta", "source", "track", "wbr",
    };

    /// <summary>The page's content, or null when its marks are nested beyond any honest page.</summary>
    public static Page? Read(string html)
    {
        if (NestsTooDeep(html)) return null;
        var document = new HtmlParser().ParseDocument(html);
        var content = document.QuerySelector("main, [role=main]") ?? document.QuerySelector("article") ?? document.Body;
        var title = content?.QuerySelector("h1")?.TextContent ?? document.Title;
        if (content is null) return new Page(title, "", null);
        var writer = new Writer();
        writer.Children(content, 0);
        return new Page(title, writer.ToString(), null);
    }

    /// <summary>Whether marks are nested beyond any honest page.</summary>
    internal static bool NestsTooDeep(ReadOnlySpan<char> html) => MostOpenMarks(html) > MaxOpenMarks;

    private static int MostOpenMarks(ReadOnlySpan<char> html)
    {
        var names = ClosedByOthers.GetAlternateLookup<ReadOnlySpan<char>>();
        var (open, most) = (0, 0);
        for (var at = html.IndexOf('<'); at >= 0 && at + 1 < html.Length; at = html.IndexOf('<'))
        {
            html = html[(at + 1)..];
            var closes = html[0] == '/';
            var name = html[(closes ? 1 : 0)..];
            var length = name.IndexOfAnyExcept(NameCharacters);
            name = length < 0 ? name : name[..length];
            if (name.IsEmpty || !char.IsAsciiLetter(name[0]) || names.Contains(name)) continue;
            open = closes ? Math.Max(0, open - 1) : open + 1;
            most = Math.Max(most, open);
        }

        return most;
    }

    private static readonly SearchValues<char> NameCharacters =
        SearchValues.Create("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-");

    private sealed class Writer
    {
        private readonly StringBuilder text = new();

        public override string ToString() => text.ToString().Trim();

        public void Children(INode node, int depth)
        {
            if (depth > MaxDepth) return;
            var item = 0;
            foreach (var child in node.ChildNodes)
            {
                if (child is IText words) Inline(words.Data);
                else if (child is IElement element && !Ignored.Contains(element.LocalName) && !IsHidden(element))
                    Element(element, depth + 1, element.LocalName == "li" ? ++item : 0);
            }
        }

        private void Element(IElement element, int depth, int item)
        {
            switch (element.LocalName)
            {
                case "h1" or "h2" or "h3" or "h4" or "h5" or "h6":
                    Paragraph();
                    text.Append('#', element.LocalName[1] - '0').Append(' ').Append(OneLine(element.TextContent));
                    Paragraph();
                    break;
                case "pre":
                    Paragraph();
                    text.Append("```\n").Append(element.TextContent.Replace("```", "'''", StringComparison.Ordinal).Trim('\n')).Append("\n```");
                    Paragraph();
                    break;
                case "li":
                    Line();
                    text.Append(Marker(element, item));
                    Children(element, depth);
                    Line();
                    break;
                case "tr":
                    Line();
                    text.Append('|').AppendJoin('|', element.Children.Select(cell => $" {OneLine(cell.TextContent).Replace('|', '/')} ")).Append('|');
                    Line();
                    break;
                case "code" or "kbd":
                    text.Append('`').Append(OneLine(element.TextContent).Replace('`', '\'')).Append('`');
                    break;
                case "br":
                    Line();
                    break;
                case var name when Blocks.Contains(name):
                    Paragraph();
                    Children(element, depth);
                    Paragraph();
                    break;
                default:
                    Children(element, depth);
                    break;
            }
        }

        private static string Marker(IElement element, int item) => element.ParentElement?.LocalName == "ol" ? $"{item}. " : "- ";

        private static bool IsHidden(IElement element) =>
            element.HasAttribute("hidden") || element.GetAttribute("aria-hidden") == "true";

        // White space means one space, and none at the start of a line.
        private void Inline(string words)
        {
            foreach (var c in words)
            {
                if (!char.IsWhiteSpace(c)) text.Append(c);
                else if (text.Length > 0 && text[^1] is not (' ' or '\n')) text.Append(' ');
            }
        }

        private void Line()
        {
            TrimSpaces();
            if (text.Length > 0 && text[^1] != '\n') text.Append('\n');
        }

        private void Paragraph()
        {
            Line();
            if (text.Length > 1 && text[^2] != '\n') text.Append('\n');
        }

        private void TrimSpaces()
        {
            while (text.Length > 0 && text[^1] == ' ') text.Length--;
        }

        private static string OneLine(string words) =>
            string.Join(' ', words.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
    }
}
