using FteAgent.Answering;

namespace FteAgent.Tests.Answering;

public sealed class SentimentTests
{
    private const double Unhappy = 0.3;

    [Theory]
    [InlineData("This is unacceptable!")]
    [InlineData("I am furious")]
    [InlineData("Your product is garbage and your support is useless")]
    [InlineData("NOTHING WORKS!!! FIX THIS NOW!!!")]
    [InlineData("What a joke of a company, worst support ever")]
    [InlineData("I am extremely disappointed and angry. This ruined our launch.")]
    [InlineData("Total waste of money, I regret paying for it")]
    [InlineData("Three days without an answer. Nobody cares. I have lost all trust and am fed up.")]
    [InlineData("🤬🤬 terrible")]
    public void Truly_unhappy_is_below_the_threshold(string text) => Assert.True(SentimentScorer.Score(text) < Unhappy, $"{SentimentScorer.Score(text)}");

    [Theory]
    [InlineData("This is so frustrating, how do I export my report?")]
    [InlineData("Very annoying: the password mail never arrives. How do I reset it?")]
    [InlineData("The app crashed, then froze, then failed with an error and got stuck. It is broken, slow and wrong.")]
    [InlineData("It keeps crashing 😤")]
    [InlineData("I'm a bit disappointed, but I understand that these things take time")]
    [InlineData("URGENT: WHERE IS THE EXPORT BUTTON")]
    [InlineData("I cannot log in and have a meeting in an hour, please help urgently")]
    [InlineData("The error message says \"terrible failure\", what does it mean?")]
    public void Frustrated_questions_stay_above_it(string text) => Assert.True(SentimentScorer.Score(text) >= Unhappy, $"{SentimentScorer.Score(text)}");

    [Theory]
    [InlineData("Das ist eine Unverschämtheit, ich bin wirklich wütend!")]
    [InlineData("C'est scandaleux et honteux")]
    [InlineData("Un servicio pésimo, es vergonzoso")]
    [InlineData("Un servizio pessimo, sono furioso")]
    [InlineData("Atendimento péssimo, isso é inaceitável")]
    [InlineData("Schandalig, ik ben woedend")]
    public void Anger_is_read_in_other_languages_too(string text) => Assert.True(SentimentScorer.Score(text) < Unhappy, $"{SentimentScorer.Score(text)}");

    [Theory]
    [InlineData("Ich bin etwas enttäuscht: wie exportiere ich den Bericht?")]
    [InlineData("Das ist nicht schrecklich, aber wie geht es weiter?")]
    [InlineData("Je suis un peu déçue, comment exporter le rapport ?")]
    [InlineData("¿Cómo exporto el informe?")]
    [InlineData("Hoe exporteer ik het rapport? Bedankt")]
    public void Questions_in_other_languages_stay_above_it(string text) => Assert.True(SentimentScorer.Score(text) >= Unhappy, $"{SentimentScorer.Score(text)}");

    [Theory]
    [InlineData("How do I add a column?")]
    [InlineData("")]
    [InlineData("   ")]
    [InlineData("12345")]
    public void No_feeling_is_neutral(string text) => Assert.Equal(0.5, SentimentScorer.Score(text), 2);

    [Theory]
    [InlineData("I love this product, it is amazing!")]
    [InlineData("Great support, thank you so much 🎉")]
    [InlineData("awesome, works perfectly")]
    public void Happy_is_well_above_neutral(string text) => Assert.True(SentimentScorer.Score(text) > 0.65, $"{SentimentScorer.Score(text)}");

    [Fact]
    public void A_negation_turns_a_feeling_round()
    {
        Assert.True(SentimentScorer.Score("This is not good") < SentimentScorer.Score("This is good"));
        Assert.True(SentimentScorer.Score("It is not terrible") > SentimentScorer.Score("It is terrible"));
    }

    [Fact]
    public void Capitals_and_exclamation_marks_carry_anger_further() =>
        Assert.True(SentimentScorer.Score("THIS IS AWFUL!!!") < SentimentScorer.Score("this is awful"));
}
