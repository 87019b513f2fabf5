using FteAgent.Answering;
using FteAgent.Channels;
using FteAgent.Customers;
using FteAgent.Tickets;
using Microsoft.Extensions.DependencyInjection;

namespace FteAgent.Conversations;

/// <summary>What was answered before it came to its conversation, as by a road: whoever wrote it cannot be told otherwise, so a person hears them.</summary>
public sealed class AcknowledgedTests : IAsyncLifetime
{
    private const string Words = "My invoice is wrong. What now?";

    private Support support = null!;

    private ChannelIntake Intake => ActivatorUtilities.CreateInstance<ChannelIntake>(support.Silo);

    private IIdentities Identities => support.Silo.GetRequiredService<IIdentities>();

    public async Task InitializeAsync() => support = await Support.Open();

    public async Task DisposeAsync() => await support.DisposeAsync();

    [Theory]
    [InlineData(false, null)]
    [InlineData(true, null)]
    [InlineData(false, 3L)]
    [InlineData(true, 3L)]
    public async Task Message_whose_sender_may_not_follow_a_merge_is_kept_for_a_person_where_the_customer_goes_on(bool goesOnHere, long? parted)
    {
        var (web, mail) = await Two();
        var into = (await (goesOnHere ? Merge(mail, web) : Merge(web, mail))).Into!.Value;
        var said = (await support.Load(web)).LastSequence;
        var message = Written(web) with { OwnOnly = parted is null, Parted = parted };

        var taken = await Task.WhenAll(Enumerable.Range(0, 10).Select(_ => Intake.Take(message, default)));

        Assert.All(taken, accepted => Assert.Equal((AcceptOutcome.Stored, message.Id, true), (accepted.Outcome, accepted.MessageId, accepted.IsForOperators)));
        var kept = await support.Settled(into);
        var note = Assert.Single(kept.Recent, each => each.Text.Contains(Words, StringComparison.Ordinal));
        Assert.Equal((MessageKind.Note, message.Id, "M2.unproved"), (note.Kind, note.Id, note.Rule));
        Assert.Equal(("M2.unproved", EscalationReason.ServiceUnavailable), (kept.Escalation!.Rule, kept.Escalation.Reason));
        // Nothing is said, to nobody, and no draft looks at it.
        Assert.Equal(note.Sequence, kept.LastSequence);
        Assert.DoesNotContain(await support.Store.Read(into, 0, 100, includeNotes: false, default), each => each.Sequence >= note.Sequence);
        if (!goesOnHere)
            Assert.Equal(said, (await support.Load(web)).LastSequence);
    }

    [Fact]
    public async Task Message_whose_sender_waits_for_the_answer_is_refused_as_ever()
    {
        var (web, mail) = await Two();
        await Merge(web, mail);

        var refused = await Intake.Take(Written(web) with { WasAcknowledged = false }, default);

        Assert.Equal(AcceptOutcome.Elsewhere, refused.Outcome);
        Assert.Null((await support.Load(mail)).Escalation);
    }

    [Fact]
    public async Task Message_that_was_taken_before_the_merge_is_no_note_when_it_comes_again()
    {
        var (web, mail) = await Two();
        var before = await Intake.Take(Written(web), default);
        await support.Settled(web);
        await Merge(web, mail);

        var again = await Intake.Take(Written(web), default);

        Assert.Equal((AcceptOutcome.Stored, before.MessageId, false), (again.Outcome, again.MessageId, again.IsForOperators));
        Assert.DoesNotContain((await support.Load(mail)).Recent, each => each.Kind is MessageKind.Note);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Form_is_kept_with_its_subject_and_gives_nobody_an_address_and_is_known_when_it_comes_again(bool goesOnHere)
    {
        var (web, mail) = await Two();
        var merge = await (goesOnHere ? Merge(mail, web) : Merge(web, mail));
        var form = Written(web) with { Form = new("Invoice 17", TicketCategory.Billing, TicketPriority.High), Email = "thief@example.com" };

        await Intake.Take(form, default);
        await Intake.Take(form, default);
        var kept = (await support.Load(merge.Into!.Value)).Recent[^1];
        await Identities.Part(merge.Merge!.Value, "Ana", default);
        var again = await Intake.Take(form, default);

        Assert.EndsWith($"\nInvoice 17\n{Words}", kept.Text, StringComparison.Ordinal);
        Assert.Equal((AcceptOutcome.Stored, kept.Id), (again.Outcome, again.MessageId));
        Assert.Null((await support.Silo.GetRequiredService<ICustomerDirectory>().Find(web, default))!.Email);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Person_is_called_once_for_what_could_not_be_taken_to_where_the_customer_goes_on_and_the_customer_is_told_nothing(bool isHeld)
    {
        var (web, mail) = await Two();
        await Merge(web, mail);
        if (isHeld)
            await support.Grain(mail).TakeOver(new(Guid.NewGuid()), Support.Ana);
        var (command, shown) = (new CommandId(Guid.NewGuid()), await support.Store.Read(mail, 0, 100, includeNotes: false, default));

        await Task.WhenAll(Enumerable.Range(0, 10).Select(_ => Intake.CallPerson(Written(web), command, "It is dead letter 3-17.", default)));

        var called = await support.Settled(mail);
        Assert.Single(called.Recent, message => message is { Kind: MessageKind.Note, Text: "It is dead letter 3-17." });
        Assert.Equal(isHeld ? null : "N6.not_taken", called.Escalation?.Rule);
        if (isHeld)
        {
            // Whoever has it shows in time that they have seen it, or another is called.
            await support.Leap(support.Context.Options.HolderReplies);
            var left = await support.Until(mail, conversation => conversation.Handoff is null);
            Assert.Equal(("N6.not_taken", true), (left.Escalation!.Rule, left.Escalation is { AcknowledgedBy: null, AckDue: not null }));
        }

        Assert.Equal(shown.Length, (await support.Store.Read(mail, 0, 100, includeNotes: false, default)).Length);
    }

    [Fact]
    public async Task Further_one_is_told_of_though_nobody_came_for_the_first_and_nobody_is_reminded_any_more()
    {
        var (_, mail) = await Two();
        await Intake.CallPerson(Written(mail), new(Guid.NewGuid()), "It is dead letter 3-17.", default);
        for (var reminders = 1; (await support.Load(mail)).Escalation!.AckDue is not null; reminders++)
        {
            var sent = reminders;
            await support.Leap(support.Context.Options.Acknowledge);
            await support.Until(mail, conversation => conversation.Escalation!.Reminders >= sent);
        }

        var reminded = (await support.Load(mail)).Escalation!.Reminders;
        await support.Until(() => Task.FromResult(support.Escalations.Received.Count == reminded + 1));

        await Intake.CallPerson(Written(mail), new(Guid.NewGuid()), "It is dead letter 3-18.", default);
        await support.Until(() => Task.FromResult(support.Escalations.Received.Count == reminded + 2));
        await support.Grain(mail).Accept(
            new IncomingMessage(MessageId.Mint(support.Time), TicketId.Mint(support.Time), Channel.Email, "m7", Words, support.Time.GetUtcNow(), null, []) { Unproved = true });
        await support.Until(() => Task.FromResult(support.Escalations.Received.Count == reminded + 3));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Question_that_is_passed_on_to_a_holder_waits_for_them_as_if_it_were_asked_there(bool isAnswered)
    {
        var (web, mail) = await Two();
        support.Model.Hold();
        var drafting = support.Model.Drafting();
        await support.Write(web, "How do I export documents?");
        await support.Drafting(drafting);
        await support.Grain(mail).TakeOver(new(Guid.NewGuid()), Support.Ana);
        await Merge(web, mail);
        support.Model.Answer = _ => isAnswered ? ScriptedModel.Quote("Here are the words of the guide.") : Draft.None;
        support.Model.LetGo();
        await support.Until(web, conversation => conversation.Exchange is null);
        await Intake.CallPerson(Written(mail), new(Guid.NewGuid()), "It is dead letter 3-17.", default);

        await support.Leap(support.Context.Options.HolderReplies);
        var left = await support.Until(mail, conversation => conversation.Handoff is null);

        Assert.Equal("T4.holder_silent", left.Escalation!.Rule);
        Assert.Single(left.Recent, message => message.Notice is Notice.Escalated);
    }

    [Fact]
    public async Task Person_is_called_to_somebody_of_whom_nothing_was_ever_taken()
    {
        var session = new CustomerIdentifier(IdentifierKind.WebSession, "web:0123456789", Proved: true);

        await Intake.CallPerson(Written(default) with { Customer = null, Identity = session }, new(Guid.NewGuid()), "It is dead letter 3-17.", default);

        var called = await support.Load(CustomerId.New(session, support.Time));
        Assert.Equal(("N6.not_taken", "To be looked at"), (called.Escalation!.Rule, Assert.Single(called.Tickets).Subject));
        Assert.Equal(MessageKind.Note, Assert.Single(called.Recent).Kind);
    }

    [Fact]
    public async Task Nobody_is_called_for_a_machines_message_nor_for_whoever_was_erased()
    {
        var (web, mail) = await Two();
        await support.Silo.GetRequiredService<IPersonalData>().Erase(web, "Ana", default);

        await Intake.CallPerson(Written(web), new(Guid.NewGuid()), "It is dead letter 3-17.", default);
        await Intake.CallPerson(Written(mail) with { Automatic = "auto_reply" }, new(Guid.NewGuid()), "It is dead letter 3-18.", default);

        Assert.True((await support.Load(web)).IsGone);
        Assert.Null((await support.Load(mail)).Escalation);
    }

    private async Task<(CustomerId Web, CustomerId Mail)> Two()
    {
        var (web, mail) = (await support.NewCustomer(), await support.NewCustomer());
        await support.Ask(web, "How do I import documents from the web?");
        await support.Ask(mail, "How do I import documents by mail?");
        return (web, mail);
    }

    private Task<MergeResult> Merge(CustomerId from, CustomerId into) => Identities.Merge(from, into, "Ana", "they said so", default);

    /// <summary>A page's message as it comes from its topic.</summary>
    private InboundMessage Written(CustomerId customer) =>
        new(Channel.Web, $"{customer}/1", new(IdentifierKind.WebSession, customer.ToString(), true, "Mira"), Words, support.Time.GetUtcNow())
        {
            Id = MessageId.Of(Channel.Web, $"{customer}/1"),
            Customer = customer,
            OwnOnly = true,
            WasAcknowledged = true,
        };
}
