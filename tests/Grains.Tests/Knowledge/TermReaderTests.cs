using FteAgent.Knowledge;

namespace FteAgent.Tests.Knowledge;

public class TermReaderTests
{
    [Theory]
    [InlineData("Resetting the passwords", "reset password")]
    [InlineData("don't DON’T dont", "dont dont dont")]
    [InlineData("fly_secrets_set --stage", "fly secret set stag")]
    [InlineData("Größe ÜBER café Łódź", "groß uber cafe lodz")]
    [InlineData("cafe\u0301", "cafe")]
    [InlineData("パスワード", "パ ス ワ ー ド")]
    [InlineData("忘记 password", "忘 记 password")]
    [InlineData("كلمة المرور", "كلمة المرور")]
    [InlineData("v1.2.3 PA01", "v1 2 3 pa01")]
    [InlineData("", "")]
    [InlineData("😀 👩‍👩‍👧 !!!", "")]
    public void Text_is_read_as_folded_stemmed_terms(string text, string terms) =>
        Assert.Equal(terms, string.Join(' ', TermReader.All(text)));

    [Fact]
    public void Random_text_of_any_kind_is_read_to_its_end()
    {
        const int seed = 71;
        var random = new Random(seed);
        for (var n = 0; n < 500; n++)
        {
            var text = new string(Enumerable.Range(0, random.Next(200)).Select(_ => (char)random.Next(0x10000)).ToArray());
            Assert.True(TermReader.All(text).All(term => term.Length > 0), $"seed {seed}, text {n}");
        }
    }
}
