namespace FteAgent.Answering.Rules;

/// <summary>Many phrases tried together, looked up by the word they begin with.</summary>
internal sealed class PhraseSet
{
    private readonly Dictionary<string, List<Phrase>> _byFirstWord = new(StringComparer.Ordinal);
    private readonly List<Phrase> _anywhere = [];

    public PhraseSet(IEnumerable<string> patterns)
    {
        foreach (var pattern in patterns)
            Add(new Phrase(pattern));
    }

    /// <summary>No phrase: never matches.</summary>
    public static PhraseSet None { get; } = new([]);

    /// <summary>How many phrases it holds.</summary>
    public int Count { get; private set; }

    /// <summary>Whether any phrase matches anywhere.</summary>
    public bool Matches(Reading reading) => Matches(reading, None);

    /// <summary>Whether a phrase matches in a sentence that matches none of <paramref name="unless"/>.</summary>
    public bool Matches(Reading reading, PhraseSet unless) => Find(reading, unless) is not null;

    /// <summary>The first phrase that matches so.</summary>
    public Phrase? Find(Reading reading, PhraseSet unless)
    {
        var tokens = reading.Tokens;
        for (var i = 0; i < tokens.Length; i++)
        {
            if (FindAt(tokens, i) is not { } phrase)
                continue;
            if (unless.Count == 0 || !unless.MatchesSentenceOf(tokens, i))
                return phrase;
            // This sentence is spoken for; go on with the next.
            var sentence = tokens[i].Sentence;
            while (i + 1 < tokens.Length && tokens[i + 1].Sentence == sentence)
                i++;
        }

        return null;
    }

    /// <summary>Whether a phrase matches in the sentence that a word stands in.</summary>
    public bool MatchesSentenceOf(Token[] tokens, int inside)
    {
        var sentence = tokens[inside].Sentence;
        var first = inside;
        while (first > 0 && tokens[first - 1].Sentence == sentence)
            first--;
        for (var i = first; i < tokens.Length && tokens[i].Sentence == sentence; i++)
        {
            if (FindAt(tokens, i) is not null)
                return true;
        }

        return false;
    }

    private Phrase? FindAt(Token[] tokens, int start)
    {
        if (_byFirstWord.TryGetValue(tokens[start].Word, out var candidates))
        {
            foreach (var phrase in candidates)
            {
                if (phrase.MatchesAt(tokens, start))
                    return phrase;
            }
        }

        foreach (var phrase in _anywhere)
        {
            if (phrase.MatchesAt(tokens, start))
                return phrase;
        }

        return null;
    }

    private void Add(Phrase phrase)
    {
        Count++;
        if (phrase.FirstWords() is not { } words)
        {
            _anywhere.Add(phrase);
            return;
        }

        foreach (var word in words.Distinct())
        {
            if (!_byFirstWord.TryGetValue(word, out var list))
                _byFirstWord[word] = list = [];
            list.Add(phrase);
        }
    }
}
