using FteAgent.Answering.Rules;

namespace FteAgent.Tests.Answering.Rules;

public sealed class SmallTalkTests
{
    [Theory]
    [InlineData("Hi")]
    [InlineData("hello there!")]
    [InlineData("Good morning 👋")]
    [InlineData("hey, how are you?")]
    [InlineData("anyone there?")]
    [InlineData("are you there?")]
    [InlineData("are you still there??")]
    [InlineData("anyone here?")]
    [InlineData("Hello, is there anybody?")]
    [InlineData("Hi! Are you online now?")]
    [InlineData("can you hear me?")]
    [InlineData("hello again 1")]
    [InlineData("42 hi 7")]
    public void Greetings(string text) => Assert.Equal(Speech.Greeting, Ask.Book.Classify(text));

    [Theory]
    [InlineData("Thanks!")]
    [InlineData("thank you so much for your help")]
    [InlineData("thx 👍")]
    [InlineData("🙏")]
    [InlineData("ok, got it, thanks")]
    [InlineData("Perfect, thank you. Have a nice day!")]
    [InlineData("Thank you, that was helpful")]
    public void Thanks(string text) => Assert.Equal(Speech.Thanks, Ask.Book.Classify(text));

    [Theory]
    [InlineData("that fixed it, thanks")]
    [InlineData("It works now!")]
    [InlineData("awesome! got it working. thx!")]
    [InlineData("The problem is solved, you can close the ticket")]
    [InlineData("That did the trick")]
    [InlineData("all good now, thank you")]
    [InlineData("I can log in again, thanks a lot")]
    [InlineData("Yes, that answered my question.")]
    [InlineData("That is exactly what I needed, thanks")]
    [InlineData("Solved in 2 minutes, thank you")]
    public void Confirmations_that_it_is_solved(string text) => Assert.Equal(Speech.SolvedConfirmation, Ask.Book.Classify(text));

    [Theory]
    [InlineData("thanks, but it still fails")]
    [InlineData("Hi, how do I add a user?")]
    [InlineData("It doesn't work")]
    [InlineData("that didn't fix it")]
    [InlineData("It worked yesterday but not today")]
    [InlineData("Thanks. Another question: where is the archive?")]
    [InlineData("thanks for nothing")]
    [InlineData("Is the problem fixed?")]
    [InlineData("When will it work again?")]
    [InlineData("hello? my export is stuck")]
    [InlineData("refund please")]
    [InlineData("not working")]
    [InlineData("Thanks for the answer, can you also tell me how to share it?")]
    [InlineData("it stopped working after it was fixed")]
    [InlineData("works in Chrome only")]
    [InlineData("Hi I need help")]
    [InlineData("Thanks, that is not what I needed, but never mind")]
    [InlineData("Thanks, but that was not really helpful")]
    [InlineData("thank you, not quite what I was looking for")]
    [InlineData("ok thanks, I didn't ask for that")]
    [InlineData("That's not what I wanted")]
    [InlineData("are you available 24/7?")]
    [InlineData("are you online on Sundays?")]
    [InlineData("is it available on Android?")]
    [InlineData("can you see my messages?")]
    [InlineData("error 402")]
    [InlineData("why not")]
    [InlineData("no access")]
    public void Matters_are_never_taken_for_small_talk(string text) => Assert.Equal(Speech.Matter, Ask.Book.Classify(text));

    [Theory]
    [InlineData("")]
    [InlineData("  \n\t ")]
    [InlineData("...")]
    [InlineData("!!!")]
    [InlineData("\u0000\u200b")]
    public void Nothing_to_read(string text) => Assert.Equal(Speech.Empty, Ask.Book.Classify(text));

    [Theory]
    [InlineData("what")]
    [InlineData("??")]
    [InlineData("?!")]
    [InlineData("hm")]
    [InlineData("no")]
    [InlineData("Why?")]
    [InlineData("1")]
    [InlineData("ok 2 what")]
    public void Words_that_say_nothing_are_fillers_before_and_after_an_answer(string text)
    {
        Assert.Equal(Speech.Filler, Ask.Book.Classify(text));
        Assert.Equal(Speech.Filler, Ask.Book.Classify(text, answered: true));
        Assert.Null(Ask.Rule(text));
    }

    [Theory]
    [InlineData("ok")]
    [InlineData("Okay!")]
    [InlineData("yes")]
    [InlineData("alright 👍")]
    public void Ok_takes_an_answer_in_and_says_nothing_before_one(string text)
    {
        Assert.Equal(Speech.Thanks, Ask.Book.Classify(text, answered: true));
        Assert.NotEqual(Speech.Matter, Ask.Book.Classify(text));
        Assert.Null(Ask.Rule(text));
    }

    [Theory]
    [InlineData("are you there?")]
    [InlineData("are you still there??")]
    [InlineData("anyone here?")]
    public void Asking_whether_anybody_is_there_asks_for_no_person(string text) => Assert.Null(Ask.Rule(text));

    [Fact]
    public void Thanks_for_an_answer_that_missed_is_a_question_asked_again() =>
        Assert.Equal("A5.repeat", Ask.After("How do I archive a board?", "Open its menu.", "Thanks, that is not what I needed, but never mind")?.RuleId);
}
