using System.Collections.Immutable;
using FteAgent.Answering.Rules.Foreign;

namespace FteAgent.Answering;

/// <summary>What is known of which language, by their two letters.</summary>
public static class KnownLanguages
{
    /// <summary>Those that a message can be told to be in. A script that several languages share counts as one: all of Cyrillic is <c>ru</c>, Arabic script <c>ar</c>.</summary>
    public static ImmutableArray<string> Told { get; } = [.. LanguageProfiles.Words.Keys.Concat(LanguageProfiles.OfScripts).Distinct().Order(StringComparer.Ordinal)];

    /// <summary>Those in which the rules before the model hear what is a person's matter.</summary>
    public static ImmutableArray<string> Heard { get; } = [.. ForeignPhrases.ByLanguage.Keys.Append("en").Order(StringComparer.Ordinal)];
}
