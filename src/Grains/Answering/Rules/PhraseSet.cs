namespace FteAgent.Answering.Rules;

/// <summary>Many phrases tried together, looked up by the word they begin with.</summary>
internal sealed class PhraseSet
{
    private readonly Dictionary<string, List<Phrase>> _byFirstWord = new(StringComparer.Ordinal);
    private readonly List<Phrase> _anywhere = [];
    private readonly List<Phrase> _all = [];

    public PhraseSet(IEnumerable<string> patterns)
    {
        foreach (var pattern in patterns)
            Add(new Phrase(pattern));
    }

    /// <summary>No phrase: never matches.</summary>
    public static PhraseSet None { get; } = new([]);

    /// <summary>How many phrases it holds.</summary>
    public int Count => _all.Count;

    /// <summary>The patterns as they were written.</summary>
    public IEnumerable<string> Patterns => _all.Select(phrase => phrase.Pattern);

    /// <summary>The phrases of both.</summary>
    public PhraseSet With(PhraseSet other) => Count == 0 ? other : other.Count == 0 ? this : new(Patterns.Concat(other.Patterns));

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

    /// <summary>Every phrase that matches, each once however often.</summary>
    public IReadOnlyCollection<Phrase> FindAll(Reading reading)
    {
        var found = new HashSet<Phrase>();
        var tokens = reading.Tokens;
        for (var i = 0; i < tokens.Length; i++)
        {
            foreach (var phrase in Candidates(tokens[i].Word))
            {
                if (!found.Contains(phrase) && phrase.MatchesAt(tokens, i))
                    found.Add(phrase);
            }
        }

        return found;
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
        foreach (var phrase in Candidates(tokens[start].Word))
        {
            if (phrase.MatchesAt(tokens, start))
                return phrase;
        }

        return null;
    }

    /// <summary>The phrases that a word can begin; those that can begin with any word are in every list.</summary>
    private List<Phrase> Candidates(string word) =>
        _byFirstWord.TryGetValue(word, out var candidates) ? candidates : _anywhere;

    private void Add(Phrase phrase)
    {
        _all.Add(phrase);
        if (phrase.FirstWords() is not { } words)
        {
            _anywhere.Add(phrase);
            foreach (var list in _byFirstWord.Values)
                list.Add(phrase);
            return;
        }

        foreach (var word in words.Distinct())
        {
            if (!_byFirstWord.TryGetValue(word, out var list))
                _byFirstWord[word] = list = [.. _anywhere];
            list.Add(phrase);
        }
    }
}
