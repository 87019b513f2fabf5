namespace FteAgent.Channels.Email;

/// <summary>What the table of mails does not show: where a line must stay.</summary>
public sealed class QuotedTextTests
{
    [Theory]
    [InlineData("See 10:00:\n\nit fails")]
    [InlineData("From: here on\nit fails")]
    [InlineData("-- it fails")]
    [InlineData("-----\nit fails")]
    [InlineData("Sent from my office the parcel never came.\n\nit fails")]
    [InlineData("1 > 0")]
    [InlineData("Write to help@example.org:\n\nit fails")]
    public void Words_that_only_look_like_a_mark_stay(string text) => Assert.Equal(text, QuotedText.Strip(text));

    [Theory]
    [InlineData("it fails\n\n\n\n\nwhat now?", "it fails\n\nwhat now?")]
    [InlineData("it fails   \n", "it fails")]
    [InlineData("\n\nit fails", "it fails")]
    public void Empty_lines_are_one(string text, string expected) => Assert.Equal(expected, QuotedText.Strip(text));

    [Fact]
    public void Mail_that_begins_with_the_mark_of_a_signature_keeps_its_words() => Assert.Equal("--\nit fails", QuotedText.Strip("-- \nit fails"));
}
