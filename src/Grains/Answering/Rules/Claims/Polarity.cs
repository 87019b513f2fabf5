using System.Collections.Frozen;

namespace FteAgent.Answering.Rules.Claims;

/// <summary>Words that turn a statement round, and words that narrow it.</summary>
internal static class Polarity
{
    private static readonly FrozenSet<string> Denying = FrozenSet.ToFrozenSet(
    [
        "not", "never", "no", "none", "nobody", "nothing", "nowhere", "neither", "nor", "without", "unless", "cannot", "unable", "impossible", "unsupported", "forbidden",
        "hardly", "rarely", "lack", "lacks", "fails", "prohibited", "disallowed", "except", "excluded", "excluding",
        "nicht", "kein", "keine", "keinen", "nie", "niemals", "ohne", "pas", "jamais", "aucun", "aucune", "sans", "nunca", "sin", "ninguna", "nessun", "mai", "senza", "geen", "niet", "nooit", "zonder",
    ]);

    private static readonly FrozenSet<string> Hard = FrozenSet.ToFrozenSet(["only", "unless", "except", "until", "within", "most", "least", "maximum", "minimum", "exclusively", "solely"]);

    /// <summary>Whether a word denies.</summary>
    public static bool Denies(string word) => Denying.Contains(word);

    /// <summary>Whether a word sets a condition without which a statement says more than it does with it.</summary>
    public static bool IsHard(string word) => Hard.Contains(word);

    // Where one of a pair stands in a quote, the other says the contrary.
    private static readonly ILookup<string, string> Opposites = new (string One, string Other)[]
    {
        ("before", "after"), ("most", "least"), ("maximum", "minimum"), ("first", "last"), ("on", "off"), ("open", "closed"), ("more", "less"), ("above", "below"),
        ("stops", "keeps"), ("stop", "keep"), ("start", "end"), ("starts", "ends"), ("enable", "disable"), ("enabled", "disabled"), ("public", "private"), ("larger", "smaller"),
        ("older", "newer"), ("earlier", "later"), ("increase", "decrease"), ("increases", "decreases"), ("left", "right"), ("top", "bottom"), ("sender", "receiver"),
        ("online", "offline"), ("manually", "automatically"), ("include", "exclude"), ("includes", "excludes"), ("included", "excluded"), ("with", "without"),
        ("after", "until"),
    }.SelectMany(pair => new[] { pair, (pair.Other, pair.One) }).ToLookup(pair => pair.Item1, pair => pair.Item2, StringComparer.Ordinal);

    /// <summary>Whether one says the contrary of what the other says.</summary>
    public static bool Opposes(Clause one, Clause other) => one.Words.Any(word =>
        Opposites[word].Any(opposite => other.Words.Contains(opposite) && !other.Words.Contains(word) && !one.Words.Contains(opposite)));
}
