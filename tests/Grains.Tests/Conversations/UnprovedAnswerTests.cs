using FteAgent.Answering;
using FteAgent.Channels;
using FteAgent.Customers;
using FteAgent.Tickets;
using Microsoft.Extensions.DependencyInjection;

namespace FteAgent.Conversations;

/// <summary>Who answers a mail of ours from an address that nobody vouches for, in a conversation that was merged: a person hears of it, and nobody else.</summary>
public sealed partial class UnprovedAnswerTests : IAsyncLifetime
{
    private const string Address = "vera@small.example";

    private Support support = null!;

    private ChannelIntake Intake => ActivatorUtilities.CreateInstance<ChannelIntake>(support.Silo);

    private IOrigins Origins => support.Silo.GetRequiredService<IOrigins>();

    private IIdentities Identities => support.Silo.GetRequiredService<IIdentities>();

    public async Task InitializeAsync() => support = await Support.Open(
        services => services.AddSingleton<IChannelSender>(new ChannelReceiver(OutboundMessage.Email)));

    public async Task DisposeAsync() => await support.DisposeAsync();

    [Theory]
    [InlineData(true, true)]
    [InlineData(true, false)]
    [InlineData(false, true)]
    public async Task Person_who_has_the_conversation_gets_it_and_the_assistant_answers_nothing(bool holderHasTheWriters, bool answersOurs)
    {
        var (vera, mira) = await TwoCustomers();
        var held = holderHasTheWriters ? vera : mira;
        await support.Grain(held).TakeOver(new(Guid.NewGuid()), Support.Ana);
        var merge = await Identities.Merge(vera, mira, "Ana", "they said so", default);
        Assert.Equal(held, merge.Into);

        var accepted = await Intake.Take(Mail("m2", answersOurs ? await Mailed(vera) : "m1@small.example"), default);

        var conversation = await support.Settled(held);
        var note = Assert.Single(conversation.Recent, message => message.Id == accepted.MessageId);
        Assert.Equal((MessageKind.Note, Channel.Email), (note.Kind, note.Channel));
        Assert.EndsWith("\nIs it done?", note.Text, StringComparison.Ordinal);
        // Whoever has the conversation keeps it, and should have seen it by then.
        Assert.Equal((Support.Ana.Id, support.Time.GetUtcNow() + support.Context.Options.HolderReplies >= conversation.Handoff!.ReplyDue), (conversation.Handoff.By.Id, true));
        // It is an answer of nobody's, and shown as one that nobody vouches for; whose it would be is not said.
        Assert.Equal((vera, false), ((await Origins.Find(accepted.MessageId, default))! is var origin ? (origin.Customer, origin.Proved) : default));
        Assert.Contains(accepted.MessageId, await Origins.Unproved(held, [accepted.MessageId], default));
        Assert.DoesNotContain(conversation.Recent, message => message.Sequence > note.Sequence);
    }

    [Fact]
    public async Task Where_nobody_has_the_conversation_a_person_is_called_and_the_customer_goes_on_being_answered()
    {
        var (vera, mira) = await TwoCustomers();
        await Identities.Merge(vera, mira, "Ana", "they said so", default);

        var mail = Mail("m2", await Mailed(vera));
        var accepted = await Intake.Take(mail, default);

        var called = await support.Settled(mira);
        Assert.Equal(("M2.unproved", EscalationReason.ServiceUnavailable), (called.Escalation!.Rule, called.Escalation.Reason));
        Assert.Equal(MessageKind.Note, called.Recent.Single(message => message.Id == accepted.MessageId).Kind);
        Assert.Equal(accepted.MessageId, called.Recent[^1].Id);
        // What they asked themselves was answered, and waits for nobody.
        Assert.Equal((TicketStatus.Waiting, null), (called.CurrentTicket!.Status, called.CurrentTicket.EscalatedAt));
        // What is said to the customer goes where they wrote themselves, and never to that address.
        await support.Grain(mira).TakeOver(new(Guid.NewGuid()), Support.Ana);
        await support.Grain(mira).Reply(new(Guid.NewGuid()), Support.Ana, "It is done.");
        Assert.All((await support.Load(mira)).Recent.Where(message => message.Author.Kind is not ActorKind.Customer), message => Assert.Equal(Channel.Web, message.Channel));
        // Ten deliveries are one.
        Assert.Equal(accepted.MessageId, (await Intake.Take(mail, default)).MessageId);
        Assert.Single((await support.Load(mira)).Recent, message => message.Kind is MessageKind.Note);
    }

    [Fact]
    public async Task Undone_merge_leaves_the_writer_to_their_own_conversation_and_to_no_other()
    {
        var (vera, mira) = await TwoCustomers();
        var merge = await Identities.Merge(vera, mira, "Ana", "they said so", default);
        await Intake.Take(Mail("m2", await Mailed(vera)), default);
        await Identities.Part(merge.Merge!.Value, "Ana", default);

        // It names the mail that was kept in the other one's conversation.
        var next = await Intake.Take(Mail("m3", "m2@small.example"), default);

        Assert.Equal(vera, (await Origins.Find(next.MessageId, default))!.Customer);
        Assert.Contains((await support.Load(vera)).Recent, message => message.Id == next.MessageId);
        // And what was kept is known where it is when it comes again.
        Assert.Equal(AcceptOutcome.Stored, (await Intake.Take(Mail("m2", await Mailed(vera)), default)).Outcome);
    }

    [Fact]
    public async Task Words_that_link_an_address_do_nothing_from_one_that_is_not_proved()
    {
        var (vera, mira) = await TwoCustomers();
        await Identities.Merge(vera, mira, "Ana", "they said so", default);
        var mail = Mail("m2", await Mailed(vera));

        var accepted = await Intake.Take(mail with { Text = "link thief@example.com" }, default);

        Assert.Equal(MessageKind.Note, (await support.Load(mira)).Recent.Single(message => message.Id == accepted.MessageId).Kind);
        Assert.DoesNotContain(Support.Replies(await support.Settled(mira)), message => message.Rule == "M2.link");
    }

    [Fact]
    public async Task Owner_of_an_address_that_somebody_typed_goes_on_as_themselves()
    {
        var (vera, mira) = await TwoCustomers();
        await Identities.Merge(vera, mira, "Ana", "they said so", default);
        var before = (await support.Load(mira)).LastSequence;
        var sender = new Sender(IdentifierKind.Email, Address, Proved: true, "Vera");

        var first = await Intake.Take(Mail("m2") with { Sender = sender }, default);
        var owner = (await Origins.Find(first.MessageId, default))!.Customer;
        foreach (var named in (string[])[await Mailed(vera), "m1@small.example"])
        {
            var next = await Intake.Take(Mail($"next-{named}", named) with { Sender = sender }, default);
            Assert.Equal((owner, true), ((await Origins.Find(next.MessageId, default))! is var origin ? (origin.Customer, origin.Proved) : default));
        }

        Assert.DoesNotContain(owner, (CustomerId[])[vera, mira]);
        Assert.All((await support.Load(owner)).Recent.Where(message => message.Author.Kind is ActorKind.Customer), message => Assert.Equal(MessageKind.Text, message.Kind));
        Assert.Equal(before, (await support.Load(mira)).LastSequence);
    }

    [Fact]
    public async Task Strangers_words_are_no_matter_of_the_customers_and_no_part_of_what_they_ask()
    {
        var (vera, mira) = await TwoCustomers();
        Assert.Empty((await support.Ask(mira, "That solved it, thank you.")).Tickets);
        await Identities.Merge(vera, mira, "Ana", "they said so", default);

        await Intake.Take(Mail("m2", await Mailed(vera)) with { Subject = "My lawyer will sue you", Text = "My lawyer will sue you" }, default);
        var asked = await support.Ask(mira, "How do I import documents?");

        Assert.DoesNotContain(await support.Store.Tickets(mira, default), ticket => ticket.Subject.Contains("lawyer", StringComparison.Ordinal));
        Assert.DoesNotContain("lawyer", asked.Escalation!.Summary, StringComparison.Ordinal);
        Assert.Equal("M2.unproved", asked.Escalation.Rule);
        Assert.NotEmpty(Support.Replies(asked).Last().Citations);
        Assert.DoesNotContain(asked.CurrentTicket!.Subject, Support.Replies(asked).Last().Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Customer_hears_nothing_of_a_person_who_was_called_for_a_strangers_mail()
    {
        var (vera, mira) = await TwoCustomers();
        await Identities.Merge(vera, mira, "Ana", "they said so", default);
        await Intake.Take(Mail("m2", await Mailed(vera)), default);
        var said = Said(await support.Load(mira));

        await support.Leap(support.Context.Options.Acknowledge);
        var reminded = await support.Until(mira, conversation => conversation.Escalation!.Reminders == 1);

        Assert.Equal(said, Said(reminded));
        // What they ask for themselves is told as ever, and so is that it takes long.
        var asked = await support.Ask(mira, "I want a refund for my last payment.");
        Assert.Equal((EscalationReason.RefundRequest, Notice.Escalated), (asked.Escalation!.Reason, asked.Recent[^1].Notice));
        Assert.NotEqual("M2.unproved", asked.Escalation.Rule);
        // That a person is called is said once.
        Assert.Single(asked.Recent, message => message.Notice is Notice.Escalated);
        await support.Leap(support.Context.Options.Acknowledge);
        var late = await support.Until(mira, conversation => conversation.Recent.Any(message => message.Notice is Notice.AnswerExpected));
        await support.Leap(support.Context.Options.Acknowledge);
        late = await support.Until(mira, conversation => conversation.Escalation!.Reminders > late.Escalation!.Reminders);
        Assert.Single(late.Recent, message => message.Notice is Notice.AnswerExpected);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Customers_own_wish_is_brought_up_anew_where_nobody_came_for_a_strangers_mail(bool pressesTheButton)
    {
        var (vera, mira) = await TwoCustomers();
        await Identities.Merge(vera, mira, "Ana", "they said so", default);
        await Intake.Take(Mail("m2", await Mailed(vera)), default);
        for (var reminders = 1; (await support.Load(mira)).Escalation!.AckDue is not null; reminders++)
        {
            await support.Leap(support.Context.Options.Acknowledge);
            await support.Until(mira, conversation => conversation.Escalation!.Reminders >= reminders);
        }

        if (pressesTheButton)
            await support.Grain(mira).RequestPerson(new(Guid.NewGuid()), "");
        var asked = pressesTheButton ? await support.Load(mira) : await support.Ask(mira, "I want a refund for my last payment.");

        Assert.Contains("within about 15 minutes", asked.Recent.Single(message => message.Notice is Notice.Escalated).Text, StringComparison.Ordinal);
        Assert.Equal(0, asked.Escalation!.Reminders);
        await support.Leap(support.Context.Options.Acknowledge);
        var late = await support.Until(mira, conversation => conversation.Escalation!.Reminders == 1);
        Assert.Single(late.Recent, message => message.Notice is Notice.AnswerExpected);
        Assert.NotNull(late.Escalation!.AckDue);
    }

    [Fact]
    public async Task Small_talk_is_answered_while_somebody_is_called_for_a_strangers_mail_and_closes_nothing()
    {
        var (vera, mira) = await TwoCustomers();
        await Identities.Merge(vera, mira, "Ana", "they said so", default);
        await Intake.Take(Mail("m2", await Mailed(vera)), default);
        var open = (await support.Load(mira)).CurrentTicket!.Id;

        var thanked = await support.Ask(mira, "That solved it, thank you!");

        Assert.StartsWith("You're welcome!", Support.Replies(thanked).Last().Text, StringComparison.Ordinal);
        Assert.Equal((open, "M2.unproved"), (thanked.CurrentTicket!.Id, thanked.Escalation!.Rule));
    }

    [Fact]
    public async Task Question_that_was_open_when_its_conversation_was_merged_is_answered_though_somebody_is_called_for_a_strangers_mail()
    {
        var (vera, mira) = await TwoCustomers();
        await Identities.Merge(vera, mira, "Ana", "they said so", default);
        await Intake.Take(Mail("m2", await Mailed(vera)), default);
        var web = await support.NewCustomer();
        support.Model.Hold();
        var drafting = support.Model.Drafting();
        await support.Write(web, "How do I import documents?");
        await support.Drafting(drafting);
        Assert.Equal(mira, (await Identities.Merge(web, mira, "Ana", "they said so", default)).Into);

        support.Model.LetGo();

        Assert.NotEmpty(Support.Replies(await support.Settled(web)).Single().Citations);
        Assert.DoesNotContain((await support.Load(mira)).Recent, message => message.Text.Contains("would have answered", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Note_for_a_holder_who_has_gone_home_brings_another_and_the_customer_hears_nothing_of_it(bool askedForPerson)
    {
        var (vera, mira) = await TwoCustomers();
        await Identities.Merge(vera, mira, "Ana", "they said so", default);
        if (askedForPerson)
            await support.Ask(mira, "I want a refund for my last payment.");
        await support.Grain(mira).TakeOver(new(Guid.NewGuid()), Support.Ana);
        await support.Grain(mira).Reply(new(Guid.NewGuid()), Support.Ana, "I'll look into it.");
        await Intake.Take(Mail("m2", await Mailed(vera)), default);
        var said = Said(await support.Load(mira));

        await support.Leap(support.Context.Options.HolderReplies);
        var left = await support.Until(mira, conversation => conversation.Handoff is null);

        Assert.Equal(said, Said(left));
        Assert.Equal((askedForPerson, true), (left.Escalation!.Rule != "M2.unproved", left.Escalation is { AcknowledgedBy: null, AckDue: not null }));
        Assert.Equal(askedForPerson ? TicketStatus.Escalated : TicketStatus.Waiting, left.CurrentTicket!.Status);
        await support.Leap(support.Context.Options.Acknowledge);
        Assert.Equal(said, Said(await support.Until(mira, conversation => conversation.Escalation!.Reminders > left.Escalation.Reminders)));
    }

    [Fact]
    public async Task Holder_who_makes_a_note_of_it_has_seen_it_and_keeps_the_conversation()
    {
        var (vera, mira) = await TwoCustomers();
        await Identities.Merge(vera, mira, "Ana", "they said so", default);
        await support.Grain(mira).TakeOver(new(Guid.NewGuid()), Support.Ana);
        await Intake.Take(Mail("m2", await Mailed(vera)), default);

        await support.Grain(mira).AddNote(new(Guid.NewGuid()), Support.Ana, "Somebody else, as it seems.");

        Assert.Null((await support.Load(mira)).Handoff!.ReplyDue);
        // What the customer writes is owed an answer, whatever is noted.
        await support.Write(mira, "Anybody there?");
        await support.Grain(mira).AddNote(new(Guid.NewGuid()), Support.Ana, "I'll ask.");
        Assert.NotNull((await support.Load(mira)).Handoff!.ReplyDue);
    }

    [Fact]
    public async Task Customer_who_wrote_to_the_one_before_is_told_when_the_next_holder_leaves_too()
    {
        var (vera, mira) = await TwoCustomers();
        await Identities.Merge(vera, mira, "Ana", "they said so", default);
        await support.Grain(mira).TakeOver(new(Guid.NewGuid()), Support.Ana);
        await support.Write(mira, "Anybody there?");
        await support.Grain(mira).TakeOver(new(Guid.NewGuid()), Support.Ben, fromHolder: true);
        await Intake.Take(Mail("m2", await Mailed(vera)), default);

        await support.Leap(support.Context.Options.HolderReplies);
        var left = await support.Until(mira, conversation => conversation.Handoff is null);

        Assert.Equal("T4.holder_silent", left.Escalation!.Rule);
        Assert.Single(left.Recent, message => message.Notice is Notice.Escalated);
    }

    [Fact]
    public async Task Customer_whom_the_holder_leaves_waiting_is_told_whatever_that_holder_was_called_for()
    {
        var (vera, mira) = await TwoCustomers();
        await Identities.Merge(vera, mira, "Ana", "they said so", default);
        await Intake.Take(Mail("m2", await Mailed(vera)), default);
        await support.Grain(mira).TakeOver(new(Guid.NewGuid()), Support.Ana);
        await support.Write(mira, "Anybody there?");

        await support.Leap(support.Context.Options.HolderReplies);
        var left = await support.Until(mira, conversation => conversation.Handoff is null);

        Assert.Equal("T4.holder_silent", left.Escalation!.Rule);
        Assert.Single(left.Recent, message => message.Notice is Notice.AnswerExpected);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Customer_who_pressed_the_button_is_told_when_the_holder_leaves_though_a_strangers_mail_came_too(bool pressedFirst)
    {
        var (vera, mira) = await TwoCustomers();
        await Identities.Merge(vera, mira, "Ana", "they said so", default);
        await support.Grain(mira).TakeOver(new(Guid.NewGuid()), Support.Ana);
        if (!pressedFirst)
            await Intake.Take(Mail("m2", await Mailed(vera)), default);
        await support.Grain(mira).RequestPerson(new(Guid.NewGuid()), "");
        await support.Grain(mira).RequestPerson(new(Guid.NewGuid()), "");
        if (pressedFirst)
            await Intake.Take(Mail("m2", await Mailed(vera)), default);
        // A note is no answer to the customer.
        await support.Grain(mira).AddNote(new(Guid.NewGuid()), Support.Ana, "Somebody else, as it seems.");
        Assert.Single((await support.Load(mira)).Recent, message => message.Rule == "A5.button");

        await support.Leap(support.Context.Options.HolderReplies);
        var left = await support.Until(mira, conversation => conversation.Handoff is null);

        Assert.Equal("T4.holder_silent", left.Escalation!.Rule);
        Assert.Single(left.Recent, message => message.Notice is Notice.Escalated);
    }

    [Fact]
    public async Task Automatic_answer_from_there_calls_nobody()
    {
        var (vera, mira) = await TwoCustomers();
        await Identities.Merge(vera, mira, "Ana", "they said so", default);

        await Intake.Take(Mail("m2", await Mailed(vera)) with { AutomaticIfAnswer = "auto_reply" }, default);

        var conversation = await support.Load(mira);
        Assert.Equal((null, "Received automatically (auto_reply), not answered:\nIs it done?"), (conversation.Escalation, conversation.Recent[^1].Text));
    }

    private static int Said(Conversation conversation) => conversation.Recent.Count(message => message.Author.Kind is not ActorKind.Customer && message.IsPublic);

    /// <summary>Vera, who wrote a mail that nobody vouches for, and mira, who asked on the web.</summary>
    private async Task<(CustomerId Vera, CustomerId Mira)> TwoCustomers()
    {
        var vera = (await Origins.Find((await Intake.Take(Mail("m1"), default)).MessageId, default))!.Customer;
        var mira = await support.NewCustomer();
        await support.Ask(mira, "How do I export my data?");
        await support.Settled(vera);
        return (vera, mira);
    }

    /// <summary>The Message-ID of a mail of ours to vera's address.</summary>
    private async Task<string> Mailed(CustomerId customer)
    {
        var item = Guid.CreateVersion7(support.Time.GetUtcNow());
        await support.Silo.GetRequiredService<IDeliveries>().Note(
            new(item, customer, MessageId.Mint(support.Time), Channel.Email, Address, null, DeliveryStatus.Sent, null, support.Time.GetUtcNow()), default);
        return MailIds.Of(item, "support.example");
    }

    private InboundMessage Mail(string id, string? named = null) =>
        new(Channel.Email, id, new(IdentifierKind.Email, Address, Proved: false, "Vera"), "Is it done?", support.Time.GetUtcNow())
        {
            Thread = new($"{id}@small.example", named is null ? [] : [named]),
        };
}
