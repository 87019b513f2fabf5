using System.Text.RegularExpressions;

namespace FteAgent.Answering.Rules;

/// <summary>
/// Cuts a handbook, Markdown or plain text, into statements. Knows how handbooks are laid out (headings, bullets, labels,
/// tables, quoted templates) and nothing of what any one of them says.
/// </summary>
internal static partial class HandbookParser
{
    /// <summary>Longer handbooks are read to here.</summary>
    public const int MaxLength = 200_000;

    private const int LongestLabel = 60;
    private const int LongestKeyword = 60;

    private static readonly PhraseSet ExemptHeading = new([
        "not|never|no|do|avoid|without|non ..2 escalate|escalation|escalating",
        "non escalation",
        "handle|handled|answer|resolve ..2 directly|autonomously|yourself|alone|self",
        "ai|assistant|bot can|may|should handle|answer|resolve",
        "no escalation|handoff",
    ]);

    private static readonly PhraseSet EscalateHeading = new([
        "escalate|escalates|escalation|escalations|handoff|handover|guardrail*|trigger*",
        "hand ..1 off|over",
    ]);

    // Always about the handling, whatever else the heading names.
    private static readonly PhraseSet ProcessHeading = new([
        "template|templates|workflow|metric|metrics|logging|format|tone|voice|length|hours|schema|changelog|glossary|appendix|routing|examples|levels|checklist",
        "response|responses template|templates|time|times|guidelines|messages",
    ]);

    // About the handling unless the heading also names a family of rules.
    private static readonly PhraseSet OtherHeading = new([
        "response|responses|process|log|priority|priorities|level|urgency|sla|example|handoff|overview|purpose|introduction|behavior|behaviour|improvement|improve|context|review|updates|post|special|gray|edge|loop|step|steps|message|messaging|communication|guidelines|data|notify|notification|notifications|contacts|times|time|limits|mandate|team|teams|fields|tracking|close|closing|version|metadata|learn",
    ]);

    private static readonly PhraseSet KeywordLabel = new(["keyword*|phrase|phrases|pattern|patterns|words|terms|says|types|triggers"]);

    private static readonly PhraseSet ConditionLabel = new([
        "condition|conditions|trigger|triggers|when|detection|indicator|indicators|criteria|detect|detected|customer|mention|mentions|escalate|keyword*|if|examples|names|requests|asks|signals|signs",
    ]);

    private static readonly PhraseSet OtherLabel = new([
        "action|actions|response|reason|rationale|note|enforcement|template|reply|priority|urgency|target|code|method|owner|route|assigned|sla|step|message|why|exception|goal|version|date|updated|effective|channel",
    ]);

    /// <summary>The statements of a handbook, in order.</summary>
    public static IEnumerable<HandbookLine> Parse(string handbook)
    {
        if (handbook.Length > MaxLength)
            handbook = handbook[..MaxLength];
        var headings = new List<(int Level, string Text, HandbookSection Section)>();
        var columns = Array.Empty<string>();
        string? label = null;
        var inFence = false;
        foreach (var raw in handbook.Split('\n'))
        {
            var line = raw.Trim();
            if (line.StartsWith("```", StringComparison.Ordinal))
            {
                inFence = !inFence;
                continue;
            }

            if (inFence || line.StartsWith('>') || IsRule(line))
                continue;
            if (line.Length == 0)
            {
                columns = [];
                continue;
            }

            if (Heading(line) is var (level, heading) && heading.Length > 0)
            {
                headings.RemoveAll(above => above.Level >= level);
                headings.Add((level, heading, SectionOf(heading, headings.ConvertAll(above => above.Section))));
                label = null;
                continue;
            }

            var section = headings.Count == 0 ? HandbookSection.Escalate : headings[^1].Section;
            var titles = headings.ConvertAll(above => above.Text);
            var channel = titles.Select(Channels.OfHeading).LastOrDefault(found => found is not null);
            if (line.StartsWith('|'))
            {
                var cells = line.Trim('|').Split('|', StringSplitOptions.TrimEntries);
                if (columns.Length == 0)
                    columns = cells;
                else if (!line.Contains("---", StringComparison.Ordinal))
                    yield return Row(columns, cells, titles, section, channel);
                continue;
            }

            // "Pricing questions → sales": what follows the arrow is what is done then.
            line = line.Split('→')[0].Split("->")[0].Split("=>")[0].TrimEnd();
            var isBullet = Bullet().Match(line) is { Success: true } bullet && (line = line[bullet.Length..].Trim()).Length > 0;
            var (own, text) = SplitLabel(line);
            if (own is null && !isBullet)
                label = null;
            if (own is not null && text.Length == 0)
            {
                // "Keywords:" on a line of its own speaks for the bullets that follow.
                label = own;
                continue;
            }

            if (own is not null && !isBullet)
                label = null;
            var says = own ?? label;
            if (says is not null && IsAside(says))
                continue;
            var listsKeywords = says is not null && KeywordLabel.Matches(Reading.Of(says));
            yield return new HandbookLine(
                Plain(own is null || ConditionLabel.Matches(Reading.Of(own)) || listsKeywords ? text : $"{own} {text}"), titles, section, says ?? "", Keywords(text, listsKeywords), channel ?? (own is null ? null : ChannelOf(own)));
        }
    }

    private static (int Level, string Text) Heading(string line)
    {
        var level = line.TakeWhile(c => c == '#').Count();
        return level is > 0 and <= 6 && level < line.Length && line[level] == ' ' ? (level, Plain(line[level..])) : (0, "");
    }

    private static HandbookSection SectionOf(string heading, List<HandbookSection> above)
    {
        // What stands in brackets comments on the heading: "(high priority)", "(never answer directly)".
        heading = Parenthesis().Replace(heading, " ");
        var read = Reading.Of(heading);
        if (ExemptHeading.Matches(read))
            return HandbookSection.Exempt;
        if (above is [.., HandbookSection.Exempt])
            return HandbookSection.Exempt;
        // Below a list of triggers each heading names one, unless it is about how escalations are worded or measured;
        // what stands below such a heading is about that too.
        if (!above.Contains(HandbookSection.Escalate))
            return EscalateHeading.Matches(read) && !ProcessHeading.Matches(read) ? HandbookSection.Escalate : HandbookSection.Other;
        return above[^1] is HandbookSection.Other || IsAboutProcess(heading, read) ? HandbookSection.Other : HandbookSection.Escalate;
    }

    /// <summary>Whether a heading is about the handling: "Response templates", "Priority levels"; "No response after three messages" is not.</summary>
    private static bool IsAboutProcess(string heading, Reading read) =>
        ProcessHeading.Matches(read) || (OtherHeading.Matches(read) && HandbookFamilies.Of(heading).Count == 0 && !heading.Contains("trigger", StringComparison.OrdinalIgnoreCase));

    private static bool IsRule(string line) => line.Length >= 3 && line.All(c => c is '-' or '*' or '_' or '=');

    private static (string? Label, string Text) SplitLabel(string line)
    {
        if (line.EndsWith(':') && line.Length <= LongestLabel)
            return (Plain(line.TrimEnd(':')), "");
        var match = Label().Match(line);
        if (!match.Success || match.Groups[1].Length > LongestLabel || match.Groups[1].Value.Contains(". ", StringComparison.Ordinal))
            return (null, line);
        return (Plain(match.Groups[1].Value), line[match.Length..].Trim());
    }

    private static bool IsAside(string label)
    {
        var read = Reading.Of(label);
        return OtherLabel.Matches(read) && !ConditionLabel.Matches(read);
    }

    private static HandbookLine Row(string[] columns, string[] cells, List<string> titles, HandbookSection section, string? channel)
    {
        var keywords = new List<string>();
        var words = new List<string>();
        for (var i = 0; i < cells.Length; i++)
        {
            var column = i < columns.Length ? columns[i] : "";
            if (KeywordLabel.Matches(Reading.Of(column)) && !(i == 0 && cells.Length > 1 && !cells[i].Contains('"')))
                keywords.AddRange(Keywords(cells[i], lists: true));
            else if (i == 0)
                words.Add(cells[i]);
        }

        // A table whose first column asks ("Question | Action") shows examples; those are for people.
        var isExample = columns.Length > 0 && Reading.Of(columns[0]).Tokens.Any(token => token.Word is "question" or "situation" or "score" or "priority" or "plan" or "example" or "instead");
        return new HandbookLine(Plain(string.Join(' ', words)), titles, isExample ? HandbookSection.Other : section, "", keywords, channel);
    }

    private static List<string> Keywords(string text, bool lists)
    {
        var quoted = Quoted().Matches(text).Select(match => match.Groups[1].Value).ToList();
        if (quoted.Count > 0)
            return quoted.ConvertAll(Trim);
        // "Sentiment below 0.3 OR keywords: refund, scam": the list begins in the middle of the statement.
        if (!lists && InlineList().Match(text) is { Success: true } inline)
            (lists, text) = (true, text[(inline.Index + inline.Length)..]);
        if (!lists)
            return [];
        return Parenthesis().Replace(text, " ").Split([',', ';', '/'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
            .Select(Trim).Where(keyword => keyword.Length is > 0 and <= LongestKeyword && keyword.Split(' ').Length <= 4 && !keyword.Contains('<')).ToList();
    }

    private static string? ChannelOf(string label) =>
        Reading.Of(label).Tokens.Select(token => Channels.OfHeading(token.Word)).FirstOrDefault(found => found is not null);

    private static string Trim(string keyword) => Plain(keyword).Trim(' ', '.', '!', '?', ',', ':');

    private static string Plain(string text) => Marks().Replace(text, "").Trim();

    [GeneratedRegex(@"^(?:[-*•+]|\d{1,3}[.)]|[✅❌✔✓➤→]|\[[ x]\])\s*(?:\[[ x]\]\s*|[✅❌✔✓]\s*)?", RegexOptions.CultureInvariant)]
    private static partial Regex Bullet();

    [GeneratedRegex(@"^\**([^:*|""“]{2,80}?)\**:\**(?:\s+|$)", RegexOptions.CultureInvariant)]
    private static partial Regex Label();

    [GeneratedRegex("[\"“]([^\"”“]{1,80})[\"”]", RegexOptions.CultureInvariant)]
    private static partial Regex Quoted();

    [GeneratedRegex(@"\b(?:keywords?|words|phrases|mentions|references to|says|contains)\s*:\s*", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex InlineList();

    [GeneratedRegex(@"\([^)]{0,200}\)", RegexOptions.CultureInvariant)]
    private static partial Regex Parenthesis();

    [GeneratedRegex(@"[*_`#]+", RegexOptions.CultureInvariant)]
    private static partial Regex Marks();
}
