using FteAgent.Answering;
using FteAgent.Answering.Rules;
using FteAgent.Conversations;
using FteAgent.Customers;
using FteAgent.Tests.Knowledge;
using FteAgent.Tickets;

namespace FteAgent.Tests.Answering;

public sealed class ReplyDecisionTests
{
    private static readonly CustomerId Mira = new(Guid.NewGuid());

    private static readonly TicketId Matter = TicketId.Mint(TimeProvider.System);

    [Theory]
    [InlineData("Thanks!")]
    [InlineData("ok")]
    public void Thanks_for_an_answer_are_acknowledged_and_close_nothing(string text) =>
        Assert.Equal(("thanks", Wording.ThanksReceived), Said(Decide(Answered(), text)));

    [Fact]
    public void Only_word_that_it_is_solved_closes_the_ticket() =>
        Assert.Equal(new Decision.Confirm("T6.confirmed"), Decide(Answered(), "That fixed it, thanks"));

    [Fact]
    public void Word_that_it_is_solved_where_nothing_was_answered_closes_nothing() =>
        Assert.Equal("thanks", Decide(Conversation.New(Mira), "That fixed it, thanks").Rule);

    [Fact]
    public void Messages_without_text_are_asked_for_some_and_the_third_in_a_row_needs_a_person()
    {
        Assert.Equal(new Decision.AskForText("C7.empty"), Decide(Wrote("", ""), ""));
        Assert.Equal(new Decision.Escalate(EscalationReason.UnableToParseMessage, Urgency.Normal, "C7.empty"), Decide(Wrote("", "", ""), ""));
        Assert.Equal(new Decision.AskForText("C7.empty"), Decide(Wrote("", "How do I export?", ""), ""));
    }

    [Fact]
    public void A_draft_that_failed_and_an_exchange_that_holds_nothing_go_to_a_person()
    {
        var failure = new Decision.Escalate(EscalationReason.ServiceUnavailable, Urgency.Normal, "A5.failure");

        Assert.Equal(failure, ReplyDecision.Decide(Conversation.New(Mira), ExchangeText.Of("How do I export?"), Draft.Failed("timeout"), Book));
        Assert.Equal(failure, Decide(Conversation.New(Mira)));
    }

    [Fact]
    public void What_the_documents_do_not_answer_goes_to_a_person() =>
        Assert.Equal(new Decision.Escalate(EscalationReason.NoEvidence, Urgency.Normal, "A3.no_evidence"), Decide(Conversation.New(Mira), "How do I export?"));

    [Fact]
    public void The_assistant_is_silent_while_a_person_has_the_conversation_and_while_one_is_awaited_who_was_asked_for()
    {
        var had = Conversation.New(Mira) with { Handoff = new(new(Guid.NewGuid(), "Ana"), Given.Day) };
        var awaited = Conversation.New(Mira) with { Escalation = Called(EscalationReason.PersonRequested) };

        Assert.Equal(new Decision.StaySilent("handoff"), Decide(had, "How do I export?"));
        Assert.Equal(new Decision.StaySilent("awaited"), Decide(awaited, "How do I export?"));
    }

    [Theory]
    [InlineData("ok")]
    [InlineData("what")]
    [InlineData("??")]
    [InlineData("1")]
    public void Who_says_nothing_is_asked_for_more(string text) =>
        Assert.Equal(("filler", Wording.AskForMore), Said(Decide(Conversation.New(Mira), text)));

    [Fact]
    public void A_filler_beside_a_greeting_is_greeted() =>
        Assert.Equal(("greeting", Wording.Greeting), Said(Decide(Conversation.New(Mira), "ok", "hello")));

    [Fact]
    public void A_filler_beside_a_matter_leaves_it_to_the_model() =>
        Assert.False(ReplyDecision.NeedsNoDraft(Answered(), new ExchangeText(["ok", "how do I export a board?"]), Book));

    [Fact]
    public void What_after_an_answer_is_asked_for_more_as_well() =>
        Assert.Equal("filler", Decide(Answered(), "what?").Rule);

    [Fact]
    public void What_two_pages_say_differently_is_for_a_person_to_say()
    {
        var draft = new Draft("Files may have 20 MB.", [new("c1", "a.md", "Files", "", "Files may have 20 MB.", Given.Day)], 0.9);

        var answered = ReplyDecision.Decide(Conversation.New(Mira), new ExchangeText(["How large may a file be?"]), draft, Book);
        var disputed = ReplyDecision.Decide(Conversation.New(Mira), new ExchangeText(["How large may a file be?"]), draft with { IsDisputed = true }, Book);

        Assert.Equal("A3.answer", answered.Rule);
        var escalated = Assert.IsType<Decision.Escalate>(disputed);
        Assert.Equal((EscalationReason.NoEvidence, "A3.contradiction"), (escalated.Reason, escalated.Rule));
    }

    [Theory]
    [InlineData(EscalationReason.Security, null, Urgency.Urgent)]
    [InlineData(EscalationReason.Security, Urgency.Low, Urgency.Urgent)]
    [InlineData(EscalationReason.Legal, Urgency.Normal, Urgency.High)]
    [InlineData(EscalationReason.Privacy, null, Urgency.High)]
    [InlineData(EscalationReason.Privacy, Urgency.Urgent, Urgency.Urgent)]
    [InlineData(EscalationReason.RefundRequest, null, Urgency.Normal)]
    [InlineData(EscalationReason.RefundRequest, Urgency.Low, Urgency.Normal)]
    [InlineData(EscalationReason.RefundRequest, Urgency.High, Urgency.High)]
    public void A_model_may_hurry_people_and_not_make_a_breach_wait(EscalationReason reason, Urgency? said, Urgency urgency)
    {
        var draft = new Draft("", [], 0, reason) { Urgency = said };

        var decision = ReplyDecision.Decide(Conversation.New(Mira), new ExchangeText(["How large may a file be?"]), draft, Book);

        Assert.Equal(new Decision.Escalate(reason, urgency, "A1.model"), decision);
    }

    private static RuleBook Book { get; } = new(EscalationPolicy.Default);

    private static Decision Decide(Conversation conversation, params string[] texts) =>
        ReplyDecision.Decide(conversation, new ExchangeText([.. texts]), new Draft("", [], 0), Book);

    private static (string Rule, string Text) Said(Decision decision)
    {
        var reply = Assert.IsType<Decision.Reply>(decision);
        return (reply.Rule, reply.Text);
    }

    private static Conversation Wrote(params string[] texts) => Conversation.New(Mira) with
    {
        Recent = [.. texts.Select((text, place) => new Message(MessageId.Mint(TimeProvider.System), place + 1, Actor.Customer, MessageKind.Text, text, Given.Day, Channel.Web, Matter, []))],
    };

    private static Escalation Called(EscalationReason reason) =>
        new(Guid.NewGuid(), Matter, reason, "A5.person", Urgency.Normal, "support", "", Actor.Customer, Given.Day, null);

    private static Conversation Answered() => Conversation.New(Mira) with
    {
        Tickets = [new Ticket(Matter, "Export", TicketStatus.Waiting, default, default, Channel.Web, Given.Day, null, Given.Day)],
        Recent =
        [
            new Message(MessageId.Mint(TimeProvider.System), 1, Actor.Customer, MessageKind.Text, "How do I export?", Given.Day, Channel.Web, Matter, []),
            new Message(MessageId.Mint(TimeProvider.System), 2, Actor.Assistant, MessageKind.Text, "From the menu.", Given.Day, Channel.Web, Matter,
                [new Citation("export.md#0", "export.md", "Export", "", "From the menu.", Given.Day)]),
        ],
    };
}
