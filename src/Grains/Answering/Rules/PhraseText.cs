namespace FteAgent.Answering.Rules;

/// <summary>Turns words that someone else wrote into a <see cref="Phrase"/>'s pattern.</summary>
internal static class PhraseText
{
    /// <summary>The pattern that matches these words as they stand.</summary>
    public static string Literal(string words) =>
        string.Join(' ', Reading.Of(words).Tokens.Select(token => token.Word.Replace("|", "", StringComparison.Ordinal).TrimEnd('?', '*')).Where(word => word.Length > 0)) is { Length: > 0 } pattern
            ? pattern
            : "<nothing>";
}
