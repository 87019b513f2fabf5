using System.Buffers;
using System.Collections.Frozen;
using System.Collections.Immutable;
using FteAgent.Answering.Rules;

namespace FteAgent.Answering;

/// <summary>
/// Which languages a text is written in, by script and by its small words. Says nothing rather than guess: a stack trace
/// or "401 /v1/users" is in no language, and a customer must not be sent away because of one.
/// </summary>
internal static class LanguageDetector
{
    /// <summary>Too little to tell.</summary>
    public const string Unknown = "und";

    private const int FewestScriptLetters = 6;
    private const int FewestWords = 5;
    private const int FewestSmallWords = 3;
    private const double SmallWordShare = 0.25;
    private const double ClearlyAhead = 1.5;
    private const int WholeSentenceOfSmallWords = 4;

    private static readonly string[] Languages = [.. LanguageProfiles.Words.Keys];
    private static readonly int English = Array.IndexOf(Languages, "en");
    private static readonly SearchValues<char> Between = SearchValues.Create(" \t\r\n,;!?¿¡()\"“”«»:");

    // By word, the languages whose profile has it. Each word has an array of its own, by which it is known.
    private static readonly FrozenDictionary<string, int[]>.AlternateLookup<ReadOnlySpan<char>> Profiles = LanguageProfiles.Words.Values
        .SelectMany(words => words).Distinct()
        .ToFrozenDictionary(word => word, word => Enumerable.Range(0, Languages.Length).Where(language => LanguageProfiles.Words[Languages[language]].Contains(word)).ToArray())
        .GetAlternateLookup<ReadOnlySpan<char>>();

    /// <summary>The language of most of the text, as its two letters, or <see cref="Unknown"/>.</summary>
    public static string Detect(string? text) => DetectAll(text) is [var first, ..] ? first : Unknown;

    /// <summary>Every language that a good part of the text is in, the largest part first; none when that cannot be told.</summary>
    public static ImmutableArray<string> DetectAll(string? text)
    {
        text ??= "";
        if (text.Length > Reading.MaxLength)
            text = text[..Reading.MaxLength];
        var found = ImmutableArray.CreateBuilder<string>();
        if (Script(text) is { } script)
            found.Add(script);
        if (SmallWords(text, besideScript: found.Count > 0) is { } latin)
            found.Add(latin);
        return found.ToImmutable();
    }

    /// <summary>Whether the text is certainly in other languages than these.</summary>
    public static bool IsForeign(string text, ImmutableArray<string> supported) =>
        DetectAll(text) is { Length: > 0 } languages && !languages.Any(language => supported.Contains(language, StringComparer.OrdinalIgnoreCase));

    /// <summary>
    /// Whether a single sentence is rather in another language than these: amid a text that is read as a whole, less evidence is enough.
    /// </summary>
    public static bool IsRatherForeign(string sentence, ImmutableArray<string> supported)
    {
        if (Script(sentence) is { } script)
            return !supported.Contains(script, StringComparer.OrdinalIgnoreCase);
        var (words, _, distinct) = Count(sentence);
        if (words < FewestWords)
            return false;
        var (own, other) = (0, 0);
        foreach (var (place, language) in Languages.Index())
        {
            if (supported.Contains(language, StringComparer.OrdinalIgnoreCase))
                own = Math.Max(own, distinct[place]);
            else
                other = Math.Max(other, distinct[place]);
        }

        return other > own && (other >= FewestSmallWords || (other >= 2 && sentence.Any(letter => letter > '\u007f' && char.IsLetter(letter))));
    }

    private static string? Script(string text)
    {
        var byLanguage = new Dictionary<string, int>();
        var latin = 0;
        foreach (var letter in text)
        {
            if (!char.IsLetter(letter))
                continue;
            if (LanguageProfiles.OfScript(letter) is { } language)
                byLanguage[language] = byLanguage.GetValueOrDefault(language) + 1;
            else
                latin++;
        }

        if (byLanguage.Count == 0)
            return null;
        // Japanese is written with Chinese characters too; kana decides.
        if (byLanguage.ContainsKey("ja") && byLanguage.Remove("zh", out var shared))
            byLanguage["ja"] += shared;
        var (most, letters) = byLanguage.MaxBy(pair => pair.Value);
        return letters >= FewestScriptLetters && letters * 3 >= latin ? most : null;
    }

    private static string? SmallWords(string text, bool besideScript)
    {
        var (words, hits, distinct) = Count(text);
        if (words < FewestWords)
            return null;
        var best = hits.IndexOf(hits.Max());
        var enough = distinct[best] >= FewestSmallWords && hits[best] >= SmallWordShare * words;
        if (besideScript)
            return distinct[English] >= WholeSentenceOfSmallWords ? "en" : null;
        if (hits[English] * ClearlyAhead >= hits[best])
            return distinct[English] >= 2 ? "en" : null;
        return enough ? Languages[best] : null;
    }

    /// <summary>How many words there are, and how many of them are small words of each language: all, and different ones.</summary>
    private static (int Words, int[] Hits, int[] Distinct) Count(string text)
    {
        var (words, hits, distinct, met) = (0, new int[Languages.Length], new int[Languages.Length], new HashSet<int[]>());
        var word = ArrayPool<char>.Shared.Rent(text.Length);
        foreach (var piece in text.AsSpan().SplitAny(Between))
        {
            if (Lower(text.AsSpan(piece), word) is not { Length: > 0 } lower)
                continue;
            words++;
            if (!Profiles.TryGetValue(lower, out var languages))
                continue;
            var isNew = met.Add(languages);
            foreach (var language in languages)
            {
                hits[language]++;
                distinct[language] += isNew ? 1 : 0;
            }
        }

        ArrayPool<char>.Shared.Return(word);
        return (words, hits, distinct);
    }

    /// <summary>A word of letters only: identifiers, numbers and addresses belong to no language.</summary>
    private static ReadOnlySpan<char> Lower(ReadOnlySpan<char> piece, char[] room)
    {
        piece = piece.Trim(".'’-*");
        var word = room.AsSpan(0, piece.Length);
        for (var i = 0; i < piece.Length; i++)
        {
            word[i] = piece[i] is '’' ? '\'' : char.ToLowerInvariant(piece[i]);
            if (!char.IsLetter(word[i]) && word[i] != '\'')
                return [];
        }

        return word;
    }
}
