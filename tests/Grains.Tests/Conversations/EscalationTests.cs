using FteAgent.Answering;
using FteAgent.Testing;

namespace FteAgent.Conversations;

public sealed class EscalationTests
{
    [Fact]
    public async Task Operators_are_told_at_once_under_an_id_that_stays_the_same_when_sending_is_repeated()
    {
        await using var support = await Support.Open();
        var refusals = 2;
        support.Escalations.Take = _ => Interlocked.Decrement(ref refusals) >= 0 ? new(SendOutcome.TryAgain, "busy") : SendResult.Sent;
        var mira = await support.NewCustomer();
        await support.Ask(mira, "I want a refund for my last payment.");

        await support.Until(() =>
        {
            support.Time.Advance(TimeSpan.FromSeconds(1));
            return Task.FromResult(support.Escalations.Received.Count >= 3);
        });

        Assert.Single(support.Escalations.Received.Select(received => received.Id).Distinct());
        var notice = support.Escalations.Received.First().Notice;
        Assert.Equal(EscalationReason.RefundRequest, notice.Reason);
        Assert.Equal("billing", notice.Route);
    }

    [Fact]
    public async Task When_nobody_acknowledges_in_time_the_urgency_rises_and_the_customer_is_told_once()
    {
        await using var support = await Support.Open();
        var mira = await support.NewCustomer();
        var raised = await support.Ask(mira, "I want a refund for my last payment.");
        var urgency = raised.Escalation!.Urgency;

        await support.Leap(support.Context.Options.Acknowledge);
        await support.Until(mira, c => c.Escalation!.Reminders == 1);
        await support.Leap(support.Context.Options.Acknowledge);
        var conversation = await support.Until(mira, c => c.Escalation!.Reminders == 2);

        Assert.True(conversation.Escalation!.Urgency > urgency);
        Assert.Single(conversation.Recent, message => message.Notice is Notice.AnswerExpected);
        await support.NothingWaits();
        Assert.Equal(3, support.Escalations.Received.Count);
        Assert.Single(support.Escalations.Received.Select(received => received.Notice.EscalationId).Distinct());
    }

    [Fact]
    public async Task That_a_person_comes_is_no_first_answer_and_what_the_person_says_is()
    {
        await using var support = await Support.Open();
        var mira = await support.NewCustomer();
        var called = (await support.Ask(mira, "I want a refund for my last payment.")).CurrentTicket!;
        await support.Leap(TimeSpan.FromMinutes(5));
        await support.Grain(mira).TakeOver(CommandId.Mint(support.Time), Support.Ana);
        var said = support.Time.GetUtcNow();
        await support.Grain(mira).Reply(CommandId.Mint(support.Time), Support.Ana, "It is on its way.");

        Assert.Equal((null, null), (called.FirstResponseDue, called.FirstResponseAt));
        Assert.InRange((await support.Load(mira)).CurrentTicket!.FirstResponseAt!.Value, said, said.AddMinutes(1));
    }

    [Fact]
    public async Task What_was_said_to_be_solved_after_a_person_handed_back_without_a_word_is_settled_by_that()
    {
        await using var support = await Support.Open();
        var mira = await support.NewCustomer();
        await support.Ask(mira, "I want a refund for my last payment.");
        await support.Grain(mira).TakeOver(CommandId.Mint(support.Time), Support.Ana);
        await support.Grain(mira).HandBack(CommandId.Mint(support.Time), Support.Ana);

        Assert.Empty((await support.Ask(mira, "That solved it, thank you!")).Tickets);
    }

    [Theory]
    [InlineData("How do I fold a paper crane?")]
    [InlineData("I want to talk to a person.")]
    public async Task The_rule_of_what_is_asked_while_a_person_is_awaited_is_noted_for_whoever_comes(string before)
    {
        await using var support = await Support.Open();
        support.Model.Answer = _ => Draft.None;
        var mira = await support.NewCustomer();
        var awaited = await support.Ask(mira, before);

        var conversation = await support.Ask(mira, "I want a refund for my last payment.");
        conversation = await support.Ask(mira, "ok");

        var note = Assert.Single(conversation.Recent, message => message.Kind is MessageKind.Note);
        Assert.Equal(("A4.refund", Actor.Assistant), (note.Rule, note.Author));
        Assert.StartsWith("The customer wants money back (rule A4.refund).", note.Text, StringComparison.Ordinal);
        Assert.Equal((awaited.Escalation!.Id, awaited.Escalation.Rule), (conversation.Escalation!.Id, conversation.Escalation.Rule));
        Assert.Equal(Support.Replies(awaited).Count(), Support.Replies(conversation).Count());
    }

    [Fact]
    public async Task What_a_person_is_awaited_for_already_is_not_noted_again()
    {
        await using var support = await Support.Open();
        var mira = await support.NewCustomer();
        await support.Ask(mira, "I want a refund for my last payment.");

        var conversation = await support.Ask(mira, "I want a refund for my last payment.");

        Assert.DoesNotContain(conversation.Recent, message => message is { Kind: MessageKind.Note, Rule: "A4.refund" });
    }

    [Fact]
    public async Task A_claim_stops_the_clock()
    {
        await using var support = await Support.Open();
        var mira = await support.NewCustomer();
        await support.Ask(mira, "I want a refund for my last payment.");
        await support.Grain(mira).TakeOver(CommandId.Mint(support.Time), Support.Ana);

        await support.Leap(support.Context.Options.Acknowledge * 4);
        await support.Grain(mira).Poke(null);

        Assert.Equal(0, (await support.Load(mira)).Escalation!.Reminders);
    }

    [Fact]
    public async Task Outside_business_hours_the_clock_stands_still_and_the_customer_learns_when_the_team_is_back()
    {
        // A Friday, five minutes before closing: 15 minutes of working time end on Monday at 09:10.
        await using var support = await Support.Open(time: new FakeTime(new(2026, 3, 6, 16, 55, 0, TimeSpan.Zero)));
        var mira = await support.NewCustomer();
        var friday = await support.Ask(mira, "I want a refund for my last payment.");
        Assert.Equal(new DateTimeOffset(2026, 3, 9, 9, 10, 0, TimeSpan.Zero), friday.Escalation!.AckDue!.Value, TimeSpan.FromSeconds(2));

        await support.Leap(TimeSpan.FromHours(30));
        var tom = await support.NewCustomer("Tom");
        var saturday = await support.Ask(tom, "I want a refund for my last payment.");

        Assert.Contains("Monday, 9 March at 09:00 (UTC)", Support.Replies(saturday).Single().Text);
        Assert.Equal(0, (await support.Load(mira)).Escalation!.Reminders);
    }

    [Fact]
    public async Task A_dead_address_never_holds_up_the_conversation()
    {
        await using var support = await Support.Open();
        support.Escalations.Take = _ => new(SendOutcome.Refused, "gone");
        var mira = await support.NewCustomer();
        await support.Ask(mira, "I want a refund for my last payment.");
        await support.Leap(support.Context.Options.Acknowledge);
        await support.Until(mira, c => c.Escalation!.Reminders == 1);

        // The first was given up for good; the reminder is another item and is tried as well.
        await support.NothingWaits();
        Assert.Equal(2, support.Escalations.Received.Count);
        Assert.Equal(2, support.Escalations.Received.Select(received => received.Id).Distinct().Count());
    }

    [Fact]
    public async Task While_one_send_is_on_its_way_the_same_item_is_not_sent_again()
    {
        await using var support = await Support.Open();
        var mira = await support.NewCustomer();
        support.Escalations.Hold();
        await support.Ask(mira, "I want a refund for my last payment.");
        await support.Until(() => Task.FromResult(!support.Escalations.Received.IsEmpty));

        for (var i = 0; i < 10; i++)
            await support.Grain(mira).Poke(null);
        support.Escalations.LetGo();
        await support.Grain(mira).Poke(null);
        await support.Until(async () => (await support.Outbox.Claim(mira, "a test", TimeSpan.FromSeconds(1), default)).IsEmpty);

        Assert.Single(support.Escalations.Received);
    }

    [Fact]
    public async Task Whoever_asks_for_a_person_after_nobody_came_for_all_reminders_brings_the_call_up_again()
    {
        await using var support = await Support.Open();
        var mira = await support.NewCustomer();
        await support.Ask(mira, "Somebody has hacked my account and reads my data.");
        for (var reminders = 1; (await support.Load(mira)).Escalation!.AckDue is not null; reminders++)
        {
            var sent = reminders;
            await support.Leap(support.Context.Options.Acknowledge);
            await support.Until(mira, conversation => conversation.Escalation!.Reminders >= sent);
        }

        await support.NothingWaits();
        var told = support.Escalations.Received.Count;
        await support.Grain(mira).RequestPerson(new(Guid.NewGuid()), "");

        await support.Until(() => Task.FromResult(support.Escalations.Received.Count > told));
    }
}
