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
        var words = Words(sentence);
        if (words.Count < FewestWords)
            return false;
        int Hits(FrozenSet<string> profile) => words.Where(profile.Contains).Distinct().Count();
        var own = LanguageProfiles.Words.Where(profile => supported.Contains(profile.Key, StringComparer.OrdinalIgnoreCase)).Select(profile => Hits(profile.Value)).DefaultIfEmpty().Max();
        var other = LanguageProfiles.Words.Where(profile => !supported.Contains(profile.Key, StringComparer.OrdinalIgnoreCase)).Max(profile => Hits(profile.Value));
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
        var words = Words(text);
        if (words.Count < FewestWords)
            return null;
        var ranked = LanguageProfiles.Words
            .Select(profile => (Language: profile.Key, Hits: words.Count(profile.Value.Contains), Distinct: words.Where(profile.Value.Contains).Distinct().Count()))
            .OrderByDescending(candidate => candidate.Hits)
            .ToList();
        var best = ranked[0];
        var english = ranked.First(candidate => candidate.Language == "en");
        var enough = best.Distinct >= FewestSmallWords && best.Hits >= SmallWordShare * words.Count;
        if (besideScript)
            return english.Distinct >= WholeSentenceOfSmallWords ? "en" : null;
        if (english.Hits * ClearlyAhead >= best.Hits)
            return english.Distinct >= 2 ? "en" : null;
        return enough ? best.Language : null;
    }

    /// <summary>Words of letters only: identifiers, numbers and addresses belong to no language.</summary>
    private static List<string> Words(string text)
    {
        var words = new List<string>();
        foreach (var piece in text.Split([' ', '\t', '\r', '\n', ',', ';', '!', '?', '¿', '¡', '(', ')', '"', '“', '”', '«', '»', ':'], StringSplitOptions.RemoveEmptyEntries))
        {
            var word = piece.Trim('.', '\'', '’', '-', '*').ToLowerInvariant().Replace('’', '\'');
            if (word.Length > 0 && word.All(c => char.IsLetter(c) || c == '\''))
                words.Add(word);
        }

        return words;
    }
}
