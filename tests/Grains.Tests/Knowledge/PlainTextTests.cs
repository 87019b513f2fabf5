using System.Diagnostics;
using FteAgent.Knowledge;

namespace FteAgent.Tests.Knowledge;

public class PlainTextTests
{
    [Theory]
    [InlineData("Open [Settings](https://example.com/a_(b)) and **save**.", "Open Settings and save.")]
    [InlineData("Run `fly deploy --now` in [`app/`](/x).", "Run fly deploy --now in app/.")]
    [InlineData("*Not* _marks_: snake_case_name, 2 * 3 * 4, `__init__`", "Not marks: snake_case_name, 2 * 3 * 4, __init__")]
    [InlineData("![Screenshot](a.png) it doesn&#39;t <br/>matter", "Screenshot it doesn't matter")]
    [InlineData("two\n  lines", "two lines")]
    [InlineData("a < b and c > d", "a < b and c > d")]
    public void Marks_go_and_words_stay(string markdown, string plain) => Assert.Equal(plain, PlainText.Of(markdown));

    [Theory]
    [InlineData("[")]
    [InlineData("`")]
    [InlineData("**a")]
    [InlineData("<a ")]
    [InlineData("![](")]
    public void Marks_without_end_do_not_keep_it_busy(string mark)
    {
        var started = Stopwatch.StartNew();
        PlainText.Of(string.Concat(Enumerable.Repeat(mark, 6_000 / mark.Length)));
        Assert.True(started.Elapsed < TimeSpan.FromSeconds(5), $"took {started.Elapsed}");
    }
}
