using System.Collections.Immutable;
using FteAgent.Intents;

namespace FteAgent.Knowledge;

/// <summary>
/// The documents' own questions that a customer may mean, in whatever words. The likelier one is, the higher its place is lifted; only one that is meant
/// with some certainty counts as evidence.
/// </summary>
/// <param name="Questions">Those that are not too unlikely, the likeliest first, with their chances.</param>
/// <param name="Weights">What a chance counts for.</param>
internal sealed record MeantQuestions(ImmutableArray<(QuestionPlace Place, double Chance)> Questions, IntentWeights Weights)
{
    /// <summary>Texts that are held against the intents: the last ones count, and each takes a fraction of a millisecond.</summary>
    public const int MostAsked = 4;

    /// <summary>Of so many intents the place is lifted: several articles may be near.</summary>
    public const int MostLifted = 3;

    public static MeantQuestions None { get; } = new([], IntentWeights.Default);

    /// <summary>The question that is taken to be meant; null where none is.</summary>
    public QuestionPlace? Sure => Questions is [var (place, chance), ..] && chance >= Weights.Needed ? place : null;

    /// <summary>What may be meant by any of the texts.</summary>
    public static MeantQuestions Of(IReadOnlyList<string> texts, IIntentGuesses guesses, KnowledgeSnapshot version, IntentWeights? weights = null)
    {
        weights ??= IntentWeights.Default;
        var chances = new Dictionary<string, double>(StringComparer.Ordinal);
        foreach (var text in texts.TakeLast(MostAsked))
        {
            var guess = guesses.Guess(text);
            foreach (var (label, chance) in guess.Labels.Take(MostLifted))
                chances[label] = Math.Max(chances.GetValueOrDefault(label), guess.InScope * chance);
        }

        var likely = chances.Where(pair => pair.Value >= weights.Least).OrderByDescending(pair => pair.Value).ThenBy(pair => pair.Key, StringComparer.Ordinal).Take(MostLifted).ToList();
        // What was withdrawn or rewritten since the training is in no version any more, and means nothing.
        return likely.Count == 0 ? None : new([.. likely.Where(pair => version.Questions.ContainsKey(pair.Key)).Select(pair => (version.Questions[pair.Key], pair.Value))], weights);
    }

    /// <summary>How far a place is lifted. An unsure guess moves nothing that words have found.</summary>
    public float Lift(double chance) => (float)(Weights.Lift * Math.Clamp((chance - Weights.Least) / (1 - Weights.Least), 0, 1));

    /// <summary>Only those whose place will do.</summary>
    public MeantQuestions Among(Func<QuestionPlace, bool> isAllowed) => this with { Questions = [.. Questions.Where(question => isAllowed(question.Place))] };

    /// <summary>The chance that the documents answer: that words tell, or that the question is one of their own.</summary>
    public double Evidence(double byWords) => Sure is null ? byWords : Math.Max(byWords, Questions[0].Chance);
}

/// <summary>What intents count for in a search.</summary>
/// <remarks>
/// With one example of each intent, words alone find as much, and a chance of .7 is right in seven of ten cases; from three examples on it is right in eight to
/// nine. Of questions that mean nothing known one in a hundred passes for meant.
/// </remarks>
/// <param name="Lift">What a certain one counts beside the best that words found, which is 1, and 1.8 where all that is asked stands in one place.</param>
/// <param name="Least">Below this chance a place is not moved at all: some intent is always the likeliest.</param>
/// <param name="Needed">From this chance on a question is taken to be meant.</param>
internal sealed record IntentWeights(double Lift, double Least, double Needed)
{
    /// <summary>Chosen on a third of the development halves of banking77 and clinc150; <c>bench/Evals --routing</c> prints what each choice finds.</summary>
    public static IntentWeights Default { get; } = new(2, 0.1, 0.7);
}
