namespace FteAgent.Knowledge.Flags;

/// <summary>What a sentence says, as it is compared with others: its words, its figures, and whether it says so or denies it.</summary>
/// <param name="Sentence">The sentence as it stands in its chunk.</param>
/// <param name="Words">Its different words, as hashes; neither figures nor words of denial.</param>
/// <param name="Figures">Its figures in their order.</param>
/// <param name="IsDenied">Whether it holds an odd number of words of denial.</param>
internal sealed record Claim(string Sentence, int[] Words, string[] Figures, bool IsDenied)
{
    /// <summary>A sentence of fewer words says too little to contradict another.</summary>
    public const int FewestWords = 3;

    /// <summary>A longer one says too much to be held against another as a whole.</summary>
    public const int MostWords = 40;

    private static readonly HashSet<string> Denials = new[]
    {
        "not", "no", "never", "cannot", "cant", "dont", "doesnt", "didnt", "isnt", "arent", "wasnt", "wont", "wouldnt", "couldnt", "shouldnt", "mustnt",
        "without", "none", "neither", "nor", "nicht", "kein", "keine", "keinen", "nie", "niemals", "ohne", "pas", "jamais", "sans", "aucun", "aucune",
        "nunca", "sin", "ningun", "ninguna",
    }.SelectMany(word => TermReader.All(word)).ToHashSet(StringComparer.Ordinal);

    /// <summary>Reads a sentence; null where it says too little or too much.</summary>
    public static Claim? Of(string sentence)
    {
        var (words, figures, denials) = (new HashSet<int>(), new List<string>(), 0);
        foreach (var term in TermReader.All(PlainText.Of(sentence)))
        {
            if (char.IsDigit(term[0])) figures.Add(term);
            else if (Denials.Contains(term)) denials++;
            else words.Add(Hash(term));
        }

        return words.Count is < FewestWords or > MostWords ? null : new(sentence, [.. words.Order()], [.. figures], denials % 2 == 1);
    }

    /// <summary>What it says, but for the figures.</summary>
    public string Frame => $"{string.Join(',', Words)}|{IsDenied}";

    /// <summary>What it says, for those that say exactly the same.</summary>
    public string Signature => $"{Frame}|{string.Join(',', Figures)}";

    /// <summary>The different words of a title or a heading, as a claim's words are kept.</summary>
    public static int[] WordsOf(string title) => [.. TermReader.All(title).Where(term => !char.IsDigit(term[0]) && !Denials.Contains(term)).Select(Hash).Distinct().Order()];

    /// <summary>Whether two that have nearly the same words say otherwise: with other figures, or one denies what the other says.</summary>
    public bool Differs(Claim other) =>
        Figures.AsSpan().SequenceEqual(other.Figures) ? IsDenied != other.IsDenied : IsDenied == other.IsDenied && Figures.Length == other.Figures.Length;

    // FNV-1a: the same in every process, unlike string.GetHashCode.
    private static int Hash(string term)
    {
        var hash = 2166136261;
        foreach (var c in term) hash = (hash ^ c) * 16777619;
        return (int)hash;
    }
}
