using FteAgent.Answering.Rules;

namespace FteAgent.Attacks;

/// <summary>What is hidden from phrases and plain to eyes.</summary>
public sealed class DisguiseTests
{
    [Theory]
    [InlineData("r\u200be\u00adf\u2060und")]
    [InlineData("ｒｅｆｕｎｄ")]
    [InlineData("𝐫𝐞𝐟𝐮𝐧𝐝")]
    [InlineData("ⓡⓔⓕⓤⓝⓓ")]
    [InlineData("r̶e̶f̶u̶n̶d̶")]
    [InlineData("&#114;efund")]
    [InlineData("rеfund")] // a Cyrillic е
    public void Styled_and_invisible_characters_are_read_through(string hidden) => Assert.Equal("refund", Disguise.Plain(hidden));

    [Theory]
    [InlineData("my r e f u n d please")]
    [InlineData("r.e.f.u.n.d")]
    [InlineData("ref-und")]
    [InlineData("r3fund")]
    [InlineData("<b>ref</b>und")]
    [InlineData("dnufer ruoy")]
    [InlineData("lbhe ershaq")]
    [InlineData("eW91ciByZWZ1bmQ=")]
    [InlineData("726566756e64206d65206e6f77")]
    [InlineData("01110010 01100101 01100110 01110101 01101110 01100100")]
    [InlineData("%72efund%20me")]
    [InlineData("\\u0072efund")]
    public void A_hidden_word_comes_to_light(string hidden) =>
        Assert.Contains(Disguise.Readings(hidden), reading => reading.Contains("refund", StringComparison.OrdinalIgnoreCase));

    [Theory]
    [InlineData("A refund of an order is made in the shop, see the price/discount columns.")]
    [InlineData("Set S3_KEY=abc123 and run k8s on port 8080 (over-ride with --force).")]
    [InlineData("Das Café öffnet um 8 Uhr. Привет! 你好 😀🇩🇪")]
    [InlineData("The file is 550e8400-e29b-41d4-a716-446655440000.")]
    [InlineData("a b c d e f")]
    public void An_honest_text_has_no_other_reading(string text) => Assert.Empty(Disguise.Readings(text));

    [Theory]
    [InlineData(".-. . ..-. ..- -. -..", true)]
    [InlineData("⠗⠑⠋⠥⠝⠙", true)]
    [InlineData("| --- | --- | --- | --- | --- | --- |", false)]
    [InlineData("Well... no. - Yes.", false)]
    public void Signs_for_letters_are_known(string text, bool isCode) => Assert.Equal(isCode, Disguise.IsCode(text));
}
