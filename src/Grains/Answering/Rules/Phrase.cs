using System.Numerics;

namespace FteAgent.Answering.Rules;

/// <summary>
/// A pattern over the words of one sentence, written so that a table of rules can be read aloud:
/// <c>want|need to? speak to|with ..2 human|person</c>. A bar separates alternatives, a question mark makes an element
/// optional, <c>..n</c> skips up to n words, <c>refund*</c> matches a beginning, <c>@name</c> a set of the
/// <see cref="Vocabulary"/>, <c>#</c> a number, <c>^</c> and <c>$</c> the sentence's ends (<c>$</c> also among alternatives). Matching keeps a set of states
/// in one integer, so that its cost is at most words × elements whatever the text.
/// </summary>
internal sealed class Phrase
{
    private const int MaxElements = 62;

    private readonly List<Element> _elements = [];
    private readonly bool _atStart;
    private readonly bool _atEnd;

    public Phrase(string pattern)
    {
        Pattern = pattern;
        var parts = pattern.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        foreach (var part in parts)
        {
            if (part == "^")
                _atStart = true;
            else if (part == "$")
                _atEnd = true;
            else if (part.StartsWith("..", StringComparison.Ordinal))
                _elements.AddRange(Enumerable.Repeat(Element.AnyWord, int.Parse(part[2..], System.Globalization.CultureInfo.InvariantCulture)));
            else
                _elements.Add(Element.Parse(part));
        }

        if (_elements.Count is 0 or > MaxElements)
            throw new ArgumentException($"A phrase has 1 to {MaxElements} elements: {pattern}", nameof(pattern));
    }

    /// <summary>The pattern as written.</summary>
    public string Pattern { get; }

    /// <summary>The words that a match can begin with, or null when it can begin with any.</summary>
    public IReadOnlyCollection<string>? FirstWords()
    {
        var words = new List<string>();
        foreach (var element in _elements)
        {
            if (element.Words is null || element.HasPattern)
                return null;
            words.AddRange(element.Words);
            if (!element.Optional)
                return words;
        }

        return null;
    }

    /// <summary>Whether the pattern matches with its first word at <paramref name="start"/>.</summary>
    public bool MatchesAt(ReadOnlySpan<Token> tokens, int start)
    {
        var sentence = tokens[start].Sentence;
        if (_atStart && start > 0 && tokens[start - 1].Sentence == sentence)
            return false;
        var accept = 1UL << _elements.Count;
        var states = Close(1);
        for (var i = start; i < tokens.Length && tokens[i].Sentence == sentence && states != 0; i++)
        {
            var next = 0UL;
            for (var rest = states & (accept - 1); rest != 0; rest &= rest - 1)
            {
                var state = BitOperations.TrailingZeroCount(rest);
                if (_elements[state].Matches(tokens[i].Word))
                    next |= 1UL << (state + 1);
            }

            states = Close(next);
            var isLast = i + 1 == tokens.Length || tokens[i + 1].Sentence != sentence;
            if (isLast)
                states = PastTheEnd(states);
            if ((states & accept) != 0 && (isLast || !_atEnd))
                return true;
        }

        return false;
    }

    /// <summary>Elements that accept the sentence's end are passed there.</summary>
    private ulong PastTheEnd(ulong states)
    {
        for (var i = 0; i < _elements.Count; i++)
        {
            if (_elements[i].End && (states & (1UL << i)) != 0)
                states = Close(states | (1UL << (i + 1)));
        }

        return states;
    }

    private ulong Close(ulong states)
    {
        for (var i = 0; i < _elements.Count; i++)
        {
            if (_elements[i].Optional && (states & (1UL << i)) != 0)
                states |= 1UL << (i + 1);
        }

        return states;
    }

    /// <summary>One place of a pattern.</summary>
    /// <param name="Words">The whole words it accepts; null accepts any word.</param>
    /// <param name="Beginnings">The beginnings it accepts.</param>
    /// <param name="Number">Whether it accepts a number.</param>
    /// <param name="Optional">Whether it may be left out.</param>
    /// <param name="End">Whether the sentence may end here instead.</param>
    private sealed record Element(HashSet<string>? Words, string[] Beginnings, bool Number, bool Optional, bool End)
    {
        public static Element AnyWord { get; } = new(null, [], false, true, false);

        public bool HasPattern => Number || Beginnings.Length > 0;

        public static Element Parse(string part)
        {
            var optional = part.EndsWith('?');
            var words = new HashSet<string>(StringComparer.Ordinal);
            var beginnings = new List<string>();
            var number = false;
            var end = false;
            foreach (var alternative in (optional ? part[..^1] : part).Split('|'))
            {
                if (alternative == "#")
                    number = true;
                else if (alternative == "$")
                    end = true;
                else if (alternative.StartsWith('@'))
                    AddSet(alternative, words, beginnings);
                else
                    AddWord(alternative, words, beginnings);
            }

            return new Element(words, [.. beginnings], number, optional, end);
        }

        public bool Matches(string word)
        {
            if (Words is null || Words.Contains(word) || (Number && char.IsAsciiDigit(word[0])))
                return true;
            foreach (var beginning in Beginnings)
            {
                if (word.StartsWith(beginning, StringComparison.Ordinal))
                    return true;
            }

            return false;
        }

        private static void AddSet(string name, HashSet<string> words, List<string> beginnings)
        {
            foreach (var word in Vocabulary.Set(name))
                AddWord(word, words, beginnings);
        }

        private static void AddWord(string word, HashSet<string> words, List<string> beginnings)
        {
            if (word.EndsWith('*'))
                beginnings.Add(word[..^1]);
            else
                words.Add(word);
        }
    }
}
