using FteAgent.Answering;
using FteAgent.Answering.Rules;
using FteAgent.Testing;
using Xunit.Abstractions;

namespace FteAgent.Tests.Answering.Rules;

/// <summary>Whatever is written, the rules answer, and in bounded work.</summary>
public sealed class AnyTextTests(ITestOutputHelper output)
{
    private const int Rounds = 300;

    [Fact]
    public void Random_unicode_never_throws_and_always_means_the_same()
    {
        var random = Seeded();
        for (var round = 0; round < Rounds; round++)
        {
            var text = RandomText(random, random.Next(600));
            var first = Ask.Rule(text);
            Assert.Equal(first, Ask.Rule(text));
            Assert.InRange(Ask.Book.Sentiment(text), 0, 1);
            Ask.Book.Classify(text);
            LanguageDetector.Detect(text);
            Ask.Book.After(new Draft(text, [], 0.5), ExchangeText.Of(text));
        }
    }

    [Theory]
    [InlineData("a")]
    [InlineData("not ")]
    [InlineData("i want to talk to a ")]
    [InlineData("refund ")]
    [InlineData("how much is the ")]
    [InlineData("\u202Eאבג ")]
    [InlineData("😀")]
    [InlineData("\uD800")]
    [InlineData("\u0000")]
    [InlineData("((((")]
    [InlineData("\"' ")]
    [InlineData("```")]
    [InlineData("@.")]
    [InlineData("\n")]
    [InlineData("!!!!")]
    public void Ten_thousand_characters_are_read_in_bounded_work(string piece)
    {
        var text = string.Concat(Enumerable.Repeat(piece, Reading.MaxLength / piece.Length + 1));

        var reading = Reading.Of(text);

        Assert.True(reading.Tokens.Length <= Reading.MaxLength * 2);
        Ask.Rule(text);
        Ask.Book.Sentiment(text);
        Ask.Book.Classify(text);
        Ask.Book.After(new Draft(text, [], 0.5), ExchangeText.Of(text));
        ReplyForm.Web.Form(text);
    }

    [Fact]
    public void A_request_is_heard_behind_curly_quotes_full_width_letters_and_control_characters()
    {
        Assert.Equal("A5.person", Ask.Rule("I don’t want a bot, get me a human"));
        Assert.Equal("A4.refund", Ask.Rule("ｒｅｆｕｎｄ please"));
        Assert.Equal("A4.refund", Ask.Rule("\u0007refund\u0007 please"));
    }

    private Random Seeded() => new(TestSeed.Take(output.WriteLine));

    private static string RandomText(Random random, int length)
    {
        string[] words = ["refund", "human", "not", "lawyer", "price", "hello", "thanks", "it works", "hacked", "?", "!", "\n", "\"", "'", "`", "https://x.y", "a@b.c", "$5", "100%"];
        return string.Concat(Enumerable.Range(0, length).Select(_ => random.Next(4) switch
        {
            0 => words[random.Next(words.Length)],
            1 => " ",
            2 => ((char)random.Next(char.MaxValue + 1)).ToString(),
            _ => char.ConvertFromUtf32(random.Next(0x10000, 0x10FFFF)),
        }));
    }
}
