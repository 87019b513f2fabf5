using System.Collections.Frozen;
using System.Globalization;
using System.Text.RegularExpressions;
using FteAgent.Knowledge;

namespace FteAgent.Answering.Rules.Claims;

/// <summary>Figures, and numbers in words, with what they count.</summary>
internal static partial class Quantities
{
    /// <summary>What is counted stands at most so many words after its figure: "14 full days".</summary>
    private const int Reach = 3;

    private static readonly FrozenDictionary<string, int> Small = new Dictionary<string, int>
    {
        ["zero"] = 0,
        ["two"] = 2,
        ["three"] = 3,
        ["four"] = 4,
        ["five"] = 5,
        ["six"] = 6,
        ["seven"] = 7,
        ["eight"] = 8,
        ["nine"] = 9,
        ["ten"] = 10,
        ["eleven"] = 11,
        ["twelve"] = 12,
        ["thirteen"] = 13,
        ["fourteen"] = 14,
        ["fifteen"] = 15,
        ["sixteen"] = 16,
        ["seventeen"] = 17,
        ["eighteen"] = 18,
        ["nineteen"] = 19,
        ["dozen"] = 12,
    }.ToFrozenDictionary();

    private static readonly FrozenDictionary<string, int> Tens = new Dictionary<string, int>
    {
        ["twenty"] = 20,
        ["thirty"] = 30,
        ["forty"] = 40,
        ["fourty"] = 40,
        ["fifty"] = 50,
        ["sixty"] = 60,
        ["seventy"] = 70,
        ["eighty"] = 80,
        ["ninety"] = 90,
    }.ToFrozenDictionary();

    // What an answer counts of itself.
    private static readonly FrozenSet<string> OwnCounts = TermReader.All("steps ways options things places parts possibilities methods").ToFrozenSet(StringComparer.Ordinal);

    /// <summary>Whether each number stands in one of the sources, before the same thing that it counts there.</summary>
    public static bool AreKnown(string text, string sources)
    {
        var known = In(Unnumbered(sources));
        return In(Unnumbered(text)).TrueForAll(quantity =>
            (quantity.Counted is [var first, ..] && OwnCounts.Contains(first)) || known.Exists(other => other.Number == quantity.Number && Agree(quantity, other)));
    }

    /// <summary>Whether it holds any number.</summary>
    public static bool Any(string text) => In(Unnumbered(text)).Count > 0;

    // "14 days" is no "14 weeks"; a figure alone counts what was asked about.
    private static bool Agree((string Number, List<string> Counted) said, (string Number, List<string> Counted) known) =>
        SignOf(said.Counted) == SignOf(known.Counted)
        && (said.Counted.Find(Measures.Contains) is not { } measure || known.Counted.Contains(measure))
        && (said.Counted.Find(Units.Contains) is not { } unit || !known.Counted.Exists(Units.Contains) || known.Counted.Contains(unit));

    /// <summary>The currency or the percent sign beside it; a number without one is another number.</summary>
    private static string? SignOf(List<string> counted) => counted.Find(word => word.Length == 1 && !char.IsLetter(word[0]));

    /// <summary>Without the numbers of steps, which count nothing. "90. days" is cut off something that they count.</summary>
    private static string Unnumbered(string text) => StepNumber().Replace(text, "");

    private static readonly FrozenSet<string> Measures = TermReader.All("seconds minutes hours days weeks months years kb mb gb tb").ToFrozenSet(StringComparer.Ordinal);

    private static readonly FrozenSet<string> Units = TermReader.All(
        "seconds minutes hours days weeks months years times kb mb gb tb bytes kilobytes megabytes gigabytes percent users members seats people boards cards lists files projects requests characters digits letters words pixels attempts devices")
        .ToFrozenSet(StringComparer.Ordinal);

    private static List<(string Number, List<string> Counted)> In(string text)
    {
        var found = new List<(string, List<string>)>();
        var tokens = Parts().Matches(text).Select(match => match.Value.ToLowerInvariant()).ToList();
        for (var i = 0; i < tokens.Count; i++)
        {
            var before = i - 1;
            if (NumberAt(tokens, ref i) is not { } number)
                continue;
            var counted = new List<string>();
            if (before >= 0 && IsSign(tokens[before]) && tokens[before] != "%")
                counted.Add(tokens[before]);
            for (var next = i + 1; next < tokens.Count && next <= i + Reach; next++)
            {
                if (char.IsAsciiDigit(tokens[next][0]) || (next > i + 1 && IsSign(tokens[next])))
                    break;
                if (IsSign(tokens[next]) || tokens[next] is "percent")
                    counted.Add(tokens[next] is "percent" ? "%" : tokens[next]);
                counted.AddRange(TermReader.All(tokens[next]));
            }

            found.Add((number, counted));
        }

        return found;
    }

    private static bool IsSign(string token) => token is "%" || char.GetUnicodeCategory(token[0]) is UnicodeCategory.CurrencySymbol;

    /// <summary>The number that begins at a word, written in figures; the place moves to its last word.</summary>
    private static string? NumberAt(List<string> words, ref int at)
    {
        var word = words[at];
        if (char.IsAsciiDigit(word[0]))
            return Thousands().Replace(word.Trim('.', ','), "");
        if (Tens.TryGetValue(word, out var tens))
        {
            if (at + 1 < words.Count && (Small.TryGetValue(words[at + 1], out var ones) || (words[at + 1] is "one" && (ones = 1) > 0)) && ones is > 0 and < 10)
                return Text(tens + ones, ref at, 1);
            return Text(tens, ref at, 0);
        }

        if (Small.TryGetValue(word, out var small))
            return Scaled(small, words, ref at);
        return word is "hundred" or "thousand" or "million" ? Scaled(1, words, ref at, back: true) : word is "one" && at + 1 < words.Count && words[at + 1] is "hundred" or "thousand" ? Scaled(1, words, ref at) : null;
    }

    private static string Scaled(int number, List<string> words, ref int at, bool back = false)
    {
        var scale = back ? at : at + 1;
        var by = scale < words.Count ? words[scale] switch { "hundred" => 100, "thousand" => 1000, "million" => 1_000_000, _ => 1 } : 1;
        return Text(number * by, ref at, by > 1 && !back ? 1 : 0);
    }

    private static string Text(int number, ref int at, int further)
    {
        at += further;
        return number.ToString(CultureInfo.InvariantCulture);
    }

    // A unit that is written to its figure is a word of its own: "20MB".
    [GeneratedRegex(@"[0-9][0-9.,]*|\p{L}+|\p{Sc}|%", RegexOptions.CultureInvariant)]
    private static partial Regex Parts();

    [GeneratedRegex(@"(?<=[0-9]),(?=[0-9]{3}(?![0-9]))", RegexOptions.CultureInvariant)]
    private static partial Regex Thousands();

    [GeneratedRegex(@"(?:^|(?<=[.!?:]\s))\s*[0-9]{1,2}[.)]\s(?!(?:seconds?|minutes?|hours?|days?|weeks?|months?|years?|users?|seats?|members?|boards?|percent)\b)", RegexOptions.CultureInvariant | RegexOptions.Multiline)]
    private static partial Regex StepNumber();
}
