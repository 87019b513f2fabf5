using FteAgent.Intents;

namespace FteAgent.Tests.Intents;

public class FeatureTests
{
    [Theory]
    [InlineData("Don’t WAIT, Zoë!", "dont wait zoe")]
    [InlineData("how do I", "how do i")]
    [InlineData("cafe\u0301 café", "cafe cafe")]
    [InlineData("忘记 password", "忘 记 password")]
    [InlineData("'quoted' o'clock'", "quoted oclock")]
    [InlineData("", "")]
    public void Words_are_read_folded_and_complete(string text, string words) => Assert.Equal(words, string.Join(' ', WordReader.Read(text)));

    [Fact]
    public void A_long_text_is_read_to_its_limit()
    {
        var words = WordReader.Read(string.Concat(Enumerable.Repeat("word ", 10_000)));
        Assert.Equal(WordReader.MostWords, words.Count);
        Assert.Equal(WordReader.LongestWord, Assert.Single(WordReader.Read(new string('x', 100_000))).Length);
    }

    [Fact]
    public void A_feature_has_the_same_number_in_every_release()
    {
        // These numbers stand in stored classifiers: another one wants another version of them.
        var stem = Feature.Of("refund").First(feature => feature.Kind == FeatureKind.Stem);
        Assert.Equal(StemOfRefund, stem.Hash);
        Assert.True(stem.Telling);
        Assert.False(Feature.Of("how").First(feature => feature.Kind == FeatureKind.Stem).Telling);
    }

    [Fact]
    public void The_same_word_twice_is_one_feature()
    {
        var once = Feature.Of("broken").Where(feature => feature.Kind == FeatureKind.Word);
        Assert.Equal(once, Feature.Of("broken, broken!").Where(feature => feature.Kind == FeatureKind.Word));
    }

    [Fact]
    public void A_known_text_has_length_one()
    {
        var texts = new[] { "where is my parcel", "my parcel is late" }.Select(text => Feature.Of(text)).ToList();
        var table = FeatureTable.Of(texts);
        Assert.Equal(1, table.Weigh(texts[0]).Values.Sum(value => value * value), 4);
        Assert.Equal(0, table.Weigh(Feature.Of("Ω")).Count);
    }

    private const uint StemOfRefund = 2_311_856_521;
}
