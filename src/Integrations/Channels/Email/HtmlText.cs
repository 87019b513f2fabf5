using System.Text;
using AngleSharp.Dom;
using AngleSharp.Html.Parser;
using FteAgent.Documents;

namespace FteAgent.Channels.Email;

/// <summary>
/// An HTML mail as the text that a mail program without marks would show: quotes behind <c>&gt;</c>, a signature below <c>-- </c>. What is
/// hidden is not there.
/// </summary>
internal static class HtmlText
{
    /// <summary>Elements nested deeper than this are not read: no mail is written so.</summary>
    private const int MaxDepth = 200;

    /// <summary>Quotes of quotes are all quotes.</summary>
    private const int MaxQuotes = 10;

    private const int LinkLimit = 300;

    private static readonly HashSet<string> Ignored = new(StringComparer.OrdinalIgnoreCase)
    {
        "script", "style", "noscript", "template", "svg", "iframe", "object", "canvas", "head", "title", "button", "input", "select", "textarea", "map", "audio", "video",
    };

    private static readonly HashSet<string> Blocks = new(StringComparer.OrdinalIgnoreCase)
    {
        "address", "article", "aside", "body", "center", "dd", "details", "div", "dl", "dt", "fieldset", "figure", "footer", "form", "header", "hr", "html", "main",
        "nav", "section", "table", "tbody", "tfoot", "thead", "tr",
    };

    private static readonly HashSet<string> Paragraphs = new(StringComparer.OrdinalIgnoreCase) { "p", "ul", "ol", "pre", "h1", "h2", "h3", "h4", "h5", "h6" };

    // What mail programs put around that which is answered.
    private static readonly string[] QuoteClasses = ["gmail_quote", "yahoo_quoted", "protonmail_quote", "zmail_extra", "tutanota_quote", "x_gmail_quote"];
    private static readonly string[] SignatureClasses = ["gmail_signature", "moz-signature", "protonmail_signature_block", "x_gmail_signature"];
    private static readonly string[] SignatureIds = ["Signature", "AppleMailSignature", "signature", "ms-outlook-mobile-signature"];

    /// <summary>The text; empty when the marks are nested beyond any honest mail.</summary>
    public static string Read(string html)
    {
        if (HtmlPage.NestsTooDeep(html))
            return "";
        using var document = new HtmlParser().ParseDocument(html);
        if (document.Body is not { } body)
            return "";
        var writer = new Writer();
        writer.Children(body, 0);
        return writer.ToString();
    }

    private sealed class Writer
    {
        private readonly StringBuilder text = new();
        private readonly StringBuilder line = new();
        private int quotes;
        private bool spaced;

        public override string ToString()
        {
            EndLine();
            return text.ToString().TrimEnd('\n', ' ');
        }

        public void Children(INode node, int depth)
        {
            if (depth > MaxDepth)
                return;
            foreach (var child in node.ChildNodes)
            {
                if (child is IText words)
                    Words(words.Data);
                else if (child is IElement element && !Ignored.Contains(element.LocalName) && !IsHidden(element))
                    Element(element, depth + 1);
            }
        }

        private void Element(IElement element, int depth)
        {
            switch (element.LocalName)
            {
                case "br":
                    EndLine(even: true);
                    break;
                case "a":
                    Link(element, depth);
                    break;
                case "li":
                    EndLine();
                    line.Append("- ");
                    Children(element, depth);
                    EndLine();
                    break;
                case "td" or "th":
                    Children(element, depth);
                    if (line.Length > 0 && line[^1] != ' ')
                        line.Append(' ');
                    break;
                case "pre":
                    Space();
                    foreach (var row in element.TextContent.ReplaceLineEndings("\n").Split('\n'))
                    {
                        line.Append(row);
                        EndLine(even: true);
                    }

                    Space();
                    break;
                case "blockquote":
                    Quote(element, depth);
                    break;
                case var _ when IsQuote(element):
                    Quote(element, depth);
                    break;
                case var _ when IsSignature(element):
                    EndLine();
                    line.Append("-- ");
                    EndLine();
                    Children(element, depth);
                    EndLine();
                    break;
                case var name when Paragraphs.Contains(name):
                    Space();
                    Children(element, depth);
                    Space();
                    break;
                case var name when Blocks.Contains(name):
                    EndLine();
                    Children(element, depth);
                    EndLine();
                    break;
                default:
                    Children(element, depth);
                    break;
            }
        }

        private void Quote(IElement element, int depth)
        {
            Space();
            quotes++;
            Children(element, depth);
            EndLine();
            quotes--;
            Space();
        }

        /// <summary>A link whose words are not its address shows both: customers send them to be looked at.</summary>
        private void Link(IElement element, int depth)
        {
            Children(element, depth);
            var address = element.GetAttribute("href")?.Trim() ?? "";
            if (address.Length <= LinkLimit && (address.StartsWith("https://", StringComparison.OrdinalIgnoreCase) || address.StartsWith("http://", StringComparison.OrdinalIgnoreCase))
                && element.TextContent.Trim() is { Length: > 0 } words && !address.Contains(words, StringComparison.OrdinalIgnoreCase) && !words.Contains(address, StringComparison.OrdinalIgnoreCase))
                line.Append(" (").Append(address).Append(')');
        }

        // White space means one space, and none at the start of a line.
        private void Words(string words)
        {
            foreach (var c in words)
            {
                if (c is '\u200b' or '\u200c' or '\u200d' or '\u2060' or '\ufeff' or '\u00ad' or '\u034f')
                    continue;   // Filling that nobody sees.
                if (!char.IsWhiteSpace(c))
                    line.Append(c);
                else if (line.Length > 0 && line[^1] != ' ')
                    line.Append(' ');
            }
        }

        /// <param name="even">Whether an empty line is one as well.</param>
        private void EndLine(bool even = false)
        {
            var words = line.ToString();
            line.Clear();
            // The mark of a signature is the one line whose last space counts.
            if (words != "-- ")
                words = words.TrimEnd();
            if (words.Length == 0 && !even)
                return;
            if (words.Length == 0)
            {
                Space();
                return;
            }

            if (spaced && text.Length > 0)
                text.Append('\n');
            spaced = false;
            for (var quote = 0; quote < Math.Min(quotes, MaxQuotes); quote++)
                text.Append("> ");
            text.Append(words).Append('\n');
        }

        private void Space()
        {
            EndLine();
            spaced = true;
        }

        private static bool IsQuote(IElement element) => QuoteClasses.Any(element.ClassList.Contains);

        private static bool IsSignature(IElement element) =>
            SignatureClasses.Any(element.ClassList.Contains) || (element.Id is { } id && SignatureIds.Contains(id));

        private static bool IsHidden(IElement element)
        {
            if (element.HasAttribute("hidden"))
                return true;
            var style = element.GetAttribute("style")?.Replace(" ", "", StringComparison.Ordinal) ?? "";
            return style.Contains("display:none", StringComparison.OrdinalIgnoreCase) || style.Contains("visibility:hidden", StringComparison.OrdinalIgnoreCase)
                || style.Contains("mso-hide:all", StringComparison.OrdinalIgnoreCase) || style.Contains("font-size:0;", StringComparison.OrdinalIgnoreCase);
        }
    }
}
