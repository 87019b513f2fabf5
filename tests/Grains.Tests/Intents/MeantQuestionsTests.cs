using FteAgent.Answering;
using FteAgent.Intents;
using FteAgent.Knowledge;
using FteAgent.Tests.Answering;
using Microsoft.Extensions.Logging.Abstractions;

namespace FteAgent.Tests.Intents;

/// <summary>What intents do to a search: a question in other words finds its answer, and nothing is moved by a guess that may be wrong.</summary>
public class MeantQuestionsTests
{
    private static readonly Document[] Pages =
    [
        new("faq.md", "Questions and answers", """
            ## Who gets the monthly invoice?

            The people named under Recipients. You find them in Settings, and can change them at any time.

            ## Why does the bell ring twice?

            Two doors share one wire. Cut it.
            """, Knowledge.Given.Day, "billing"),
        new("owls.md", "Owls in the tower", "An owl that sleeps in the tower is left alone. Bells do not wake it.", Knowledge.Given.Day),
        new("boats.md", "Boats", "A boat is tied to the pier by two ropes, and its anchor lies on the deck.", Knowledge.Given.Day),
    ];

    private static readonly LabelledText[] Lessons =
    [
        new("Who gets the monthly invoice?", "faq.md › Who gets the monthly invoice?"),
        new("our bookkeeper complains that she is never sent what we owe you", "faq.md › Who gets the monthly invoice?"),
        new("Why does the bell ring twice?", "faq.md › Why does the bell ring twice?"),
    ];

    private const string Paraphrase = "the bookkeeper is never sent what we owe";

    [Fact]
    public async Task A_paraphrase_without_a_word_of_its_answer_is_answered_by_it()
    {
        var (without, with) = (await Index([]), await Index(Lessons));
        Assert.True((await Answer(without, Paraphrase)).Citations.IsEmpty);

        var draft = await Answer(with, Paraphrase);

        var citation = Assert.Single(draft.Citations);
        Assert.Equal(("faq.md", "Who gets the monthly invoice?"), (citation.DocumentId, citation.Heading));
        Assert.StartsWith("The people named under Recipients.", citation.Quote, StringComparison.Ordinal);
        Assert.Equal("faq.md › Who gets the monthly invoice?", draft.Intent);
        Assert.True(draft.Confidence >= IntentWeights.Default.Needed);
    }

    [Theory]
    [InlineData("which planet has the most moons")]
    [InlineData("can you sing me a song about the sea")]
    [InlineData("tell the horse to come home")]
    public async Task What_is_out_of_scope_is_found_as_if_there_were_no_intents(string strange)
    {
        var (without, with) = (await Index([]), await Index(Lessons));

        var (before, after) = (await Find(without, strange), await Find(with, strange));

        Assert.Null(after.Intent);
        Assert.Equal(before.Evidence, after.Evidence);
        Assert.True((await Answer(with, strange)).Citations.IsEmpty);
    }

    [Theory]
    [InlineData(0.26, false)]
    [InlineData(0.5, false)]
    [InlineData(0.99, true)]
    public async Task An_unsure_guess_pushes_nothing_out_that_words_have_found_and_a_sure_one_comes_first(double chance, bool comesFirst)
    {
        var index = await Index(new Always("faq.md › Who gets the monthly invoice?", chance));

        var found = await Find(index, "how is a boat tied to the pier");

        Assert.Equal(comesFirst ? ["faq.md", "boats.md"] : (string[])["boats.md", "faq.md"], found.Hits.Take(2).Select(hit => hit.DocumentId));
    }

    [Theory]
    [InlineData(1, 0.75, false)]
    [InlineData(1, 0.85, true)]
    [InlineData(2, 0.75, true)]
    public async Task An_intent_with_one_example_has_to_be_surer(int examples, double chance, bool isMeant)
    {
        var index = await Index(new Always("faq.md › Who gets the monthly invoice?", chance, examples));

        var found = await Find(index, Paraphrase);

        Assert.Equal(isMeant ? "faq.md › Who gets the monthly invoice?" : null, found.Intent);
        Assert.Equal(isMeant, found.Evidence >= chance);
    }

    [Fact]
    public async Task Several_articles_that_are_near_are_all_lifted_and_none_is_taken_to_be_meant()
    {
        var index = await Index(new Always(
            new IntentChance("faq.md › Who gets the monthly invoice?", 0.5, 3), new IntentChance("faq.md › Why does the bell ring twice?", 0.45, 3)));

        var found = await Find(index, Paraphrase);

        Assert.Null(found.Intent);
        Assert.Null(found.Hits[0].Meant);
        Assert.Equal("faq.md", found.Hits[0].DocumentId);
    }

    [Fact]
    public async Task A_category_keeps_out_what_is_meant_elsewhere()
    {
        var index = await Index(Lessons);

        var elsewhere = await index.Search([Paraphrase], 5, "boats", default);
        var inside = await index.Search([Paraphrase], 5, "billing", default);

        Assert.Equal((0, null), (elsewhere.Hits.Length, elsewhere.Intent));
        Assert.NotNull(inside.Intent);
    }

    [Fact]
    public async Task What_is_in_the_documents_no_more_means_nothing()
    {
        var index = await Index(Lessons);
        await index.Change([new("faq.md", "Questions and answers", "## Who sends owls?\n\nThe tower.", Knowledge.Given.Day)], [], default);

        Assert.Null((await Find(index, Paraphrase)).Intent);
        Assert.True((await Answer(index, Paraphrase)).Citations.IsEmpty);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void With_few_examples_the_nearest_one_decides(int examples)
    {
        string[] verbs = ["find", "renew", "share"];
        string[] things = ["licence", "calendar", "printer", "parcel", "garden", "ticket", "bicycle", "piano"];
        var taught = things.SelectMany(thing => verbs.Take(examples).Select(verb => new LabelledText($"how do i {verb} the {thing}", thing)));
        var classifier = IntentTrainer.Train(taught, default);

        Assert.All(things, thing => Assert.Equal(thing, classifier.Classify($"where is my {thing} please").Labels[0].Label));
    }

    private static async Task<KnowledgeIndex> Index(IReadOnlyCollection<LabelledText> lessons) => await Index(new Taught(IntentTrainer.Train(lessons, default)));

    private static async Task<KnowledgeIndex> Index(IIntentGuesses guesses)
    {
        var index = new KnowledgeIndex(new Knowledge.MemoryStore(), [], NullLogger<KnowledgeIndex>.Instance, guesses: guesses);
        await index.Publish(Pages, null, default);
        return index;
    }

    private static Task<SearchResult> Find(KnowledgeIndex index, string asked) => index.Search([asked], 5, null, default);

    private static async Task<Draft> Answer(KnowledgeIndex index, string asked) =>
        await new ExtractiveAssistant(index).Draft(new DraftRequest([asked], [], await Find(index, asked)), NoTools.Instance, default);

    private sealed class Taught(IntentClassifier classifier) : IIntentGuesses
    {
        public IntentGuess Guess(string text) => classifier.Classify(text);
    }

    /// <summary>Guesses the same, whatever is asked.</summary>
    private sealed class Always(params IntentChance[] chances) : IIntentGuesses
    {
        public Always(string label, double chance, int examples = 3)
            : this(new IntentChance(label, chance, examples))
        {
        }

        public IntentGuess Guess(string text) => new([.. chances], 1);
    }
}
