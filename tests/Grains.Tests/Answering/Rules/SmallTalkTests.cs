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
    public void Greetings(string text) => Assert.Equal(MessageKind.Greeting, Ask.Book.Classify(text));

    [Theory]
    [InlineData("Thanks!")]
    [InlineData("thank you so much for your help")]
    [InlineData("thx 👍")]
    [InlineData("🙏")]
    [InlineData("ok, got it, thanks")]
    [InlineData("Perfect, thank you. Have a nice day!")]
    public void Thanks(string text) => Assert.Equal(MessageKind.Thanks, Ask.Book.Classify(text));

    [Theory]
    [InlineData("that fixed it, thanks")]
    [InlineData("It works now!")]
    [InlineData("awesome! got it working. thx!")]
    [InlineData("The problem is solved, you can close the ticket")]
    [InlineData("That did the trick")]
    [InlineData("all good now, thank you")]
    [InlineData("I can log in again, thanks a lot")]
    [InlineData("Yes, that answered my question.")]
    public void Confirmations_that_it_is_solved(string text) => Assert.Equal(MessageKind.SolvedConfirmation, Ask.Book.Classify(text));

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
    public void Matters_are_never_taken_for_small_talk(string text) => Assert.Equal(MessageKind.Matter, Ask.Book.Classify(text));

    [Theory]
    [InlineData("")]
    [InlineData("  \n\t ")]
    [InlineData("...")]
    [InlineData("?!")]
    [InlineData("\u0000\u200b")]
    public void Nothing_to_read(string text) => Assert.Equal(MessageKind.Empty, Ask.Book.Classify(text));
}
