using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using Markdig;
using Markdig.Extensions.Yaml;
using Markdig.Syntax;

namespace FteAgent.Documents;

/// <summary>
/// Reads Markdown as it is written, so that quotes stay quotes: only front matter, comments and scripts are dropped, and
/// underlined headings become <c>#</c> lines.
/// </summary>
internal static partial class MarkdownPage
{
    private static readonly MarkdownPipeline Pipeline = new MarkdownPipelineBuilder().UseYamlFrontMatter().Build();

    public static Page Read(string text)
    {
        MarkdownDocument parsed;
        try
        {
            parsed = Markdown.Parse(text, Pipeline);
        }
        catch (ArgumentException)
        {
            // Nested deeper than the parser allows: nobody reads it as anything but text either.
            return new Page(null, text.Trim(), null);
        }

        var front = parsed.OfType<YamlFrontMatterBlock>().FirstOrDefault();
        var matter = front is null ? "" : Slice(text, front);
        var title = FrontMatter(matter, "title") ?? FirstHeading(parsed, text);
        return new Page(title, Rewrite(parsed, text), Date(matter));
    }

    private static string? FirstHeading(MarkdownDocument parsed, string text) =>
        parsed.OfType<HeadingBlock>().FirstOrDefault() is { } heading ? HeadingText(heading, text) : null;

    private static string Rewrite(MarkdownDocument parsed, string text)
    {
        var page = new StringBuilder(text.Length);
        var position = 0;
        foreach (var block in parsed)
        {
            if (Replacement(block, text) is not { } replacement) continue;
            page.Append(text.AsSpan(position, block.Span.Start - position)).Append(replacement);
            position = Math.Min(text.Length, block.Span.End + 1);
        }

        return page.Append(text.AsSpan(position)).ToString().Trim();
    }

    // Null where the words stay as they are.
    private static string? Replacement(Block block, string text) => block switch
    {
        YamlFrontMatterBlock => "",
        HtmlBlock { Type: HtmlBlockType.Comment or HtmlBlockType.ScriptPreOrStyle } html when !IsPre(html, text) => "",
        HeadingBlock { IsSetext: true } heading => $"{new string('#', heading.Level)} {HeadingText(heading, text)}",
        _ => null,
    };

    private static bool IsPre(HtmlBlock block, string text) => Slice(text, block).StartsWith("<pre", StringComparison.OrdinalIgnoreCase);

    private static string HeadingText(HeadingBlock heading, string text) => heading.IsSetext
        ? string.Join(' ', Slice(text, heading).Split('\n')[..^1]).Trim()
        : Slice(text, heading).Trim('#', ' ', '\t', '\n');

    private static string Slice(string text, Block block) =>
        text[block.Span.Start..Math.Min(text.Length, block.Span.End + 1)];

    private static string? FrontMatter(string matter, string key)
    {
        foreach (Match line in Entry().Matches(matter))
            if (line.Groups[1].ValueSpan.Equals(key, StringComparison.OrdinalIgnoreCase)) return line.Groups[2].Value.Trim().Trim('"', '\'');
        return null;
    }

    private static DateTimeOffset? Date(string matter)
    {
        foreach (var key in new[] { "changed_at", "updated", "last_updated", "date" })
            if (DateTimeOffset.TryParse(FrontMatter(matter, key), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var date)) return date;
        return null;
    }

    [GeneratedRegex(@"^([A-Za-z_]+):[ \t]*(\S.*)$", RegexOptions.Multiline, matchTimeoutMilliseconds: 500)]
    private static partial Regex Entry();
}
