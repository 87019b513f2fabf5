using FteAgent.Intents;

namespace FteAgent.Tests.Intents;

public class IntentClassifierTests(IntentClassifierTests.Shop shop) : IClassFixture<IntentClassifierTests.Shop>
{
    [Theory]
    [InlineData("when is my new mudguard going to arrive?", "delivery")]
    [InlineData("Hello, I'd like to send this bell back please", "return")]
    [InlineData("the gears are broken, can you repair them", "repair")]
    [InlineData("are you open on Saturdays", "hours")]
    [InlineData("how many years of waranty has this trailer", "warranty")]
    public void A_question_in_other_words_is_understood(string question, string label) =>
        Assert.Equal(label, shop.Classifier.Classify(question).Labels[0].Label);

    [Fact]
    public void What_none_of_the_intents_covers_is_less_likely_in_scope_than_what_one_does()
    {
        var inside = shop.Classifier.Classify("has my bell been dispatched").InScope;
        var outside = shop.Classifier.Classify("who painted the ceiling of the chapel").InScope;
        Assert.True(inside > IntentGuess.Needed && outside < inside, $"{inside} inside, {outside} outside");
    }

    [Fact]
    public void Texts_that_nothing_covers_teach_what_is_out_of_scope()
    {
        var taught = Given.Classifier([.. Given.Shop(), .. Given.OutOfScope()]);
        Assert.Null(taught.Classify("who discovered the largest planet").Label);
        Assert.Equal("return", taught.Classify("can i return a helmet").Label);
        Assert.DoesNotContain(taught.Labels, label => label.Length == 0);
    }

    [Fact]
    public void The_same_texts_in_any_order_make_the_same_bytes()
    {
        var texts = Given.Shop();
        var turned = texts.AsEnumerable().Reverse().Concat(texts.Take(7));
        Assert.Equal(ClassifierBytes.Write(shop.Classifier), ClassifierBytes.Write(Given.Classifier(turned)));
    }

    [Theory]
    [InlineData("")]
    [InlineData("   \n\t ")]
    [InlineData("😀 !!! …")]
    public void A_text_without_words_means_nothing(string text)
    {
        var guess = shop.Classifier.Classify(text);
        Assert.Empty(guess.Labels);
        Assert.Null(guess.Label);
    }

    [Fact]
    public void A_text_of_a_hundred_thousand_characters_is_read_by_its_beginning()
    {
        var guess = shop.Classifier.Classify("can you fix a damaged bike " + string.Concat(Enumerable.Repeat("lorem ipsum ", 9_000)));
        Assert.Equal(5, guess.Labels.Length);
        Assert.NotEmpty(shop.Classifier.Classify(new string('a', 100_000)).Labels);
    }

    [Fact]
    public void Chances_of_all_labels_add_up_to_one_whatever_the_text()
    {
        const int seed = 11;
        var random = new Random(seed);
        for (var n = 0; n < 300; n++)
        {
            var text = new string([.. Enumerable.Range(0, random.Next(1, 80)).Select(_ => (char)random.Next(1, 0x3000))]);
            var guess = shop.Classifier.Classify(text);
            Assert.InRange(guess.InScope, 0, 1);
            if (guess.Labels.Length > 0) Assert.Equal(1, guess.Labels.Sum(label => label.Chance), 6);
        }
    }

    [Fact]
    public void Without_examples_nothing_is_known()
    {
        var classifier = Given.Classifier([]);
        Assert.Empty(classifier.Classify("anything").Labels);
        Assert.Equal(0, classifier.Classify("anything").InScope);
    }

    [Fact]
    public void A_single_label_is_the_only_answer()
    {
        var classifier = Given.Classifier(new LabelledText("how do i return a bike", "return"));
        var guess = classifier.Classify("return a bike");
        Assert.Equal(new IntentChance("return", 1, 1), Assert.Single(guess.Labels));
    }

    [Fact]
    public void Two_labels_of_one_example_each_are_told_apart_by_their_words()
    {
        var classifier = Given.Classifier(new LabelledText("opening hours", "hours"), new LabelledText("return policy", "return"));
        Assert.Equal("hours", classifier.Classify("what are your opening hours").Labels[0].Label);
        Assert.Equal("return", classifier.Classify("return policy please").Labels[0].Label);
    }

    [Fact]
    public void Examples_beyond_any_reason_are_left_out()
    {
        var classifier = Given.Classifier(
            new LabelledText("opening hours", new string('x', 10_000)), new LabelledText("opening hours", ""),
            new LabelledText("", "hours"), new LabelledText("return policy", "return"));
        Assert.Equal("return", Assert.Single(classifier.Labels));
    }

    [Fact]
    public void Training_ends_when_it_is_told_to() =>
        Assert.Throws<OperationCanceledException>(() => IntentTrainer.Train(Given.Shop(), new CancellationToken(canceled: true)));

    public sealed class Shop
    {
        internal IntentClassifier Classifier { get; } = Given.Classifier(Given.Shop());
    }
}
