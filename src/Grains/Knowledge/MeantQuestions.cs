using System.Collections.Immutable;
using FteAgent.Intents;

namespace FteAgent.Knowledge;

/// <summary>
/// The documents' own questions that a customer may mean, in whatever words. The likelier one is, the higher its place is lifted; only one that is meant
/// with some certainty counts as evidence.
/// </summary>
/// <param name="Questions">Those that are not too unlikely, the likeliest first.</param>
internal sealed record MeantQuestions(ImmutableArray<MeantQuestion> Questions)
{
    /// <summary>Texts that are held against the intents: the last ones count, and each takes a fraction of a millisecond.</summary>
    public const int MostAsked = 4;

    /// <summary>Of so many intents the place is lifted: several articles may be near.</summary>
    public const int MostLifted = 3;

    public static MeantQuestions None { get; } = new([]);

    /// <summary>The question that is taken to be meant; null where none is.</summary>
    public QuestionPlace? Sure => Questions is [{ IsSure: true } first, ..] ? first.Place : null;

    /// <summary>What may be meant by any of the texts.</summary>
    public static MeantQuestions Of(IReadOnlyList<string> texts, IIntentGuesses guesses, KnowledgeSnapshot version, IntentWeights? weights = null)
    {
        weights ??= IntentWeights.Default;
        var found = new List<MeantQuestion>();
        foreach (var guess in texts.TakeLast(MostAsked).Select(guesses.Guess))
            foreach (var (label, chance, examples) in guess.Labels.Take(MostLifted))
                // What was withdrawn or rewritten since the training is in no version any more, and means nothing.
                if (weights.Weigh(guess.InScope * chance, examples) is { Lift: >= 0 } weighed && version.Questions.TryGetValue(label, out var place))
                    found.Add(new(place, guess.InScope * chance, weighed.Lift, weighed.IsSure));

        return found.Count == 0
            ? None
            : new([.. found.OrderByDescending(question => question.Chance).ThenBy(question => question.Place.Label, StringComparer.Ordinal)
                .DistinctBy(question => question.Place.Label).Take(MostLifted)]);
    }

    /// <summary>Only those whose place will do.</summary>
    public MeantQuestions Among(Func<QuestionPlace, bool> isAllowed) => new([.. Questions.Where(question => isAllowed(question.Place))]);

    /// <summary>The chance that the documents answer: that words tell, or that the question is one of their own.</summary>
    public double Evidence(double byWords) => Sure is null ? byWords : Math.Max(byWords, Questions[0].Chance);
}

/// <summary>A question that may be meant.</summary>
/// <param name="Place">Where it is answered.</param>
/// <param name="Chance">The chance that it is meant.</param>
/// <param name="Lift">How far its place is lifted.</param>
/// <param name="IsSure">Whether it is taken to be meant, if none is likelier.</param>
internal sealed record MeantQuestion(QuestionPlace Place, double Chance, float Lift, bool IsSure);

/// <summary>What intents count for in a search.</summary>
/// <remarks>
/// On questions that did not choose them, with three to six examples of each intent, what is taken to be meant is right in eight to nine of ten cases, and of
/// texts that mean nothing known fewer than one in a hundred passes for meant. With a single example, which is the document's own words, searching by
/// words finds as much, and the classifier is too sure of itself; so more is asked of it there.
/// </remarks>
/// <param name="Lift">What a certain one counts beside the best that words found, which is 1, and 1.8 where all that is asked stands in one place.</param>
/// <param name="Least">Below this chance a place is not moved at all: some intent is always the likeliest.</param>
/// <param name="Needed">From this chance on a question is taken to be meant.</param>
/// <param name="LeastOfOne">The same as <paramref name="Least"/> for an intent that is known by one example.</param>
/// <param name="NeededOfOne">The same as <paramref name="Needed"/> for one.</param>
internal sealed record IntentWeights(double Lift, double Least, double Needed, double LeastOfOne, double NeededOfOne)
{
    /// <summary>Chosen on a third of the development halves of banking77 and clinc150; <c>bench/Evals --routing</c> prints what each choice finds.</summary>
    public static IntentWeights Default { get; } = new(2, 0.1, 0.7, 0.5, 0.8);

    /// <summary>How far a place is lifted, below 0 for not at all, and whether its question is taken to be meant. An unsure guess moves little.</summary>
    public (float Lift, bool IsSure) Weigh(double chance, int examples)
    {
        var (least, needed) = examples > 1 ? (Least, Needed) : (LeastOfOne, NeededOfOne);
        return ((float)(Lift * (chance - least) / (1 - least)), chance >= needed);
    }
}
