using System.Collections.Immutable;
using FteAgent.Answering;
using FteAgent.Knowledge;

namespace FteAgent.Tests.Answering;

/// <summary>What a model says that it quotes stands where it says so.</summary>
public sealed class QuotesTests
{
    private static readonly SearchHit Hit = new("c1", "guide.md", "Guide", "", "Open **Settings**,\nthen choose “Export” – it takes a minute.", 1, DateTimeOffset.UnixEpoch);

    private static readonly Dictionary<string, SearchHit> Given = new() { ["c1"] = Hit };

    [Theory]
    [InlineData("Open **Settings**, then choose")]
    [InlineData("then choose \"Export\" - it takes a minute.")]
    [InlineData("  it takes   a minute ")]
    public void A_quote_may_differ_in_spaces_quotation_marks_and_dashes(string quote) => Assert.Null(Quotes.Fault(Told(quote), Given));

    [Theory]
    [InlineData("Open Settings and choose Export", "is not in chunk \"c1\"")]
    [InlineData("it takes an hour", "is not in chunk")]
    [InlineData("OPEN **SETTINGS**, then choose", "is not in chunk")]
    [InlineData("a minute", "3 to 40 words")]
    [InlineData("   ", "3 to 40 words")]
    public void A_quote_that_does_not_stand_there_is_a_fault_that_says_what_to_do(string quote, string fault) =>
        Assert.Contains(fault, Quotes.Fault(Told(quote), Given), StringComparison.Ordinal);

    [Theory]
    [InlineData("pen **Settings**, then choose", false)]
    [InlineData("it takes a min", false)]
    [InlineData("ettings**, then choose", false)]
    [InlineData("Settings**, then choose", true)]
    public void A_quote_begins_and_ends_with_whole_words(string quote, bool stands) => Assert.Equal(stands, Quotes.Fault(Told(quote), Given) is null);

    [Fact]
    public void A_quote_stands_where_only_a_later_place_has_its_words_whole()
    {
        var given = new Dictionary<string, SearchHit> { ["c1"] = Hit with { Text = "You are unable to see it. Yet admins are able to see it all." } };

        Assert.Null(Quotes.Fault(Told("able to see it"), given));
        Assert.NotNull(Quotes.Fault(Told("ble to see it"), given));
    }

    [Fact]
    public void Where_a_script_has_no_spaces_a_quote_may_begin_and_end_anywhere()
    {
        var given = new Dictionary<string, SearchHit> { ["c1"] = Hit with { Text = "打开设置 然后选择 导出按钮。" } };

        Assert.Null(Quotes.Fault(Told("设置 然后选择 导出"), given));
    }

    [Fact]
    public void A_chunk_that_was_not_given_cannot_be_quoted() =>
        Assert.Contains("no chunk \"c2\"", Quotes.Fault(Told("it takes a minute", "c2"), Given), StringComparison.Ordinal);

    [Fact]
    public void A_sentence_that_names_a_citation_which_is_not_there_is_a_fault()
    {
        var draft = Told("it takes a minute") with { Sentences = [new("It is quick.", [1])] };

        Assert.NotNull(Quotes.Fault(draft, Given));
    }

    [Fact]
    public void A_model_that_only_quotes_may_quote_at_length_but_nothing_else()
    {
        Assert.Null(Quotes.Fault(Told(Hit.Text) with { Sentences = default }, Given));
        Assert.NotNull(Quotes.Fault(Told(Hit.Text + " Really.") with { Sentences = default }, Given));
        Assert.Null(Quotes.Fault(Draft.None, Given));
    }

    [Theory]
    [InlineData("it takes a minute.", true)]
    [InlineData("Open **Settings**, then choose “Export” - it takes a minute.", true)]
    [InlineData("Open **Settings**", false)]
    public void A_quote_that_shares_words_with_a_disputed_sentence_is_disputed(string quote, bool disputed)
    {
        var given = new Dictionary<string, SearchHit> { ["c1"] = Hit with { Disputed = ["– it takes a\nminute."] } };

        Assert.Equal(disputed, Quotes.AreDisputed(Told(quote), given));
        Assert.False(Quotes.AreDisputed(Told(quote), Given));
        Assert.False(Quotes.AreDisputed(Draft.None, given));
    }

    private static Draft Told(string quote, string chunk = "c1") =>
        new("It is quick.", [new(chunk, "guide.md", "Guide", "", quote, DateTimeOffset.UnixEpoch)], 0.9) { Sentences = [new("It is quick.", ImmutableArray.Create(0))] };
}
