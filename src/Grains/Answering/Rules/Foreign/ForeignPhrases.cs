using System.Collections.Immutable;

namespace FteAgent.Answering.Rules.Foreign;

/// <summary>
/// What the rules before the model hear in other languages than English: what a customer must never be argued with about, in the words of every day.
/// All languages are read for every message, so that no word here may be an innocent one of another.
/// </summary>
internal static class ForeignPhrases
{
    /// <summary>The rules that are heard in each of the languages.</summary>
    public static ImmutableArray<string> RuleIds { get; } =
    [
        "A5.security", "A5.legal", "A5.privacy", "A5.person", "A11.injection", "A4.refund", "A5.billing-dispute", "A4.pricing-offer", "A4.pricing",
        "A5.profanity", "A5.aggression", "H.cancellation",
    ];

    /// <summary>The phrases, by the two letters of their language.</summary>
    public static ImmutableSortedDictionary<string, ImmutableArray<RulePhrases>> ByLanguage { get; } = new Dictionary<string, ImmutableArray<RulePhrases>>
    {
        ["de"] = German.Phrases,
        ["es"] = Spanish.Phrases,
        ["fr"] = French.Phrases,
        ["it"] = Italian.Phrases,
        ["nl"] = Dutch.Phrases,
        ["pt"] = Portuguese.Phrases,
    }.ToImmutableSortedDictionary(StringComparer.Ordinal);

    /// <summary>What a rule holds by, in all of them.</summary>
    public static PhraseSet Of(string ruleId) => Together(ruleId, phrases => phrases.When);

    /// <summary>What lets a sentence pass all the same.</summary>
    public static PhraseSet ExceptionsOf(string ruleId) => Together(ruleId, phrases => phrases.Unless);

    private static PhraseSet Together(string ruleId, Func<RulePhrases, string[]> patterns) =>
        RuleIds.Contains(ruleId) ? new(ByLanguage.Values.SelectMany(rules => rules).Where(rule => rule.RuleId == ruleId).SelectMany(patterns)) : PhraseSet.None;
}
