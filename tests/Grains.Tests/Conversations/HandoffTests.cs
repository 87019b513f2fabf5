using FteAgent.Answering;
using FteAgent.Tickets;

namespace FteAgent.Conversations;

public sealed class HandoffTests : IAsyncLifetime
{
    private Support support = null!;

    public async Task InitializeAsync() => support = await Support.Open();

    public async Task DisposeAsync() => await support.DisposeAsync();

    private CommandId Command => CommandId.Mint(support.Time);

    [Fact]
    public async Task A_takeover_during_drafting_drops_the_draft()
    {
        var mira = await support.NewCustomer();
        support.Model.Hold();
        var drafting = support.Model.Drafting();
        await support.Write(mira, "How do I import documents?");
        await support.Drafting(drafting);
        var exchange = (await support.Load(mira)).Exchange!;
        var epoch = (await support.Load(mira)).Epoch;

        Assert.Equal(ActOutcome.Done, (await support.Grain(mira).TakeOver(Command, Support.Ana)).Outcome);
        support.Model.LetGo();
        // What the model wrote comes back late, twice even: the grain settles it, whoever brings it.
        await support.Grain(mira).Complete(exchange.Id, epoch, ScriptedModel.Quote("too late"));
        await support.Grain(mira).Complete(exchange.Id, epoch, ScriptedModel.Quote("too late"));

        var conversation = await support.Load(mira);
        Assert.Empty(Support.Replies(conversation));
        Assert.Equal("Ana", conversation.Handoff!.By.Name);
        Assert.Null(conversation.Exchange);
    }

    [Fact]
    public async Task The_assistant_is_silent_while_an_operator_has_the_conversation()
    {
        var mira = await support.NewCustomer();
        await support.Ask(mira, "How do I import documents?");
        await support.Grain(mira).TakeOver(Command, Support.Ana);

        await support.Write(mira, "Anybody there?");
        await support.Leap(TimeSpan.FromMinutes(1));

        var conversation = await support.Load(mira);
        Assert.Null(conversation.Exchange);
        Assert.Single(Support.Replies(conversation));
    }

    [Fact]
    public async Task Of_two_operators_who_claim_at_once_one_gets_it_and_the_other_learns_who()
    {
        var mira = await support.NewCustomer();
        await support.Ask(mira, "I want a refund for my last payment.");

        var results = await Task.WhenAll(
            support.Grain(mira).TakeOver(Command, Support.Ana), support.Grain(mira).TakeOver(Command, Support.Ben));

        Assert.Single(results, result => result.Outcome is ActOutcome.Done);
        var refused = Assert.Single(results, result => result.Outcome is ActOutcome.HeldByAnother);
        Assert.Contains(refused.Conversation.Handoff!.By.Name, new[] { "Ana", "Ben" });
        Assert.Equal(refused.Conversation.Handoff.By, refused.Conversation.Escalation!.AcknowledgedBy);
    }

    [Fact]
    public async Task A_reply_repeated_under_its_command_is_written_once()
    {
        var mira = await support.NewCustomer();
        await support.Ask(mira, "I want a refund for my last payment.");
        await support.Grain(mira).TakeOver(Command, Support.Ana);
        var command = Command;

        var first = await support.Grain(mira).Reply(command, Support.Ana, "It is on its way.");
        var again = await support.Grain(mira).Reply(command, Support.Ana, "It is on its way.");

        Assert.Equal((first.MessageId, first.Sequence), (again.MessageId, again.Sequence));
        Assert.Equal(ActOutcome.Conflict, (await support.Grain(mira).Reply(command, Support.Ana, "It is not.")).Outcome);
        Assert.Single((await support.Load(mira)).Recent, message => message.Text == "It is on its way.");
    }

    [Fact]
    public async Task Only_the_holder_writes_to_the_customer_and_anyone_may_leave_a_note()
    {
        var mira = await support.NewCustomer();
        await support.Ask(mira, "I want a refund for my last payment.");
        Assert.Equal(ActOutcome.NotHeld, (await support.Grain(mira).Reply(Command, Support.Ana, "Hello")).Outcome);
        await support.Grain(mira).TakeOver(Command, Support.Ana);
        Assert.Equal(ActOutcome.HeldByAnother, (await support.Grain(mira).Reply(Command, Support.Ben, "Hello")).Outcome);
        Assert.Equal(ActOutcome.HeldByAnother, (await support.Grain(mira).HandBack(Command, Support.Ben)).Outcome);
        Assert.Equal(ActOutcome.HeldByAnother, (await support.Grain(mira).Resolve(Command, Support.Ben, "")).Outcome);

        Assert.Equal(ActOutcome.Done, (await support.Grain(mira).AddNote(Command, Support.Ben, "Her last refund was in May.")).Outcome);

        var shown = await support.Store.Read(mira, 0, 100, includeNotes: false, default);
        Assert.DoesNotContain(shown, message => message.Text.Contains("May"));
    }

    [Fact]
    public async Task After_a_hand_back_the_assistant_answers_new_messages_and_does_not_decide_old_ones_again()
    {
        var mira = await support.NewCustomer();
        await support.Ask(mira, "I want a refund for my last payment.");
        await support.Grain(mira).TakeOver(Command, Support.Ana);
        await support.Write(mira, "Where is my refund?");
        await support.Grain(mira).HandBack(Command, Support.Ana);

        var handedBack = await support.Settled(mira);
        Assert.Null(handedBack.Escalation);
        Assert.Single(Support.Replies(handedBack));

        Assert.NotEmpty(Support.Replies(await support.Ask(mira, "How do I import documents?")).Last().Citations);
    }

    [Fact]
    public async Task A_resolved_matter_closes_after_quiet_and_counts_as_verified()
    {
        var mira = await support.NewCustomer();
        await support.Ask(mira, "I want a refund for my last payment.");
        await support.Grain(mira).TakeOver(Command, Support.Ana);
        await support.Grain(mira).Resolve(Command, Support.Ana, "Refunded.");
        Assert.Equal(TicketStatus.Resolved, (await support.Load(mira)).CurrentTicket!.Status);

        await support.Leap(support.Context.Options.QuietClose);
        await support.Until(mira, c => c.Tickets.IsEmpty);

        var ticket = Assert.Single(await support.Store.Tickets(mira, default));
        Assert.Equal(TicketStatus.Closed, ticket.Status);
        Assert.Equal("Ana", ticket.Resolution!.By.Operator!.Name);
        Assert.Equal(Verification.Quiet, ticket.Resolution.VerifiedBy);
        Assert.NotNull(ticket.EscalatedAt);
    }

    [Fact]
    public async Task A_customer_who_writes_again_reopens_what_was_called_resolved()
    {
        var mira = await support.NewCustomer();
        await support.Ask(mira, "I want a refund for my last payment.");
        await support.Grain(mira).Resolve(Command, Support.Ana, "Refunded.");

        var conversation = await support.Ask(mira, "How do I import documents?");

        Assert.Equal(TicketStatus.Waiting, conversation.CurrentTicket!.Status);
        Assert.Null(conversation.CurrentTicket.Resolution);
    }

    [Fact]
    public async Task The_customers_own_word_closes_a_matter_as_resolved_by_the_assistant()
    {
        var mira = await support.NewCustomer();
        await support.Ask(mira, "How do I import documents?");

        var conversation = await support.Ask(mira, "That solved it, thank you!");

        Assert.Empty(conversation.Tickets);
        Assert.Equal("T6.confirmed", Support.Replies(conversation).Last().Rule);
        var ticket = Assert.Single(await support.Store.Tickets(mira, default));
        Assert.Equal(Verification.CustomerConfirmed, ticket.Resolution!.VerifiedBy);
        Assert.Equal(ActorKind.Assistant, ticket.Resolution.By.Kind);
        Assert.Null(ticket.EscalatedAt);
    }

    [Fact]
    public async Task The_button_reaches_a_person_with_every_model_down_and_is_pressed_once()
    {
        var mira = await support.NewCustomer();
        support.Model.Answer = _ => throw new HttpRequestException("down");
        support.Model.Hold();
        await support.Write(mira, "How do I import documents?");

        await support.Grain(mira).RequestPerson(Command, "");
        await support.Grain(mira).RequestPerson(Command, "please");

        var conversation = await support.Load(mira);
        Assert.Equal(EscalationReason.PersonRequested, conversation.Escalation!.Reason);
        Assert.Equal(ActorKind.Customer, conversation.Escalation.RaisedBy.Kind);
        Assert.Single(Support.Replies(conversation));
        Assert.Single(conversation.Recent, message => message.Text == "please");
    }

    [Fact]
    public async Task The_button_outweighs_what_a_person_was_awaited_for_and_silences_the_assistant()
    {
        var mira = await support.NewCustomer();
        support.Model.Answer = _ => Draft.None;
        await support.Ask(mira, "How do I fold a paper crane?");
        support.Model.Answer = _ => ScriptedModel.Quote("too late");

        await support.Grain(mira).RequestPerson(Command, "Please, a human, no bot.");

        var asked = await support.Load(mira);
        Assert.Equal(EscalationReason.PersonRequested, asked.Escalation!.Reason);
        Assert.Contains("asked a colleague", Support.Replies(asked).Last().Text);
        Assert.Equal(Support.Replies(asked).Count(), Support.Replies(await support.Ask(mira, "How do I import documents?")).Count());
    }

    [Fact]
    public async Task Another_operator_may_take_over_from_one_who_has_gone_home_and_both_sides_see_it()
    {
        var mira = await support.NewCustomer();
        await support.Ask(mira, "I want a refund for my last payment.");
        await support.Grain(mira).TakeOver(Command, Support.Ana);

        Assert.Equal(ActOutcome.HeldByAnother, (await support.Grain(mira).TakeOver(Command, Support.Ben)).Outcome);
        Assert.Equal(ActOutcome.Done, (await support.Grain(mira).TakeOver(Command, Support.Ben, fromHolder: true)).Outcome);

        Assert.Equal(ActOutcome.HeldByAnother, (await support.Grain(mira).Reply(Command, Support.Ana, "Hello")).Outcome);
        Assert.Contains((await support.Load(mira)).Recent, message => message.Text == "Ben has joined the conversation.");
    }

    [Fact]
    public async Task A_customer_whom_the_holder_leaves_waiting_is_brought_back_to_the_team()
    {
        var mira = await support.NewCustomer();
        await support.Ask(mira, "I want a refund for my last payment.");
        await support.Grain(mira).TakeOver(Command, Support.Ana);
        await support.Write(mira, "Anybody there?");

        await support.Leap(support.Context.Options.HolderReplies);
        var conversation = await support.Until(mira, c => c.Handoff is null);

        Assert.Null(conversation.Escalation!.AcknowledgedBy);
        Assert.NotNull(conversation.Escalation.AckDue);
        Assert.Equal(TicketStatus.Escalated, conversation.CurrentTicket!.Status);
        Assert.Contains(conversation.Recent, message => message.Notice is Notice.AnswerExpected);
        Assert.Single(Support.Replies(conversation));
    }

    [Fact]
    public async Task A_customer_who_was_told_that_it_takes_longer_is_told_again_when_whoever_took_it_leaves_them_waiting()
    {
        var mira = await support.NewCustomer();
        await support.Ask(mira, "I want a refund for my last payment.");
        await support.Leap(support.Context.Options.Acknowledge);
        await support.Until(mira, c => c.Escalation!.Reminders == 1);
        await support.Grain(mira).TakeOver(Command, Support.Ana);
        await support.Write(mira, "Anybody there?");

        await support.Leap(support.Context.Options.HolderReplies);
        var conversation = await support.Until(mira, c => c.Handoff is null);

        Assert.Equal(2, conversation.Recent.Count(message => message.Notice is Notice.AnswerExpected));
    }

    [Fact]
    public async Task A_holder_who_answers_in_time_keeps_the_conversation()
    {
        var mira = await support.NewCustomer();
        await support.Ask(mira, "I want a refund for my last payment.");
        await support.Grain(mira).TakeOver(Command, Support.Ana);
        await support.Write(mira, "Anybody there?");
        await support.Grain(mira).Reply(Command, Support.Ana, "Yes, one moment.");

        await support.Leap(support.Context.Options.HolderReplies * 2);
        await support.Grain(mira).Poke(null);

        Assert.Equal("Ana", (await support.Load(mira)).Handoff!.By.Name);
    }

    [Fact]
    public async Task Of_two_answered_matters_the_customers_word_closes_the_last_and_the_other_waits_on()
    {
        var mira = await support.NewCustomer();
        await support.Ask(mira, "How do I import documents?");
        var second = await support.Write(mira, "How do I search them from the terminal?", form: new("Searching", TicketCategory.Technical, TicketPriority.Low));
        await support.Settled(mira);

        var conversation = await support.Ask(mira, "That solved it, thank you!");

        Assert.Single(conversation.Tickets);
        Assert.NotEqual(second.TicketId, conversation.CurrentTicket!.Id);
        Assert.NotNull(conversation.QuietCloseAt);
    }

    [Fact]
    public async Task Silence_after_a_greeting_closes_the_ticket_but_does_not_count_as_resolved()
    {
        var mira = await support.NewCustomer();
        await support.Ask(mira, "Hello!");

        await support.Leap(support.Context.Options.QuietClose);
        await support.Until(mira, c => c.Tickets.IsEmpty);

        var ticket = Assert.Single(await support.Store.Tickets(mira, default));
        Assert.Null(ticket.Resolution);
    }
}
