using System.Collections.Immutable;
using FteAgent.Answering;
using FteAgent.Conversations;
using FteAgent.Evals.Tickets;

namespace FteAgent.Evals;

/// <summary>What becomes of first messages, from the rules to the answer.</summary>
public sealed class WholeTests
{
    [Fact]
    public async Task What_must_not_be_handed_over_is_answered_and_each_time_alike()
    {
        var figures = new Figures();

        await new WholeEval("everyday", runs: 3, isOurs: true).Run(EvalData.Sample(), figures);

        Assert.Equal("", string.Join("; ", figures.Exhibits.OfType<ReasonsExhibit>().Single().Reasons));
        Assert.Equal(0, figures.All["everyday_whole.escalation_rate"]);
        Assert.Equal((1.0, 1.0), (figures.All["everyday_whole.same_decision"], figures.All["everyday_whole.same_citations"]));
    }

    [Fact]
    public async Task Each_source_is_judged_by_its_own_rules_and_answered_from_its_own_documents()
    {
        using var folder = new Folder()
            .With(
                "shops/tickets.jsonl",
                """{"id":"a","source":"one","channel":"web_form","subject":"Lamp","message":"How do I change the bulb of the lamp?"}""",
                """{"id":"b","source":"two","channel":"email","message":"How do I change the bulb of the lamp?"}""",
                """{"id":"c","source":"one","channel":"whatsapp","message":"I want a refund, now.","expected_escalation":true}""")
            .With("shops/corpus.jsonl", """{"id":"lamp","source":"one","title":"Lamp","text":"To change the bulb of the lamp, unscrew the ring and pull the bulb out."}""");
        var figures = new Figures();

        await new WholeEval("shops").Run(folder.Data, figures);

        Assert.Equal((0.5, 0.5, 0.0), (figures.All["shops_whole.escalation_rate"], figures.All["shops_whole.no_evidence_rate"], figures.All["shops_whole.answered_though_asked"]));
        Assert.Equal([("no_evidence (A3.no_evidence)", 1)], figures.Exhibits.OfType<ReasonsExhibit>().Single().Reasons);
    }

    [Fact]
    public async Task A_set_that_is_not_there_is_left_out()
    {
        using var folder = new Folder();
        var figures = new Figures();

        await new WholeEval("shops").Run(folder.Data, figures);

        Assert.Empty(figures.Measured);
    }

    [Fact]
    public void Another_decision_and_another_source_in_any_run_are_seen()
    {
        var figures = new Figures();

        Consistency.Report("x", [[Answered("a", "1"), Answered("b", "1"), HandedOver("c")], [Answered("a", "1"), Answered("b", "2"), Answered("c", "1")]], figures);

        Assert.Equal((0.6667, 0.3333), (figures.All["x.same_decision"], figures.All["x.same_citations"]));
    }

    private static TicketOutcome Answered(string ticket, string document) => Outcome(
        ticket, new Decision.Reply("Here.", [new("c", document, "", "", "the words", DateTimeOffset.UnixEpoch)], null, "A3.answer"));

    private static TicketOutcome HandedOver(string ticket) => Outcome(ticket, new Decision.Escalate(EscalationReason.NoEvidence, Urgency.Normal, "A3.no_evidence"));

    private static TicketOutcome Outcome(string ticket, Decision decision) =>
        new(new SupportTicket(ticket, "", Channel.Web, ImmutableArray.Create("?"), false), decision, Draft.None, TimeSpan.Zero, 0);
}
