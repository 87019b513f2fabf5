using System.Collections.Immutable;
using System.Text.RegularExpressions;

namespace FteAgent.Answering.Rules.Claims;

/// <summary>A stretch of a sentence that can be true or false by itself, read once in every way that it is compared.</summary>
internal sealed partial class Clause
{
    private readonly Lazy<ImmutableArray<string>> stems;

    /// <summary>Reads it.</summary>
    /// <param name="text">The words as they look.</param>
    public Clause(string text)
    {
        Text = text;
        Words = [.. Reading.Whole(text).Tokens.Select(token => token.Word)];
        stems = new(() => [.. Words.Where(Weights.Tells).Select(Synonyms.Of).Distinct()]);
    }

    /// <summary>The words as they look.</summary>
    public string Text { get; }

    /// <summary>Every word, in lower case, contractions written out.</summary>
    public ImmutableArray<string> Words { get; }

    /// <summary>The words that say something, each as the word that stands for all that mean the same.</summary>
    public ImmutableArray<string> Stems => stems.Value;

    /// <summary>How often it says no. Two make a yes: "cannot be exported without a card".</summary>
    public int Negations => Words.Count(Polarity.Denies);

    /// <summary>A text's sentences, line by line.</summary>
    public static IEnumerable<string> SentencesOf(string text) => text.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
        .SelectMany(line => SentenceSplitter.Split(line, 0, line.Length).Select(part => line[part.Start..part.End].Trim()))
        .Where(part => part.Length > 0);

    /// <summary>A sentence's clauses: what commas, colons and dashes part. A figure's comma and a name's hyphen part nothing.</summary>
    public static IEnumerable<Clause> Of(string sentence) =>
        Marks().Split(sentence).Select(part => part.Trim()).Where(part => part.Any(char.IsLetterOrDigit)).Select(part => new Clause(part));

    [GeneratedRegex(@"[;:,](?=\s|$)|\s[-–—]+\s|—|…|\s\(|\)(?=[\s,.;:!?]|$)|\s(?=(?:but|because|if|when|while|unless|without|so (?:you|we|it|they|the|that|there|nobody|no|please)|and (?:you|we|I|it|they|he|she|that|this|there|is|are|was|does|do|did|can|cannot|has|have|will|must|may|not|then))\s)", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Marks();
}
