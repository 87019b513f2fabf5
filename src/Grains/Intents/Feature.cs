using FteAgent.Knowledge;

namespace FteAgent.Intents;

/// <summary>What a feature is made of. Each kind weighs the same in a text, however many features of it there are.</summary>
internal enum FeatureKind : byte
{
    Word,
    Stem,

    /// <summary>Two neighbouring stems; the ends of the text are neighbours, too.</summary>
    Pair,

    /// <summary>Two to five letters of a word, its ends included: what misspelt and compound words have in common with the right ones.</summary>
    Letters,

    /// <summary>Three neighbouring stems, or the outer two of them.</summary>
    Triple,
}

/// <summary>Something that a text has, known by a hash: neither classifier nor record holds what customers wrote.</summary>
/// <param name="Hash">Of the kind and the letters. Two features that share one count as one, which happens to a few in a hundred thousand.</param>
/// <param name="Kind">What it is made of.</param>
/// <param name="Telling">For a stem, whether it is no stop word.</param>
internal readonly record struct Feature(uint Hash, FeatureKind Kind, bool Telling = false)
{
    private const int FewestLetters = 2;
    private const int MostLetters = 5;
    private const string End = "_";

    /// <summary>The different features of a text, in the order in which they stand.</summary>
    public static Feature[] Of(ReadOnlySpan<char> text)
    {
        var words = WordReader.Read(text);
        var stems = words.ConvertAll(Stem);
        var found = new Gathering(words.Count);
        for (var i = 0; i < words.Count; i++)
        {
            found.Add(FeatureKind.Word, words[i]);
            found.Add(FeatureKind.Stem, stems[i], telling: !StopWords.Holds(words[i]));
            AddLetters(found, words[i]);
            if (i + 2 >= words.Count) continue;
            found.Add(FeatureKind.Triple, stems[i], stems[i + 1], stems[i + 2]);
            found.Add(FeatureKind.Triple, stems[i], "", stems[i + 2]);
        }

        for (var i = 0; i <= stems.Count && stems.Count > 0; i++)
            found.Add(FeatureKind.Pair, i > 0 ? stems[i - 1] : End, i < stems.Count ? stems[i] : End);
        return found.ToArray();
    }

    private static string Stem(string word)
    {
        Span<char> letters = stackalloc char[WordReader.LongestWord];
        word.CopyTo(letters);
        return letters[..Stemmer.Stem(letters, word.Length)].ToString();
    }

    private static void AddLetters(Gathering found, string word)
    {
        Span<char> bounded = stackalloc char[WordReader.LongestWord + 2];
        bounded[0] = End[0];
        word.CopyTo(bounded[1..]);
        bounded[word.Length + 1] = End[0];
        bounded = bounded[..(word.Length + 2)];
        for (var length = FewestLetters; length <= MostLetters; length++)
            for (var at = 0; at + length <= bounded.Length; at++)
                found.Add(FeatureKind.Letters, bounded.Slice(at, length));
    }

    private sealed class Gathering(int words)
    {
        private readonly List<Feature> features = new(words * 12);
        private readonly HashSet<uint> seen = new(words * 12);

        public void Add(FeatureKind kind, ReadOnlySpan<char> first, ReadOnlySpan<char> second = default, ReadOnlySpan<char> third = default, bool telling = false)
        {
            var hash = Fold(Mix(Mix(Mix(Start(kind), first), second), third));
            if (seen.Add(hash)) features.Add(new Feature(hash, kind, telling));
        }

        public Feature[] ToArray() => [.. features];
    }

    // FNV-1a over 16-bit units, each part ended by a zero: the same on every machine and in every release.
    private const ulong Prime = 1_099_511_628_211;

    private static ulong Start(FeatureKind kind) => (14_695_981_039_346_656_037 ^ ((ulong)kind + 1)) * Prime;

    private static ulong Mix(ulong hash, ReadOnlySpan<char> part)
    {
        foreach (var c in part) hash = (hash ^ c) * Prime;
        return hash * Prime;
    }

    private static uint Fold(ulong hash) => (uint)(hash ^ (hash >> 32));
}
