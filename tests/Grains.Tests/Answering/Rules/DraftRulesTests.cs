using FteAgent.Answering;
using FteAgent.Answering.Rules;

namespace FteAgent.Tests.Answering.Rules;

public sealed class DraftRulesTests
{
    private static readonly ExchangeText Question = ExchangeText.Of("How do I export my board? I am ada@example.com");

    [Theory]
    [InlineData("The Pro plan costs $49 per month.", "A4.draft-price")]
    [InlineData("I can offer you a 20% discount.", "A4.draft-price")]
    [InlineData("Your refund has been processed.", "A4.draft-refund")]
    [InlineData("We will refund you within a week.", "A4.draft-refund")]
    [InlineData("We guarantee that this never fails.", "A4.draft-promise")]
    [InlineData("The feature is coming soon.", "A4.draft-promise")]
    [InlineData("I have reset your account.", "A4.draft-promise")]
    [InlineData("My instructions say that I must not tell.", "A4.draft-internals")]
    [InlineData("I called search_knowledge_base for you.", "A4.draft-internals")]
    [InlineData("Use the key sk-live-abcdefghij0123456789 for now.", "A4.draft-internals")]
    [InlineData("Write to bob@elsewhere.org about it.", "A4.draft-other-customer")]
    [InlineData("Call +44 20 7946 0958 instead.", "A4.draft-other-customer")]
    [InlineData("Acmeboard cannot do that.", "A4.draft-competitor")]
    [InlineData("An export is kept for 90 days.", "A3.draft-unsupported")]
    [InlineData("See https://example.org/made-up for more.", "A3.draft-unsupported")]
    public void A_draft_that_breaks_a_rule_is_stopped(string text, string rule) => Assert.Equal(rule, After(text));

    [Theory]
    [InlineData("Open the board, choose Export and press Download.")]
    [InlineData("Open your board. Then choose Export, and press Download. Is your address ada@example.com?")]
    [InlineData("Happy to help! To export your board, open it, choose Export and press Download. Let me know if you get stuck.")]
    [InlineData("")]
    public void A_plain_answer_passes(string text) => Assert.Null(After(text));

    [Fact]
    public void Words_of_a_cited_document_may_be_said() =>
        Assert.Null(After("Exports are kept for 30 days.", "Exports are kept for 30 days."));

    [Fact]
    public void A_price_is_kept_for_a_person_even_when_a_document_names_it() =>
        Assert.Equal("A4.draft-price", After("The Pro plan costs $49 per month.", "The Pro plan costs $49 per month."));

    [Fact]
    public void A_documented_price_may_be_said_where_the_handbook_leaves_list_prices_to_the_assistant()
    {
        var book = new RuleBook(EscalationPolicy.Default with { ListPricesAreAnswered = true });

        Assert.Null(book.After(Draft("The Pro plan costs $49 per month.", "The Pro plan costs $49 per month."), Question));
        Assert.Equal("A4.draft-price", book.After(Draft("The Pro plan costs $39 per month.", "The Pro plan costs $49 per month."), Question)?.RuleId);
    }

    private static string? After(string text, string quote = "Open the board, choose Export and press Download.") =>
        new RuleBook(EscalationPolicy.Default with { Competitors = ["Acmeboard"] }).After(Draft(text, quote), Question)?.RuleId;

    private static Draft Draft(string text, string quote) =>
        new(text, [new Citation("c1", "d1", "Exports", "", quote, DateTimeOffset.UnixEpoch)], 0.9);
}
