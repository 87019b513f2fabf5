using FteAgent.Answering;
using FteAgent.Answering.Rules;

namespace FteAgent.Tests.Answering;

public sealed class EscalationSummaryTests
{
    private static readonly RuleVerdict Refund = new("A4.refund", EscalationReason.RefundRequest, Urgency.Normal);

    [Fact]
    public void It_says_why_how_the_customer_feels_and_what_was_said()
    {
        var exchange = new ExchangeText(["I want a refund"], [new(true, "How do I export?"), new(false, "Press Export.")]);

        Assert.Equal(
            """
            The customer wants money back (rule A4.refund).
            Sentiment 0.50 (neutral).
            Customer: “I want a refund”
            Earlier: “How do I export?”
            Last answer: “Press Export.”
            """.ReplaceLineEndings(), EscalationSummary.Of(Refund, exchange));
    }

    [Fact]
    public void Where_a_page_is_at_fault_it_says_so_and_accuses_nobody() =>
        Assert.StartsWith(
            "The page that answers holds words for a machine: look at it before it is quoted (rule A4.draft-tampered).",
            EscalationSummary.Of(new("A4.draft-tampered", EscalationReason.NoEvidence, Urgency.Normal), ExchangeText.Of("How do I export?")), StringComparison.Ordinal);

    [Fact]
    public void A_first_message_without_text_is_summed_up_too() =>
        Assert.Contains("no text", EscalationSummary.Of(Refund, ExchangeText.Of("")));

    [Fact]
    public void Long_messages_are_quoted_in_short() =>
        Assert.True(EscalationSummary.Of(Refund, ExchangeText.Of(new string('x', 5000) + "😀")).Length < 500);

    [Fact]
    public void Every_reason_has_a_route() =>
        Assert.All(Enum.GetValues<EscalationReason>(), reason =>
            Assert.Contains(EscalationRoute.Of(reason), new[] { "billing", "technical", "sales", "legal", "security", "support" }));
}
