using System.Collections.Immutable;
using FteAgent.Knowledge;

namespace FteAgent.Answering;

internal enum UnitKind
{
    Sentence,
    Item,
    Step,
    Row,
    Code,
}

/// <summary>The smallest piece that is quoted whole.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Start">Where it begins in the chunk.</param>
/// <param name="End">Where it ends.</param>
/// <param name="Words">How many words it has.</param>
/// <param name="Block">Which paragraph, list or table it belongs to; one number for a list, even over blank lines.</param>
/// <param name="Heading">The headings above it.</param>
/// <param name="Header">For a table's row: the row that names its columns.</param>
internal sealed record TextUnit(UnitKind Kind, int Start, int End, int Words, int Block, string Heading, string? Header = null);

/// <summary>Reads a chunk as sentences, list items, table rows and code.</summary>
internal static class TextUnits
{
    public static List<TextUnit> Read(SearchHit hit)
    {
        var reading = new Reading(hit);
        foreach (var block in MarkdownBlocks.Read(hit.Text)) reading.Take(block);
        return reading.Units;
    }

    /// <summary>What belongs together: the sentences of a paragraph. An item, a step, a row and code stand each by itself, also amid a paragraph.</summary>
    public static IEnumerable<ImmutableArray<TextUnit>> Parts(IEnumerable<TextUnit> units)
    {
        var paragraph = ImmutableArray.CreateBuilder<TextUnit>();
        foreach (var unit in units)
        {
            if (paragraph.Count > 0 && (unit.Kind is not UnitKind.Sentence || unit.Block != paragraph[^1].Block))
                yield return paragraph.DrainToImmutable();
            if (unit.Kind is UnitKind.Sentence) paragraph.Add(unit);
            else yield return [unit];
        }

        if (paragraph.Count > 0)
            yield return paragraph.DrainToImmutable();
    }

    private sealed class Reading(SearchHit hit)
    {
        private readonly string text = hit.Text;
        private readonly HeadingPath inner = new();
        private string heading = hit.Heading;
        private int first;
        private int block;
        private string? header;

        public List<TextUnit> Units { get; } = [];

        public void Take(Block next)
        {
            switch (next.Kind)
            {
                case BlockKind.Heading:
                    inner.Enter(next.Level, text[next.Start..next.End]);
                    if (first == 0) first = inner.Outermost;
                    heading = Join();
                    block++;
                    break;
                case BlockKind.Code:
                    // Code belongs to what introduces it.
                    Add(UnitKind.Code, next.Start, next.End);
                    break;
                default:
                    if (!ContinuesList(next))
                    {
                        block++;
                        header = null;
                    }

                    Lines(next);
                    break;
            }
        }

        // The chunk is filed under its first heading, which usually stands in it too.
        private string Join()
        {
            var own = inner.ToList();
            // A heading without words names nothing: what stands below it belongs to the one above.
            if (own.Count == 0) return hit.Heading;
            // The title is named by itself.
            if (own[0] == hit.Title) own.RemoveAt(0);
            if (own.Count == 0) return "";
            var above = hit.Heading.Split(Chunker.PathSeparator, StringSplitOptions.RemoveEmptyEntries);
            var at = Array.IndexOf(above, own[0]);
            // The last of those above is the chunk's first heading. One of a higher level leaves more of them behind than that one.
            var left = 1 + Math.Max(0, first - inner.Outermost);
            return string.Join(Chunker.PathSeparator, above.Take(at < 0 ? Math.Max(0, above.Length - left) : at).Concat(own));
        }

        private bool ContinuesList(Block next) =>
            Units.Count > 0 && Units[^1].Kind is UnitKind.Item or UnitKind.Step or UnitKind.Code
            && (Marker(text.AsSpan(next.Start, next.End - next.Start)) is UnitKind.Item or UnitKind.Step || char.IsWhiteSpace(text[next.Start]));

        private void Lines(Block next)
        {
            var start = next.Start;
            while (start < next.End)
            {
                var end = start + MarkdownBlocks.LineEnd(text.AsSpan(start, next.End - start), 0);
                var kind = Marker(text.AsSpan(start, end - start));
                // An item or a paragraph goes on until a line begins the next one.
                while (kind != UnitKind.Row && end < next.End)
                {
                    var lineEnd = end + 1 + MarkdownBlocks.LineEnd(text.AsSpan(end + 1, next.End - end - 1), 0);
                    if (Marker(text.AsSpan(end + 1, lineEnd - end - 1)) is not null) break;
                    end = lineEnd;
                }

                if (kind is { } marked) Add(marked, start, end);
                else Sentences(start, end);
                start = end + 1;
            }
        }

        private void Sentences(int start, int end)
        {
            foreach (var (from, to) in SentenceSplitter.Split(text, start, end)) Add(UnitKind.Sentence, from, to);
        }

        private void Add(UnitKind kind, int start, int end)
        {
            while (start < end && char.IsWhiteSpace(text[start])) start++;
            while (end > start && char.IsWhiteSpace(text[end - 1])) end--;
            var words = text.AsSpan(start, end - start);
            if (words.Trim("|-:*_ \t").IsEmpty)
            {
                // The rule under a table's first row makes that row its header; any other rule is only a line.
                if (kind == UnitKind.Row && Units.Count > 0 && Units[^1] is { Kind: UnitKind.Row } above && above.Block == block)
                {
                    header = text[above.Start..above.End];
                    Units.RemoveAt(Units.Count - 1);
                }

                return;
            }

            Units.Add(new TextUnit(kind, start, end, words.Count(' ') + words.Count('\n') + 1, block, heading, kind == UnitKind.Row ? header : null));
        }

        private static UnitKind? Marker(ReadOnlySpan<char> line)
        {
            line = line.TrimStart();
            if (line.IsEmpty) return null;
            if (line[0] == '|') return UnitKind.Row;
            if (line.Length > 1 && line[0] is '-' or '*' or '+' or '•' && line[1] == ' ') return UnitKind.Item;
            var digits = 0;
            while (digits < line.Length && char.IsAsciiDigit(line[digits])) digits++;
            return digits is > 0 and < 3 && digits + 1 < line.Length && line[digits] is '.' or ')' && line[digits + 1] == ' ' ? UnitKind.Step : null;
        }
    }
}
