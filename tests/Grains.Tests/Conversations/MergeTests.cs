using FteAgent.Answering;
using FteAgent.Customers;
using FteAgent.Tickets;
using Microsoft.Extensions.DependencyInjection;

namespace FteAgent.Conversations;

/// <summary>Two customers turn out to be one: what is said goes on in one conversation, and what was open is still ended.</summary>
public sealed partial class MergeTests : IAsyncLifetime
{
    private Support support = null!;

    public async Task InitializeAsync() => support = await Support.Open();

    public async Task DisposeAsync() => await support.DisposeAsync();

    private CommandId Command => CommandId.Mint(support.Time);

    private IIdentities Identities => support.Silo.GetRequiredService<IIdentities>();

    [Fact]
    public async Task Messages_after_a_merge_go_on_in_the_other_conversation()
    {
        var (web, mail) = await Two();
        await Merge(web, mail);

        var accepted = await support.Write(web, "How do I import documents?");
        var conversation = await support.Settled(mail);

        Assert.Equal(AcceptOutcome.Stored, accepted.Outcome);
        Assert.Contains(conversation.Recent, message => message.Id == accepted.MessageId);
        Assert.Equal(2, Support.Replies(conversation).Count());
        Assert.Single(Support.Replies(await support.Load(web)));
    }

    [Fact]
    public async Task Exchange_that_was_open_when_its_conversation_was_merged_is_still_answered_there()
    {
        var (web, mail) = await Two();
        support.Model.Hold();
        var drafting = support.Model.Drafting();
        await support.Write(web, "How do I export documents?");
        await support.Drafting(drafting);

        await Merge(web, mail);
        var later = await support.Write(web, "And on Windows?");
        support.Model.LetGo();

        Assert.Equal(2, Support.Replies(await support.Settled(web)).Count());
        Assert.Contains((await support.Settled(mail)).Recent, message => message.Id == later.MessageId);
        Assert.DoesNotContain((await support.Load(web)).Recent, message => message.Id == later.MessageId);
    }

    [Fact]
    public async Task Person_needed_for_an_exchange_of_the_merged_conversation_is_called_to_where_the_customer_goes_on()
    {
        var (web, mail) = await Two();
        support.Model.Hold();
        var drafting = support.Model.Drafting();
        await support.Write(web, "How do I export documents?");
        await support.Drafting(drafting);
        await Merge(web, mail);
        support.Model.Answer = _ => new("", [], 0);
        var exchange = (await support.Load(web)).Exchange!;
        var epoch = (await support.Load(web)).Epoch;

        support.Model.LetGo();
        var called = await support.Until(mail, conversation => conversation.Escalation is not null);
        var ended = await support.Until(web, conversation => conversation.Exchange is null);
        // It comes back once more, as after a crash in between.
        await support.Grain(web).Complete(exchange.Id, epoch, new("", [], 0));

        Assert.Equal((EscalationReason.NoEvidence, "A3.no_evidence"), (called.Escalation!.Reason, called.Escalation.Rule));
        Assert.Contains(called.Recent, message => message.Kind is MessageKind.Note && message.Text.Contains("export documents"));
        Assert.Null(ended.Escalation);
        Assert.All(ended.Tickets, ticket => Assert.Null(ticket.FirstResponseDue));
        Assert.Equal(called.LastSequence, (await support.Load(mail)).LastSequence);
        // Operators take the conversation that goes on; then the assistant is silent.
        Assert.Equal(ActOutcome.Merged, (await support.Grain(web).TakeOver(Command, Support.Ana)).Outcome);
        Assert.Equal(ActOutcome.Done, (await support.Grain(mail).TakeOver(Command, Support.Ana)).Outcome);
        await support.Write(web, "How do I make a backup?");
        var asked = await support.Load(mail);
        await support.Leap(TimeSpan.FromMinutes(1));
        var quiet = await support.Load(mail);
        Assert.Equal((asked.LastSequence, null), (quiet.LastSequence, quiet.Exchange));
    }

    [Fact]
    public async Task Answer_to_an_exchange_of_the_merged_conversation_is_told_to_the_person_who_has_the_one_that_goes_on_and_not_sent()
    {
        var (web, mail) = await Two();
        support.Model.Hold();
        var drafting = support.Model.Drafting();
        await support.Write(web, "How do I export documents?");
        await support.Drafting(drafting);
        await support.Grain(mail).TakeOver(Command, Support.Ana);
        await Merge(web, mail);
        var (exchange, epoch) = ((await support.Load(web)).Exchange!, (await support.Load(web)).Epoch);

        support.Model.LetGo();
        var ended = await support.Until(web, conversation => conversation.Exchange is null);
        // It comes back once more, as after a crash in between.
        await support.Grain(web).Complete(exchange.Id, epoch, ScriptedModel.Quote("Here are the words of the guide."));

        Assert.Single(Support.Replies(ended));
        var told = await support.Load(mail);
        var note = Assert.Single(told.Recent, message => message.Kind is MessageKind.Note && message.Text.StartsWith("Asked in a conversation that was merged", StringComparison.Ordinal));
        Assert.Contains("would have answered", note.Text, StringComparison.Ordinal);
        Assert.Equal("M2.passed_on", note.Rule);
        Assert.Equal("Ana", told.Handoff!.By.Name);
        Assert.Null(told.Escalation);
        Assert.Single(Support.Replies(told));
        Assert.All(ended.Tickets, ticket => Assert.Null(ticket.FirstResponseDue));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Message_for_a_customers_own_conversation_alone_is_not_taken_where_they_are_one_with_another(bool goesOnHere)
    {
        var (web, mail) = await Two();
        var before = await Alone(web, "Said before.", "again");
        var merge = goesOnHere ? await Merge(mail, web) : await Merge(web, mail);

        var refused = await Alone(web, "Said after.");
        var again = await Alone(web, "Said before.", "again");

        Assert.Equal(AcceptOutcome.Elsewhere, refused.Outcome);
        Assert.Equal((AcceptOutcome.Duplicate, before.MessageId), (again.Outcome, again.MessageId));
        foreach (var customer in (CustomerId[])[web, mail])
            Assert.DoesNotContain((await support.Load(customer)).Recent, message => message.Text == "Said after.");

        await Identities.Part(merge.Merge!.Value, "Ana", default);
        Assert.Equal(AcceptOutcome.Stored, (await Alone(web, "Said when they were parted.")).Outcome);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Message_by_a_proof_from_before_a_merge_was_undone_does_not_follow_the_customer_into_the_next(bool goesOnHere)
    {
        var (web, mail) = await Two();
        Assert.Equal(AcceptOutcome.Stored, (await Known(web, "Said before.", 0)).Outcome);
        var merge = goesOnHere ? await Merge(mail, web) : await Merge(web, mail);
        Assert.Equal(AcceptOutcome.Stored, (await Known(web, "Said as one.", 0)).Outcome);
        await Identities.Part(merge.Merge!.Value, "Ana", default);
        // Alone again, it is the customer's own conversation, whoever proved what.
        Assert.Equal(AcceptOutcome.Stored, (await Known(web, "Said alone.", 0)).Outcome);

        await (goesOnHere ? Merge(mail, web) : Merge(web, mail));

        Assert.Equal(AcceptOutcome.Elsewhere, (await Known(web, "Said after.", 0)).Outcome);
        Assert.Equal(AcceptOutcome.Stored, (await Known(web, "Said by who proved it since.", 1)).Outcome);
        var goesOn = await support.Load(goesOnHere ? web : mail);
        Assert.Contains(goesOn.Recent, message => message.Text == "Said by who proved it since.");
        Assert.DoesNotContain(goesOn.Recent, message => message.Text == "Said after.");
    }

    private Task<Accepted> Known(CustomerId customer, string text, long parted) => support.Grain(customer).Accept(new(
        MessageId.Mint(support.Time), TicketId.Mint(support.Time), Channel.Web, $"{customer}/{Guid.NewGuid()}", text, support.Time.GetUtcNow(), null, [],
        Parted: parted));

    private Task<Accepted> Alone(CustomerId customer, string text, string? key = null) => support.Grain(customer).Accept(new(
        MessageId.Mint(support.Time), TicketId.Mint(support.Time), Channel.Web, $"{customer}/{key ?? Guid.NewGuid().ToString()}", text, support.Time.GetUtcNow(), null, [],
        OwnOnly: true));

    [Fact]
    public async Task Message_delivered_before_a_merge_is_recognised_after_it()
    {
        var (web, mail) = await Two();
        var first = await support.Write(web, "How do I export documents?", key: "again");
        await support.Settled(web);
        await Merge(web, mail);
        var before = (await support.Load(mail)).LastSequence;

        var again = await Task.WhenAll(Enumerable.Range(0, 10).Select(_ => support.Write(web, "How do I export documents?", key: "again")));

        Assert.All(again, accepted => Assert.Equal((AcceptOutcome.Duplicate, first.MessageId), (accepted.Outcome, accepted.MessageId)));
        Assert.Equal(before, (await support.Settled(mail)).LastSequence);
        Assert.Equal(AcceptOutcome.Conflict, (await support.Write(web, "Something else", key: "again")).Outcome);
    }

    [Fact]
    public async Task Message_delivered_after_a_merge_is_recognised_when_it_comes_again()
    {
        var (web, mail) = await Two();
        await Merge(web, mail);

        var accepted = await Task.WhenAll(Enumerable.Range(0, 10).Select(_ => support.Write(web, "How do I export documents?", key: "again")));

        Assert.Single(accepted.Select(a => a.MessageId).Distinct());
        Assert.Single((await support.Settled(mail)).Recent, message => message.Text == "How do I export documents?");
    }

    [Fact]
    public async Task Wish_for_a_person_goes_on_in_the_other_conversation()
    {
        var (web, mail) = await Two();
        await Merge(web, mail);

        Assert.Equal(ActOutcome.Done, (await support.Grain(web).RequestPerson(Command, "A person, please.")).Outcome);

        Assert.Equal(EscalationReason.PersonRequested, (await support.Load(mail)).Escalation!.Reason);
        Assert.Null((await support.Load(web)).Escalation);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Assistant_stays_silent_after_a_merge_whichever_of_the_two_a_person_has(bool theFirst)
    {
        var (web, mail) = await Two();
        await support.Grain(theFirst ? web : mail).TakeOver(Command, Support.Ana);

        var merge = await Merge(web, mail);
        await support.Write(web, "Anybody there?");
        await support.Write(mail, "I wrote by mail, too.");
        await support.Leap(TimeSpan.FromMinutes(1));

        var conversation = await support.Load(merge.Into!.Value);
        Assert.Equal(("Ana", null), (conversation.Handoff!.By.Name, conversation.Exchange));
        Assert.Equal(["Anybody there?", "I wrote by mail, too."], conversation.Recent.Where(m => m.IsFromCustomer()).TakeLast(2).Select(m => m.Text));
        foreach (var customer in new[] { web, mail })
            Assert.Single(Support.Replies(await support.Load(customer)));
    }

    [Fact]
    public async Task Undone_merge_parts_the_conversations_and_leaves_what_was_said_where_it_was_said()
    {
        var (web, mail) = await Two();
        var merge = await Merge(web, mail);
        await support.Write(web, "How do I export documents?");
        await support.Settled(mail);

        Assert.True(await Identities.Part(merge.Merge!.Value, "Ana", default));
        var after = await support.Write(web, "How do I make a backup?");

        Assert.Contains((await support.Settled(web)).Recent, message => message.Id == after.MessageId);
        Assert.Contains((await support.Load(mail)).Recent, message => message.Text == "How do I export documents?");
        Assert.DoesNotContain((await support.Load(mail)).Recent, message => message.Id == after.MessageId);
    }

    [Fact]
    public async Task Model_is_shown_what_was_said_in_the_merged_conversation_before_what_was_said_here()
    {
        var (web, mail) = await Two();
        await Merge(web, mail);
        DraftRequest? asked = null;
        support.Model.Answer = request =>
        {
            asked = request;
            return ScriptedModel.Quote("Here are the words of the guide.");
        };

        await support.Write(mail, "And how do I export them on Windows?");
        await support.Settled(mail);

        var said = asked!.History.Where(utterance => utterance.FromCustomer).Select(utterance => utterance.Text).ToList();
        Assert.Equal(["How do I import documents from the web?", "How do I import documents by mail?"], said);
    }

    [Fact]
    public async Task Question_that_was_answered_in_the_merged_conversation_and_comes_again_goes_to_a_person()
    {
        var (web, mail) = (await support.NewCustomer(), await support.NewCustomer());
        await support.Ask(web, "How do I export all documents of a workspace?");
        await support.Ask(mail, "How do I invite my colleagues?");
        await Merge(web, mail);

        var again = await support.Ask(mail, "How do I export all documents of a workspace?");

        Assert.Equal("A5.repeat", again.Escalation!.Rule);
    }

    [Fact]
    public async Task Message_for_a_customer_who_was_erased_is_not_taken_and_brings_nothing_back()
    {
        var (web, mail) = await Two();
        support.Model.Hold();
        var drafting = support.Model.Drafting();
        await support.Write(web, "How do I export documents?");
        await support.Drafting(drafting);

        await support.Silo.GetRequiredService<IPersonalData>().Erase(web, "Ana", default);
        support.Model.LetGo();

        Assert.Equal(AcceptOutcome.NoCustomer, (await support.Write(web, "Are you there?")).Outcome);
        Assert.Equal(ActOutcome.NoConversation, (await support.Grain(web).RequestPerson(Command, "")).Outcome);
        Assert.Equal(ActOutcome.NoConversation, (await support.Grain(web).TakeOver(Command, Support.Ana)).Outcome);
        var gone = await support.Load(web);
        Assert.Equal((0, true), (gone.Version, gone.IsGone));
        Assert.Empty(await support.Store.Read(web, 0, 100, true, default));
        Assert.NotEmpty(await support.Store.Read(mail, 0, 100, true, default));
    }

    [Fact]
    public async Task Code_is_answered_at_once_and_opens_neither_an_exchange_nor_a_matter()
    {
        var mira = await support.NewCustomer();
        var message = new IncomingMessage(
            MessageId.Mint(support.Time), TicketId.Mint(support.Time), Channel.WhatsApp, "code-1", "123456", support.Time.GetUtcNow(), null, [], Linking: LinkOutcome.Proved);

        var accepted = await support.Grain(mira).Accept(message);
        // It comes again: without its outcome, for the code has been used up.
        var again = await support.Grain(mira).Accept(message with { Id = MessageId.Mint(support.Time), Linking = null });

        Assert.Equal((AcceptOutcome.Stored, AcceptOutcome.Duplicate, accepted.MessageId), (accepted.Outcome, again.Outcome, again.MessageId));
        var conversation = await support.Load(mira);
        Assert.Equal((null, conversation.LastSequence), (conversation.Exchange, conversation.DecidedThrough));
        Assert.Empty(conversation.Tickets);
        Assert.Equal([Wording.Linking, Wording.Linked(LinkOutcome.Proved)], conversation.Recent.Select(m => m.Text));
        Assert.All(conversation.Recent, m => Assert.Equal(Channel.WhatsApp, m.Channel));
        Assert.DoesNotContain(conversation.Recent, m => m.Text.Contains("123456"));
    }

    [Fact]
    public async Task Code_given_while_an_answer_is_being_written_is_no_part_of_the_question()
    {
        var mira = await support.NewCustomer();
        support.Model.Hold();
        var drafting = support.Model.Drafting();
        await support.Write(mira, "How do I export documents?");
        await support.Drafting(drafting);
        await support.Grain(mira).Accept(new(
            MessageId.Mint(support.Time), TicketId.Mint(support.Time), Channel.Web, "code-2", "123456", support.Time.GetUtcNow(), null, [], Linking: LinkOutcome.Wrong));
        support.Model.LetGo();

        var conversation = await support.Settled(mira);

        Assert.Null(conversation.Exchange);
        Assert.Single(Support.Replies(conversation), reply => !reply.Citations.IsEmpty);
    }

    private async Task<(CustomerId Web, CustomerId Mail)> Two()
    {
        var (web, mail) = (await support.NewCustomer(), await support.NewCustomer());
        await support.Ask(web, "How do I import documents from the web?");
        await support.Ask(mail, "How do I import documents by mail?");
        return (web, mail);
    }

    private Task<MergeResult> Merge(CustomerId from, CustomerId into) => Identities.Merge(from, into, "Ana", "they said so", default);
}
