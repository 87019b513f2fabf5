using FteAgent.Texts;

namespace FteAgent.Tests.Texts;

/// <summary>A text that is too long loses its end, and no character is halved by that.</summary>
public sealed class SafeCutTests
{
    [Theory]
    [InlineData("", 0, "")]
    [InlineData("", 3, "")]
    [InlineData("abc", 0, "")]
    [InlineData("abc", 2, "ab")]
    [InlineData("abc", 3, "abc")]
    [InlineData("abc", 4, "abc")]
    [InlineData("ab🙂", 2, "ab")]
    [InlineData("ab🙂", 3, "ab")]
    [InlineData("ab🙂", 4, "ab🙂")]
    [InlineData("ab🙂c", 4, "ab🙂")]
    [InlineData("🙂", 0, "")]
    [InlineData("🙂", 1, "")]
    [InlineData("🙂🙂🙂", 5, "🙂🙂")]
    // Two letters that are shown as one flag, an accent of its own: each is whole by itself.
    [InlineData("🇳🇱", 2, "🇳")]
    [InlineData("e\u0301t", 1, "e")]
    public void A_texts_beginning_has_whole_characters_and_no_more_than_may_be(string text, int longest, string cut) => Assert.Equal(cut, SafeCut.At(text, longest));

    [Theory]
    [InlineData("abc", 2, 2)]
    [InlineData("ab🙂", 3, 2)]
    [InlineData("ab🙂", 4, 4)]
    [InlineData("abc", 0, 0)]
    public void The_place_is_where_it_was_wished_or_one_before(string text, int longest, int place) => Assert.Equal(place, SafeCut.Place(text, longest));

    [Fact]
    public void Every_cut_of_any_text_can_be_written_and_misses_at_most_one()
    {
        var strict = new System.Text.UTF8Encoding(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);
        const string text = "Grüße 🙂👩‍👩‍👧 aus 𝕭erlin, 東京 und 𠮷野家 🇳🇱!";

        for (var longest = 0; longest <= text.Length + 1; longest++)
        {
            var cut = SafeCut.At(text, longest);
            Assert.StartsWith(cut, text, StringComparison.Ordinal);
            Assert.InRange(cut.Length, Math.Min(text.Length, longest) - 1, longest);
            Assert.Equal(cut, strict.GetString(strict.GetBytes(cut)));
        }
    }
}
