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
