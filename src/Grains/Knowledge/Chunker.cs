using System.Security.Cryptography;
using System.Text;
using FteAgent.Texts;

namespace FteAgent.Knowledge;

/// <summary>
/// Cuts a document into chunks of about two hundred words along its headings. A chunk is an exact piece of the document;
/// a code fence or a paragraph is not cut while it is of reasonable size, and no heading is left without what it heads.
/// </summary>
internal static class Chunker
{
    /// <summary>A chunk with this many words is full.</summary>
    public const int FullWords = 200;

    /// <summary>What would make a chunk longer than this begins the next.</summary>
    public const int MaxWords = 300;

    /// <summary>A section shorter than this is read on into the next, so that no chunk is a bare sentence.</summary>
    public const int FewWords = 80;

    /// <summary>One block longer than this is cut, whatever it is.</summary>
    public const int MaxBlockCharacters = 6_000;

    /// <summary>Between the headings of a path.</summary>
    public const string PathSeparator = " › ";

    public static List<StoredChunk> Cut(Document document)
    {
        var chunks = new List<StoredChunk>();
        var seen = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (var piece in Pieces(document.Text))
        {
            var text = document.Text[piece.Start..piece.End].Trim();
            if (text.Length == 0) continue;
            var heading = Join(piece.Path, document.Title);
            chunks.Add(new StoredChunk(IdOf(document.Id, heading, text, seen), document.Id, heading, text, null));
        }

        // A document without words of its own can still be found by its title.
        if (chunks.Count == 0) chunks.Add(new StoredChunk(IdOf(document.Id, "", document.Title, seen), document.Id, "", document.Title, null));
        return chunks;
    }

    private static List<Piece> Pieces(string text)
    {
        var pieces = new List<Piece>();
        var path = new HeadingPath();
        var piece = new Piece();
        foreach (var block in MarkdownBlocks.Read(text).SelectMany(block => Split(text, block)))
        {
            var words = CountWords(text.AsSpan(block.Start, block.End - block.Start));
            if (!piece.HeadingsOnly && !piece.LeadsOn(text) && IsFull(piece, block, words))
            {
                pieces.Add(piece);
                piece = new Piece();
            }

            if (block.Kind == BlockKind.Heading) path.Enter(block.Level, text[block.Start..block.End]);
            piece.Take(block, words, path);
        }

        if (!piece.IsEmpty) pieces.Add(piece);
        return pieces;
    }

    private static bool IsFull(Piece piece, Block next, int words) => next.Kind == BlockKind.Heading
        ? piece.Words >= FewWords
        : piece.Words >= FullWords || piece.Words + words > MaxWords;

    // Huge blocks (an unclosed fence, a book in one paragraph) are cut at line or sentence ends.
    private static IEnumerable<Block> Split(string text, Block block)
    {
        var start = block.Start;
        while (block.End - start > MaxBlockCharacters)
        {
            var end = start + MaxBlockCharacters;
            var cut = text.LastIndexOf('\n', end - 1, MaxBlockCharacters / 2);
            if (cut < 0) cut = text.LastIndexOf(". ", end - 1, MaxBlockCharacters / 2, StringComparison.Ordinal);
            if (cut < 0) cut = text.LastIndexOf(' ', end - 1, MaxBlockCharacters / 2);
            if (cut < 0) cut = SafeCut.Place(text, end) - 1;
            yield return block with { Start = start, End = cut + 1 };
            start = cut + 1;
        }

        yield return block with { Start = start };
    }

    private static int CountWords(ReadOnlySpan<char> text)
    {
        var words = 0;
        var inside = false;
        foreach (var c in text)
        {
            var space = char.IsWhiteSpace(c);
            // Text without spaces is counted by the character, two to a word.
            if (!space && (!inside || (Letters.StandsAlone(c) && (words & 1) == 0))) words++;
            inside = !space;
        }

        return words;
    }

    private static string Join(IReadOnlyList<string> path, string title) =>
        string.Join(PathSeparator, path.Count > 0 && path[0] == title ? path.Skip(1) : path);

    private static string IdOf(string document, string heading, string text, Dictionary<string, int> seen)
    {
        var hash = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(heading + "\n" + text)).AsSpan(0, 6));
        var times = seen[hash] = seen.GetValueOrDefault(hash) + 1;
        return times == 1 ? $"{document}#{hash}" : $"{document}#{hash}-{times}";
    }

    private sealed class Piece
    {
        public int Start { get; private set; } = -1;
        public int End { get; private set; }
        public int Words { get; private set; }
        public bool HeadingsOnly { get; private set; } = true;
        public bool IsEmpty => Start < 0;
        public IReadOnlyList<string> Path { get; private set; } = [];

        // "Do this:" stays with what it announces.
        public bool LeadsOn(string text) => text.AsSpan(Start, End - Start).TrimEnd().EndsWith(':') && Words <= MaxWords;

        public void Take(Block block, int words, HeadingPath path)
        {
            if (IsEmpty) Start = block.Start;
            End = block.End;
            Words += words;
            // The chunk is filed under the heading of its first words.
            if (HeadingsOnly) Path = path.ToList();
            HeadingsOnly &= block.Kind == BlockKind.Heading;
        }
    }
}
