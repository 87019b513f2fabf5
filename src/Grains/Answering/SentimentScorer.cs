using System.Collections.Frozen;
using FteAgent.Answering.Rules;

namespace FteAgent.Answering;

/// <summary>
/// How a customer feels about us, 0 to 1, from the words alone: 0.5 is neutral, below 0.3 truly unhappy. Deterministic and
/// offline; it stands where no model is, and beside one that is.
/// </summary>
internal static class SentimentScorer
{
    /// <summary>A message without feeling.</summary>
    public const double Neutral = 0.5;

    // How quickly feelings saturate: a sum of -1.7 is where "truly unhappy" (0.3) begins.
    private const double Saturation = 15;

    // Faults alone never make a customer angry, however many are listed; nor does politeness hide anger.
    private const double MostFaults = -0.6;
    private const double MostPoliteness = 0.6;

    private const int NegationReach = 3;
    private const int BoosterReach = 2;
    private const double NegatedShare = -0.6;

    private const int FewestWordsToShout = 3;
    private const double ShoutedShare = 0.6;
    private const double ShoutingPenalty = -0.9;
    private const double ShoutedWordBoost = 1.35;

    private const double ExclamationStep = 0.12;
    private const int MostExclamations = 5;

    private static readonly PhraseSet Phrases = new(SentimentLexicon.Phrases.Select(entry => entry.Pattern));

    private static readonly FrozenDictionary<string, double> PhraseValence =
        SentimentLexicon.Phrases.ToFrozenDictionary(entry => entry.Pattern, entry => entry.Valence);

    /// <summary>Scores a text.</summary>
    public static double Score(string text) => Score(Reading.Of(text));

    /// <summary>Scores a text that has been read.</summary>
    public static double Score(Reading reading)
    {
        if (reading.Tokens.Length == 0)
            return Neutral;
        double feeling = 0, faults = 0, politeness = 0;
        for (var i = 0; i < reading.Tokens.Length; i++)
        {
            if (!SentimentLexicon.Words.TryGetValue(reading.Tokens[i].Word, out var valence) || reading.Tokens[i].Quoted)
                continue;
            var weighted = InContext(reading.Tokens, i, valence);
            if (valence == SentimentLexicon.Fault)
                faults += Math.Min(0, weighted);
            else if (valence is > 0 and < 0.5)
                politeness += Math.Max(0, weighted);
            else
                feeling += weighted;
        }

        feeling += Phrases.FindAll(reading).Sum(phrase => PhraseValence[phrase.Pattern]);

        var shouting = IsShouted(reading);
        var sum = feeling + Math.Max(MostFaults, faults) + Math.Min(MostPoliteness, politeness);
        // Capitals and exclamation marks carry what is there further; on their own they are only loud.
        if (shouting)
            sum += sum <= 0 ? ShoutingPenalty : 0;
        sum *= 1 + ExclamationStep * Math.Min(MostExclamations, reading.Exclamations);
        return Math.Clamp(Neutral + 0.5 * sum / Math.Sqrt(sum * sum + Saturation), 0, 1);
    }

    private static bool IsShouted(Reading reading) =>
        reading.ShoutedWords >= FewestWordsToShout && reading.ShoutedWords >= ShoutedShare * reading.LetterWords;

    private static double InContext(Token[] tokens, int at, double valence)
    {
        var sentence = tokens[at].Sentence;
        var weight = valence;
        for (var back = 1; back <= NegationReach && at - back >= 0 && tokens[at - back].Sentence == sentence; back++)
        {
            var word = tokens[at - back].Word;
            // What strengthens the feeling before this one is spent.
            if (back < NegationReach && SentimentLexicon.Words.ContainsKey(word) && !SentimentLexicon.Boosters.ContainsKey(word))
                break;
            if (back <= BoosterReach && SentimentLexicon.Boosters.TryGetValue(word, out var boost))
                weight *= boost;
            // "Never seen such awful service" is no praise; "never" turns round what is good only.
            else if (SentimentLexicon.Negations.Contains(word) && (word != "never" || valence > 0))
                return weight * NegatedShare;
        }

        return tokens[at].Shouted && tokens[at].Word.Length > 2 ? weight * ShoutedWordBoost : weight;
    }
}
