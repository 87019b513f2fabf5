using FteAgent.Answering;

namespace FteAgent.Tests.Answering;

public class SentenceSplitterTests
{
    [Theory]
    [InlineData("One. Two! Three?", "One.|Two!|Three?")]
    [InlineData("Use e.g. Redis. Then stop.", "Use e.g. Redis.|Then stop.")]
    [InlineData("Edit fly.toml and set v1.2.3. Done", "Edit fly.toml and set v1.2.3.|Done")]
    [InlineData("Run `a. B` now. Next.", "Run `a. B` now.|Next.")]
    [InlineData("He said \"stop.\" Then left.", "He said \"stop.\"|Then left.")]
    [InlineData("忘记密码？点击这里。完成", "忘记密码？|点击这里。|完成")]
    [InlineData("Wait... what", "Wait... what")]
    public void Sentences_end_where_a_reader_would_end_them(string text, string sentences) =>
        Assert.Equal(sentences, string.Join('|', SentenceSplitter.Split(text, 0, text.Length).Select(s => text[s.Start..s.End].Trim())));
}
