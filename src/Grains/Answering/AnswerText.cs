using System.Text;
using FteAgent.Knowledge;

namespace FteAgent.Answering;

/// <summary>Sets quoted passages as an answer in plain text: where each stands, then its words without their marks.</summary>
internal static class AnswerText
{
    private const char Column = '|';

    /// <summary>Stands for the name of a column that has none, so that the others keep their places.</summary>
    private const string NoName = "–";

    public static string Of(IReadOnlyList<Passage> passages)
    {
        var answer = new StringBuilder();
        foreach (var passage in passages)
        {
            if (answer.Length > 0) answer.Append("\n\n");
            answer.Append(answer.Length == 0 ? "Our documentation says" : "See also").Append(Place(passage)).Append(":\n\n");
            Append(answer, passage);
        }

        return answer.ToString();
    }

    /// <summary>How many words the answer has with these passages.</summary>
    public static int WordsOf(IReadOnlyList<Passage> passages) => Of(passages).Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries).Length;

    /// <summary>A quoted table's rows as they are said, each with the names of its columns, which stand in the quote's heading.</summary>
    public static IEnumerable<string> Rows(Citation quoted) =>
        from columns in quoted.Heading.Split(Chunker.PathSeparator)
        where columns.Contains(Column)
        from line in quoted.Quote.Split('\n')
        where line.AsSpan().TrimStart().StartsWith(Column)
        select Row(line, columns);

    /// <summary>The names of a table's columns, as the last of the headings above its rows. Empty where they have none.</summary>
    public static string ColumnsOf(string header)
    {
        var names = Cells(header);
        return names.TrueForAll(name => name.Length == 0) ? "" : string.Join($" {Column} ", names.Select(name => name.Length == 0 ? NoName : name));
    }

    private static string Place(Passage passage)
    {
        var section = passage.Heading.Split(Chunker.PathSeparator)[^1];
        if (section.Length == 0 || section == passage.Hit.Title) return passage.Hit.Title.Length == 0 ? "" : $" in “{passage.Hit.Title}”";
        return $" in “{passage.Hit.Title}”, under “{section}”";
    }

    private static void Append(StringBuilder answer, Passage passage)
    {
        TextUnit? before = null;
        foreach (var unit in passage.Units)
        {
            var words = Plain(unit, passage.TextOf(unit));
            if (words.Length == 0) continue;
            if (before is not null) answer.Append(Between(before, unit));
            answer.Append(words);
            before = unit;
        }

        if (passage.GoesOn) answer.Append("\n\n(More steps follow in the document.)");
    }

    private static string Plain(TextUnit unit, string text) => unit.Kind switch
    {
        UnitKind.Code => Code(text),
        UnitKind.Row => Row(text, unit.Header),
        UnitKind.Item => "• " + PlainText.Of(text[2..]),
        _ => PlainText.Of(text),
    };

    private static string Between(TextUnit before, TextUnit next)
    {
        if (before.Kind == UnitKind.Sentence && next.Kind == UnitKind.Sentence) return before.Block == next.Block ? " " : "\n\n";
        return before.Kind == UnitKind.Code || next.Kind == UnitKind.Code || before.Block != next.Block ? "\n\n" : "\n";
    }

    private static string Code(string fence)
    {
        var lines = fence.Split('\n');
        var last = MarkdownBlocks.FenceOf(lines[^1]) > 0 && lines.Length > 1 ? lines.Length - 1 : lines.Length;
        var code = lines[1..last];
        var indent = code.Where(line => !string.IsNullOrWhiteSpace(line)).Select(line => line.Length - line.TrimStart().Length).DefaultIfEmpty().Min();
        return string.Join('\n', code.Select(line => string.IsNullOrWhiteSpace(line) ? "" : "    " + line[indent..].TrimEnd())).Trim('\n');
    }

    // "Code: 402; Meaning: …": a row read alone must say what its cells are.
    private static string Row(string row, string? header)
    {
        var cells = Cells(row);
        var names = header is null ? [] : Cells(header);
        if (names.All(name => name.Length == 0)) return "• " + string.Join(" – ", cells.Where(cell => cell.Length > 0));
        var named = cells.Select((cell, i) => i < names.Count && names[i].Length > 0 && cell.Length > 0 ? $"{names[i]}: {cell}" : cell);
        return "• " + string.Join("; ", named.Where(cell => cell.Length > 0));
    }

    private static List<string> Cells(string row) => [.. row.Trim().Trim(Column).Split(Column).Select(PlainText.Of)];
}
