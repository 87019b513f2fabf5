using FteAgent.Answering;

namespace FteAgent.Tests.Answering;

public sealed class ReplyFormTests
{
    private static readonly ReplyForm Ten = new("web", 10, "More help?");

    [Fact]
    public void A_short_reply_stays_as_it_is_and_gets_its_footer() =>
        Assert.Equal(new FormedReply("Open Settings. Press Save.", "More help?"), Ten.Form("  Open Settings. Press Save. \n"));

    [Fact]
    public void A_long_reply_ends_after_the_last_sentence_that_fits() =>
        Assert.Equal("One two three. Four five six!", Ten.Form("One two three. Four five six! Seven eight nine ten eleven. Twelve.").Text);

    [Fact]
    public void A_point_inside_a_name_or_number_ends_no_sentence() =>
        Assert.Equal("Version 1.2 of app.js works.", Ten.Form("Version 1.2 of app.js works. The next one needs a lot more words.").Text);

    [Fact]
    public void A_code_block_is_kept_whole_or_left_out() =>
        Assert.Equal("Run this:", Ten.Form("Run this:\n```\na b c. d e f\ng h i j k l\n```\nDone.").Text);

    [Fact]
    public void A_single_endless_sentence_is_cut_between_words_and_shows_it() =>
        Assert.Equal("a b c d e f g h i j …", Ten.Form("a b c d e f g h i j k l m n").Text);

    [Fact]
    public void The_web_allows_three_hundred_words_and_offers_more_help()
    {
        var reply = ReplyForm.Web.Form(string.Concat(Enumerable.Repeat("One two three four five. ", 100)));

        Assert.Equal(300, ReplyForm.Words(reply.Text));
        Assert.EndsWith(".", reply.Text);
        Assert.Contains("more help", reply.Footer, StringComparison.OrdinalIgnoreCase);
    }
}
