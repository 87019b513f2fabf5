using FteAgent.Answering;
using FteAgent.Answering.Rules;

namespace FteAgent.Tests.Answering.Rules;

public sealed class VerdictsTests
{
    private static readonly RuleVerdict Refund = new("A4.draft-refund", EscalationReason.RefundRequest, Urgency.Normal);

    private readonly Verdicts verdicts = new();
    private readonly Draft draft = new("We refund everybody.", [], 1);

    [Fact]
    public void A_verdict_is_told_once_for_the_same_draft_and_the_same_words()
    {
        verdicts.Keep(draft, Said("Can I have it back?", "Hello."), Refund);

        Assert.True(verdicts.TryTake(draft, Said("Can I have it back?", "Hello."), out var verdict));
        Assert.Equal(Refund, verdict);
        Assert.False(verdicts.TryTake(draft, Said("Can I have it back?", "Hello."), out _));
    }

    [Fact]
    public void That_nothing_was_found_is_remembered_too()
    {
        verdicts.Keep(null, Said("How do I export a board?"), null);

        Assert.True(verdicts.TryTake(null, Said("How do I export a board?"), out var verdict));
        Assert.Null(verdict);
    }

    [Fact]
    public void What_differs_in_anything_is_read_again()
    {
        verdicts.Keep(draft, Said("Can I have it back?", "Hello."), null);

        Assert.False(verdicts.TryTake(draft with { NeedsPerson = EscalationReason.Policy }, Said("Can I have it back?", "Hello."), out _));
        Assert.False(verdicts.TryTake(null, Said("Can I have it back?", "Hello."), out _));
        Assert.False(verdicts.TryTake(draft, Said("Can I have it back?"), out _));
        Assert.False(verdicts.TryTake(draft, Said("Can I have it back?", "Goodbye."), out _));
        Assert.False(verdicts.TryTake(draft, Said("Can I have it back?", "Hello.") with { Channel = "email" }, out _));
        Assert.False(verdicts.TryTake(draft, Said("Can I have it back?", "Hello.") with { EarlierSentiments = [0.1] }, out _));
        Assert.True(verdicts.TryTake(draft, Said("Can I have it back?", "Hello."), out _));
    }

    private static ExchangeText Said(string message, params string[] before) => new([message], [.. before.Select(text => new Utterance(FromCustomer: true, text))], EarlierSentiments: []);
}
