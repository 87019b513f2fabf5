namespace FteAgent.Knowledge;

/// <summary>
/// What is searched for one by one. Somebody who writes once, at length, tells a story before the question and asks more than
/// one thing: its sentences are searched in groups, as the messages of somebody who writes in pieces are.
/// </summary>
internal static class Utterances
{
    /// <summary>A group of sentences ends before it is longer than this; a text that is no longer is searched as it stands.</summary>
    public const int GroupWords = 20;

    /// <summary>Up to this length a text is also searched whole; beyond it the whole only blurs what its parts say.</summary>
    /// <remarks>
    /// Measured on the opening messages of the banking set: reciprocal rank .426 whole, .430 with both, .453 in groups alone. Turns
    /// of one conversation are not cut: that lowered it from .641 to .612, since they are short and there are many.
    /// </remarks>
    public const int WholeWords = 40;

    /// <summary>Groups made of one text: together as many words as are read of a text that is not cut.</summary>
    public const int MaxGroups = 20;

    /// <summary>The texts to search, from what the customer wrote.</summary>
    public static IReadOnlyList<string> Of(IReadOnlyList<string> texts) => texts.Count == 1 ? Cut(texts[0]) : texts;

    private static IReadOnlyList<string> Cut(string text)
    {
        var words = CountWords(text);
        if (words <= GroupWords) return [text];
        var groups = Groups(text);
        if (groups.Count < 2) return [text];
        return words <= WholeWords ? [text, .. groups] : groups;
    }

    private static List<string> Groups(string text)
    {
        var groups = new List<string>();
        var (start, end, words) = (0, 0, 0);
        foreach (var sentence in Sentences(text))
        {
            var own = CountWords(text.AsSpan()[sentence]);
            if (own == 0) continue;
            if (words > 0 && words + own > GroupWords)
            {
                if (groups.Count == MaxGroups - 1) break;
                groups.Add(text[start..end]);
                (start, words) = (sentence.Start.Value, 0);
            }

            if (words == 0) start = sentence.Start.Value;
            end = sentence.End.Value;
            words += own;
        }

        if (words > 0) groups.Add(text[start..end]);
        return groups;
    }

    // A sentence ends at its mark before a space, or at a line's end.
    private static List<Range> Sentences(string text)
    {
        var sentences = new List<Range>();
        var start = 0;
        for (var i = 0; i < text.Length; i++)
        {
            var ends = text[i] is '\n' or '\u3002' || (text[i] is '.' or '!' or '?' && i + 1 < text.Length && char.IsWhiteSpace(text[i + 1]));
            if (!ends) continue;
            sentences.Add(start..(i + 1));
            start = i + 1;
        }

        if (start < text.Length) sentences.Add(start..text.Length);
        return sentences;
    }

    private static int CountWords(ReadOnlySpan<char> text)
    {
        var words = 0;
        var inside = false;
        foreach (var c in text)
        {
            var space = char.IsWhiteSpace(c);
            if (!space && !inside) words++;
            inside = !space;
        }

        return words;
    }
}
