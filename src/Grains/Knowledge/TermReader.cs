using System.Globalization;

namespace FteAgent.Knowledge;

/// <summary>
/// Reads the terms of a text one by one without allocating: lower case, accents folded, lightly stemmed, stop words left out.
/// Scripts written without spaces give one term a character; adjacent pairs then do the work of words.
/// </summary>
internal ref struct TermReader(ReadOnlySpan<char> text)
{
    /// <summary>Longer runs are keys and hashes: their beginning tells them apart well enough.</summary>
    private const int MaxTermLength = 40;

    private readonly ReadOnlySpan<char> text = text;
    private TermBuffer buffer;
    private int position;
    private int length;

    /// <summary>Where the current term's word begins in the text.</summary>
    public int Start { get; private set; }

    /// <summary>Where the current term's word ends.</summary>
    public readonly int End => position;

    /// <summary>The current term; valid until the next move.</summary>
    [System.Diagnostics.CodeAnalysis.UnscopedRef]
    public readonly ReadOnlySpan<char> Current => ((ReadOnlySpan<char>)buffer)[..length];

    /// <summary>All terms, for callers that keep them.</summary>
    public static List<string> All(ReadOnlySpan<char> text)
    {
        var terms = new List<string>();
        var reader = new TermReader(text);
        while (reader.MoveNext()) terms.Add(reader.Current.ToString());
        return terms;
    }

    public bool MoveNext()
    {
        while (ReadWord())
        {
            Span<char> word = buffer;
            if (length == 0 || StopWords.Holds(word[..length])) continue;
            length = Stemmer.Stem(word, length);
            return true;
        }

        return false;
    }

    private bool ReadWord()
    {
        length = 0;
        while (position < text.Length && !Letters.Belongs(text[position])) position++;
        if (position == text.Length) return false;
        Start = position;
        if (Letters.StandsAlone(text[position]))
        {
            buffer[length++] = text[position++];
            return true;
        }

        for (; position < text.Length; position++)
        {
            var c = text[position];
            if (Letters.Belongs(c) && !Letters.StandsAlone(c)) Keep(c);
            else if (!Letters.IsApostrophe(c) || position + 1 == text.Length || !Letters.Belongs(text[position + 1])) break;
        }

        return true;
    }

    private void Keep(char c)
    {
        if (char.GetUnicodeCategory(c) is UnicodeCategory.NonSpacingMark && c < '\u0370') return;
        if (length < MaxTermLength) buffer[length++] = Letters.Fold(c);
    }

    [System.Runtime.CompilerServices.InlineArray(MaxTermLength)]
    private struct TermBuffer
    {
        private char first;
    }
}
