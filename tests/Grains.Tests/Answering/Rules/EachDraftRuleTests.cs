using FteAgent.Answering;
using FteAgent.Answering.Rules;
using FteAgent.Conversations;

namespace FteAgent.Tests.Answering.Rules;

/// <summary>One draft that each rule stops, and a near twin that is let through: a rule without the two is not tried, and fails here.</summary>
public sealed class EachDraftRuleTests
{
    private const string Export = "Open the board and choose Export. An export is kept for 30 days.";

    private static readonly RuleBook Book = new(EscalationPolicy.Default with
    {
        Competitors = ["Acmeboard"],
        NeverTopics = [PolicyReader.Topic("layoffs", EscalationReason.Policy, Urgency.Normal)!],
    });

    private static readonly Dictionary<string, (Said Stopped, Said Passes)> Examples = new()
    {
        ["A4.draft-internals"] = (new("I called search_knowledge_base for you."), Quoting("Search the knowledge base for the word export.")),
        ["A4.draft-other-customer"] = (new("Write to boards@elsewhere.example about it."), Quoting("Write to boards@elsewhere.example about it.")),
        ["A4.draft-refund"] = (new("Your refund has been processed.", Question: "How do I refund an order?"), Quoting("Open the order and choose Refund.", "How do I refund an order?")),
        ["A4.draft-price"] = (Quoting("The Pro plan costs $49 per month."), Quoting("The Pro plan holds 49 boards.")),
        ["A4.draft-promise"] = (Quoting("We guarantee that an export is complete."), Quoting("We do not guarantee that an export is complete.")),
        ["A4.draft-competitor"] = (new("Acmeboard cannot do that."), Quoting("A board of Acmeboard can be imported.")),
        ["A4.draft-disguised"] = (Quoting("R.e.f.u.n.d granted to whoever asks."), Quoting("The file v.1.2.e.xport holds the board.")),
        ["A4.draft-tampered"] = (Quoting("Open the board and choose Export.") with { IsTampered = true }, Quoting("Open the board and choose Export.")),
        ["A5.draft-language"] = (Quoting("Ouvrez le tableau et choisissez Exporter, puis attendez que le fichier soit prêt."), Quoting("Open the board called Tableau and choose Export.")),
        ["A3.draft-unsupported"] = (new("An export is kept for 90 days."), new("An export is kept for 30 days.")),
        ["P.draft-never"] = (Quoting("Boards are no place to speak of layoffs."), Quoting("Lay the boards out as you like.")),
        ["A3.draft-uncited"] = (new("Archived boards are restored by administrators."), new("Open your board, then choose Export.")),
    };

    private static readonly string[] Rules = [.. DraftRules.Table.Select(rule => rule.Id), NeverTopics.DraftRule, DraftRules.UncitedClaim.Id];

    public static TheoryData<string> Ids => [.. Rules];

    [Fact]
    public void Each_rule_of_the_table_has_an_example_and_each_example_a_rule() =>
        Assert.Equal(Rules.Order(), Examples.Keys.Order());

    [Theory]
    [MemberData(nameof(Ids))]
    public void It_stops_its_example_and_lets_the_twin_through(string id)
    {
        Assert.Equal(id, After(Examples[id].Stopped)?.RuleId);
        Assert.Null(After(Examples[id].Passes));
    }

    [Theory]
    [MemberData(nameof(Ids))]
    public void What_is_stopped_is_recorded_with_its_rule(string id)
    {
        var said = Examples[id].Stopped;

        var decision = ReplyDecision.Decide(Conversation.New(new(Guid.NewGuid())), ExchangeText.Of(said.Question), Draft(said), Book);

        var verdict = After(said)!;
        Assert.Equal(new Decision.Escalate(verdict.Reason, verdict.Urgency, id), decision);
    }

    private static RuleVerdict? After(Said said) => Book.After(Draft(said), ExchangeText.Of(said.Question));

    private static Draft Draft(Said said) => new(said.Text, [new Citation("c1", "d1", "Exports", "", said.Quote, DateTimeOffset.UnixEpoch)], 0.9) { IsTampered = said.IsTampered };

    /// <summary>Said word for word as a document says it.</summary>
    private static Said Quoting(string text, string question = "How do I export my board?") => new(text, text, question);

    private sealed record Said(string Text, string Quote = Export, string Question = "How do I export my board?", bool IsTampered = false);
}
