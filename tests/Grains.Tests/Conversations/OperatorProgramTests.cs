using FteAgent.Answering;
using FteAgent.Customers;
using FteAgent.Tickets;
using Microsoft.Extensions.DependencyInjection;

namespace FteAgent.Conversations;

/// <summary>What a program does that an operator let act for them: it answers in their name and opens matters.</summary>
public sealed class OperatorProgramTests : IAsyncLifetime
{
    private Support support = null!;

    public async Task InitializeAsync() => support = await Support.Open();

    public async Task DisposeAsync() => await support.DisposeAsync();

    private CommandId Command => CommandId.Mint(support.Time);

    private static Draft Answer => ScriptedModel.Quote("These are the words of the guide.");

    [Fact]
    public async Task An_answer_claims_what_nobody_has_and_is_one_commit()
    {
        var mira = await support.NewCustomer();
        var before = await support.Ask(mira, "I want a refund for my last payment.");

        var result = await support.Grain(mira).Answer(Command, Support.Ana, Answer);

        var after = await support.Load(mira);
        Assert.Equal((ActOutcome.Done, before.Version + 1), (result.Outcome, after.Version));
        Assert.Equal("Ana", after.Handoff!.By.Name);
        Assert.Equal("Ana", after.Escalation!.AcknowledgedBy!.Name);
        var said = after.Recent.Single(message => message.Id == result.MessageId);
        Assert.Equal((Actor.Of(Support.Ana), "These are the words of the guide."), (said.Author, said.Text));
        Assert.Equal("the words of the guide", Assert.Single(said.Citations).Quote);
        Assert.Equal(TicketStatus.InProgress, after.CurrentTicket!.Status);
    }

    [Fact]
    public async Task An_answer_drops_the_draft_that_the_assistant_was_writing()
    {
        var mira = await support.NewCustomer();
        support.Model.Hold();
        var drafting = support.Model.Drafting();
        await support.Write(mira, "How do I import documents?");
        await support.Drafting(drafting);

        await support.Grain(mira).Answer(Command, Support.Ana, Answer);
        support.Model.LetGo();

        Assert.Empty(Support.Replies(await support.Settled(mira)));
    }

    [Fact]
    public async Task An_answer_repeated_under_its_command_is_written_once_and_not_judged_again()
    {
        var mira = await support.NewCustomer();
        await support.Ask(mira, "How do I import documents?");
        var command = Command;

        var first = await support.Grain(mira).Answer(command, Support.Ana, Answer);
        await support.Grain(mira).HandBack(Command, Support.Ana);
        var again = await support.Grain(mira).Answer(command, Support.Ana, Answer);

        Assert.Equal((ActOutcome.Done, first.MessageId), (again.Outcome, again.MessageId));
        // It does not claim the conversation a second time.
        Assert.Null((await support.Load(mira)).Handoff);
        Assert.Equal(ActOutcome.Conflict, (await support.Grain(mira).Answer(command, Support.Ana, Answer with { Text = "Other words of the guide." })).Outcome);
    }

    [Theory]
    [InlineData("We will refund your last payment today.", "A4.draft-refund")]
    [InlineData("The team plan costs $12 a month.", "A4.draft-price")]
    [InlineData("Restoring a deleted board needs an archive of the workspace.", "A3.draft-uncited")]
    public async Task An_answer_against_the_rules_changes_nothing_and_names_the_rule(string text, string rule)
    {
        var mira = await support.NewCustomer();
        var before = await support.Ask(mira, "How do I import documents?");

        var result = await support.Grain(mira).Answer(Command, Support.Ana, new Draft(text, [], 1));

        Assert.Equal((ActOutcome.AgainstRules, rule), (result.Outcome, result.Rule));
        var after = await support.Load(mira);
        Assert.Equal((before.Version, null), (after.Version, after.Handoff));
    }

    [Fact]
    public async Task The_rules_hold_for_a_program_also_while_its_operator_has_the_conversation()
    {
        var mira = await support.NewCustomer();
        await support.Ask(mira, "I want a refund for my last payment.");
        await support.Grain(mira).TakeOver(Command, Support.Ana);

        var refused = await support.Grain(mira).Answer(Command, Support.Ana, new Draft("We will refund your last payment today.", [], 1));

        Assert.Equal(ActOutcome.AgainstRules, refused.Outcome);
        // The operator's own words are their own.
        Assert.Equal(ActOutcome.Done, (await support.Grain(mira).Reply(Command, Support.Ana, "We will refund your last payment today.")).Outcome);
    }

    [Fact]
    public async Task An_answer_is_not_written_into_another_operators_conversation_nor_into_none()
    {
        var (mira, silent) = (await support.NewCustomer(), await support.NewCustomer());
        await support.Ask(mira, "I want a refund for my last payment.");
        await support.Grain(mira).TakeOver(Command, Support.Ben);

        var refused = await support.Grain(mira).Answer(Command, Support.Ana, Answer);

        Assert.Equal((ActOutcome.HeldByAnother, "Ben"), (refused.Outcome, refused.Conversation.Handoff!.By.Name));
        Assert.Equal(ActOutcome.NoConversation, (await support.Grain(silent).Answer(Command, Support.Ana, Answer)).Outcome);
    }

    [Fact]
    public async Task A_matter_is_opened_once_under_an_id_that_follows_from_the_command()
    {
        var mira = await support.NewCustomer();
        await support.Ask(mira, "How do I import documents?");
        var command = Command;

        await Open(mira, command);
        await Open(mira, command);

        var ticket = Assert.Single(await support.Store.Tickets(mira, default), ticket => ticket.Subject == "Invoice of March");
        Assert.Equal(TicketId.Of(new MessageId(command.Value)), ticket.Id);
        Assert.Equal((TicketStatus.Open, TicketCategory.Billing, TicketPriority.High, (DateTimeOffset?)null), (ticket.Status, ticket.Category, ticket.Priority, ticket.FirstResponseDue));
        var note = Assert.Single((await support.Load(mira)).Recent, message => message.Kind is MessageKind.Note);
        Assert.Equal((Actor.Of(Support.Ana), (TicketId?)ticket.Id), (note.Author, note.TicketId));
        Assert.Equal(ActOutcome.Conflict, (await support.Grain(mira).OpenTicket(command, Support.Ana, "Invoice of April", TicketCategory.Billing, TicketPriority.High)).Outcome);
    }

    [Fact]
    public async Task A_matter_is_called_nothing_that_a_program_may_not_say()
    {
        var mira = await support.NewCustomer();
        var before = await support.Ask(mira, "How do I import documents?");

        var refused = await support.Grain(mira).OpenTicket(Command, Support.Ana, "Your refund is approved", TicketCategory.Billing, TicketPriority.Low);

        Assert.Equal((ActOutcome.AgainstRules, "A4.draft-refund"), (refused.Outcome, refused.Rule));
        Assert.Equal(before.Version, (await support.Load(mira)).Version);
    }

    [Fact]
    public async Task A_matter_that_an_operator_opened_is_not_closed_by_the_customers_silence_and_never_counts_as_the_assistants()
    {
        var mira = await support.NewCustomer();
        await support.Ask(mira, "How do I import documents?");
        await Open(mira, Command);

        await support.Leap(support.Context.Options.QuietClose * 2);
        await support.Grain(mira).Poke(null);

        var ticket = Assert.Single((await support.Load(mira)).Tickets);
        Assert.Equal("Invoice of March", ticket.Subject);
        Assert.NotNull(ticket.EscalatedAt);
        Assert.Equal(Verification.Quiet, (await support.Store.Tickets(mira, default)).Single(other => other.Id != ticket.Id).Resolution!.VerifiedBy);
    }

    [Fact]
    public async Task A_matter_that_an_operator_opened_is_neither_answered_nor_settled_by_what_is_said_with_the_customer()
    {
        var mira = await support.NewCustomer();
        var own = (await support.Ask(mira, "How do I import documents?")).CurrentTicket!;
        await Open(mira, Command);

        var asked = await support.Write(mira, "How do I make a backup?");
        var answer = Support.Replies(await support.Settled(mira)).Last();
        await support.Ask(mira, "That solved it, thank you.");
        await support.Leap(support.Context.Options.QuietClose * 2);
        await support.Grain(mira).Poke(null);

        Assert.Equal((own.Id, own.Id), (asked.TicketId, answer.TicketId));
        var confirmed = (await support.Store.Tickets(mira, default)).Single(ticket => ticket.Id == own.Id);
        Assert.Equal((TicketStatus.Closed, Verification.CustomerConfirmed), (confirmed.Status, confirmed.Resolution!.VerifiedBy));
        var left = Assert.Single((await support.Load(mira)).Tickets);
        Assert.Equal(("Invoice of March", TicketStatus.Open, null, null), (left.Subject, left.Status, left.FirstResponseAt, left.Resolution));
        // The customer was told once that a ticket is closed: their own.
        Assert.DoesNotContain((await support.Load(mira)).Recent, message => message.Notice is Notice.Closed);
    }

    [Fact]
    public async Task A_matter_that_an_operator_opened_is_open_again_after_a_hand_back_and_closed_once_a_person_has_resolved_it()
    {
        var mira = await support.NewCustomer();
        await support.Ask(mira, "How do I import documents?");
        await Open(mira, Command);
        await support.Grain(mira).TakeOver(Command, Support.Ana);
        await support.Grain(mira).HandBack(Command, Support.Ana);
        Assert.Equal([TicketStatus.Waiting, TicketStatus.Open], (await support.Load(mira)).Tickets.Select(ticket => ticket.Status));

        await support.Grain(mira).Resolve(Command, Support.Ana, "The invoice was sent.");
        await support.Leap(support.Context.Options.QuietClose);
        await support.Until(mira, conversation => conversation.Tickets.IsEmpty);

        var closed = (await support.Store.Tickets(mira, default)).Single(ticket => ticket.Subject == "Invoice of March");
        Assert.Equal((Verification.Quiet, "Ana", null), (closed.Resolution!.VerifiedBy, closed.Resolution.By.Operator!.Name, closed.FirstResponseAt));
    }

    [Fact]
    public async Task A_matter_opened_while_an_operator_has_the_conversation_is_in_their_hands()
    {
        var mira = await support.NewCustomer();
        await support.Ask(mira, "How do I import documents?");
        await support.Grain(mira).TakeOver(Command, Support.Ben);

        await Open(mira, Command);

        Assert.Equal(TicketStatus.InProgress, (await support.Load(mira)).Tickets.Single(ticket => ticket.Subject == "Invoice of March").Status);
    }

    [Fact]
    public async Task A_customer_who_has_said_nothing_can_have_a_matter()
    {
        var mira = await support.NewCustomer();

        Assert.Equal(ActOutcome.Done, (await Open(mira, Command)).Outcome);

        Assert.Equal("Invoice of March", Assert.Single((await support.Load(mira)).Tickets).Subject);
    }

    [Fact]
    public async Task There_is_an_end_to_open_matters()
    {
        var mira = await support.NewCustomer();
        for (var i = 0; i < Matters.OpenLimit; i++)
            Assert.Equal(ActOutcome.Done, (await Open(mira, Command)).Outcome);

        Assert.Equal(ActOutcome.TooMany, (await Open(mira, Command)).Outcome);
    }

    [Fact]
    public async Task A_matter_of_a_merged_customer_is_opened_where_they_go_on_and_an_answer_is_not_written_beside_it()
    {
        var (web, mail) = (await support.NewCustomer(), await support.NewCustomer());
        await support.Ask(web, "How do I import documents?");
        await support.Ask(mail, "How do I export documents?");
        await support.Silo.GetRequiredService<IIdentities>().Merge(web, mail, "Ana", "same person", default);

        await Open(web, Command);

        Assert.Contains((await support.Load(mail)).Tickets, ticket => ticket.Subject == "Invoice of March");
        Assert.DoesNotContain((await support.Load(web)).Tickets, ticket => ticket.Subject == "Invoice of March");
        Assert.Equal(ActOutcome.Merged, (await support.Grain(web).Answer(Command, Support.Ana, Answer)).Outcome);
    }

    private Task<ActResult> Open(CustomerId customer, CommandId command) =>
        support.Grain(customer).OpenTicket(command, Support.Ana, "Invoice of\nMarch ", TicketCategory.Billing, TicketPriority.High);
}
