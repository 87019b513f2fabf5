namespace FteAgent.Knowledge;

internal enum BlockKind
{
    Heading,
    Code,
    Prose,
}

/// <summary>A run of lines of a Markdown text: a heading, a whole code fence, or lines up to the next blank one. Level is 1 to 6 for a heading, else 0.</summary>
internal readonly record struct Block(BlockKind Kind, int Start, int End, int Level);

/// <summary>
/// Cuts Markdown into blocks by their place in the text, so that what is quoted later stands there word for word.
/// (A parser's tree would have to be written back, and would then no longer be a quote.)
/// </summary>
internal static class MarkdownBlocks
{
    private const int DeepestHeading = 6;

    public static List<Block> Read(ReadOnlySpan<char> text)
    {
        var blocks = new List<Block>();
        var position = 0;
        while (position < text.Length)
        {
            var end = LineEnd(text, position);
            var line = text[position..end];
            if (line.IsWhiteSpace()) position = Next(text, end);
            else if (FenceOf(line) is var fence && fence > 0) position = ReadCode(text, position, line.TrimStart()[0], fence, blocks);
            else if (HeadingLevel(line) is var level && level > 0) position = Add(blocks, text, new Block(BlockKind.Heading, position, end, level));
            else position = ReadProse(text, position, blocks);
        }

        return blocks;
    }

    /// <summary>1 to 6 when the line is a heading, else 0.</summary>
    public static int HeadingLevel(ReadOnlySpan<char> line)
    {
        var marks = line.Length - line.TrimStart('#').Length;
        return marks is > 0 and <= DeepestHeading && marks < line.Length && line[marks] is ' ' or '\t' ? marks : 0;
    }

    /// <summary>How many marks open a code fence on this line, or 0.</summary>
    public static int FenceOf(ReadOnlySpan<char> line)
    {
        line = line.TrimStart();
        if (line.IsEmpty || line[0] is not ('`' or '~')) return 0;
        var marks = line.Length - line.TrimStart(line[0]).Length;
        // `code` that begins a sentence holds its closing mark on the same line.
        return marks >= 3 && !line[marks..].Contains('`') ? marks : 0;
    }

    /// <summary>Where the line that begins here ends, before its line break.</summary>
    public static int LineEnd(ReadOnlySpan<char> text, int start)
    {
        var length = text[start..].IndexOf('\n');
        return length < 0 ? text.Length : start + length;
    }

    private static int ReadCode(ReadOnlySpan<char> text, int start, char mark, int marks, List<Block> blocks)
    {
        var position = Next(text, LineEnd(text, start));
        while (position < text.Length)
        {
            var end = LineEnd(text, position);
            var line = text[position..end].Trim();
            if (line.Length >= marks && line.TrimStart(mark).IsEmpty) return Add(blocks, text, new Block(BlockKind.Code, start, end, 0));
            position = Next(text, end);
        }

        return Add(blocks, text, new Block(BlockKind.Code, start, text.Length, 0));
    }

    private static int ReadProse(ReadOnlySpan<char> text, int start, List<Block> blocks)
    {
        var end = LineEnd(text, start);
        while (Next(text, end) is var next && next < text.Length)
        {
            var line = text[next..LineEnd(text, next)];
            if (line.IsWhiteSpace() || FenceOf(line) > 0 || HeadingLevel(line) > 0) break;
            end = next + line.Length;
        }

        return Add(blocks, text, new Block(BlockKind.Prose, start, end, 0));
    }

    private static int Add(List<Block> blocks, ReadOnlySpan<char> text, Block block)
    {
        blocks.Add(block);
        return Next(text, block.End);
    }

    private static int Next(ReadOnlySpan<char> text, int lineEnd) => Math.Min(lineEnd + 1, text.Length);
}
