using System.Collections.Immutable;
using FteAgent.Channels;
using FteAgent.Customers;
using FteAgent.Tickets;
using Microsoft.Extensions.DependencyInjection;

namespace FteAgent.Conversations;

/// <summary>Whose a message is that a channel brings, and what is noted of it.</summary>
public sealed class ChannelIntakeTests : IAsyncLifetime
{
    private Support support = null!;

    private ChannelIntake Intake => ActivatorUtilities.CreateInstance<ChannelIntake>(support.Silo);

    private IOrigins Origins => support.Silo.GetRequiredService<IOrigins>();

    public async Task InitializeAsync() => support = await Support.Open(
        services => services.AddSingleton<IChannelSender>(new ChannelReceiver(OutboundMessage.Email)));

    public async Task DisposeAsync() => await support.DisposeAsync();

    [Fact]
    public async Task Messages_under_one_id_of_another_system_are_one_customers_whatever_address_they_come_from()
    {
        var crm = new CustomerIdentifier(IdentifierKind.External, "crm-17", Proved: true);

        var first = await Intake.Take(Mail("m1", "mira@example.com") with { Identity = crm }, default);
        var second = await Intake.Take(Mail("m2", "mira@work.example.com") with { Identity = crm }, default);

        Assert.Equal((1, 2), (first.Sequence, second.Sequence));
        // Each is answered where it came from.
        Assert.Equal("mira@example.com", (await Origins.Find(first.MessageId, default))!.Address);
        Assert.Equal("mira@work.example.com", (await Origins.Find(second.MessageId, default))!.Address);
    }

    [Fact]
    public async Task Message_of_a_session_is_its_customers_and_has_no_origin()
    {
        var session = new CustomerIdentifier(IdentifierKind.WebSession, "web:0123456789", Proved: true);
        var message = new InboundMessage(Channel.Web, "c/1", new(session.Kind, session.Value, true, "Mira"), "How do I export?", support.Time.GetUtcNow())
        {
            Identity = session,
            Email = "mira@example.com",
        };

        var (first, again) = (await Intake.Take(message, default), await Intake.Take(message, default));

        Assert.Equal((AcceptOutcome.Stored, AcceptOutcome.Duplicate), (first.Outcome, again.Outcome));
        Assert.Equal(first.MessageId, again.MessageId);
        Assert.Null(await Origins.Find(first.MessageId, default));
        var customer = await support.Silo.GetRequiredService<ICustomerDirectory>().Find(CustomerId.New(session, support.Time), default);
        Assert.Equal(("Mira", "mira@example.com"), (customer!.Name, customer.Email));
    }

    [Fact]
    public async Task Message_of_a_customer_who_is_known_asks_nobody_who_they_are()
    {
        var customer = await support.NewCustomer();

        await Intake.Take(
            new InboundMessage(Channel.Web, "c/1", new(IdentifierKind.WebSession, customer.ToString(), true), "How do I export?", support.Time.GetUtcNow()) { Customer = customer }, default);

        Assert.Equal(1, (await support.Load(customer)).LastSequence);
    }

    [Fact]
    public async Task Address_that_nobody_vouches_for_starts_a_customer_each_time()
    {
        var first = await Intake.Take(Mail("m1", "mira@example.com"), default);
        var second = await Intake.Take(Mail("m2", "mira@example.com"), default);

        Assert.Equal((1, 1), (first.Sequence, second.Sequence));
        Assert.Equal(first, await Intake.Take(Mail("m1", "mira@example.com"), default));
    }

    [Fact]
    public async Task Who_is_being_erased_is_brought_again_whatever_the_channel()
    {
        var gone = await support.NewCustomer();
        await support.Silo.GetRequiredService<IPersonalData>().Erase(gone, "Ana", default);
        var intake = ActivatorUtilities.CreateInstance<ChannelIntake>(support.Silo, new OneCustomer(gone));
        var message = new InboundMessage(Channel.Web, "w1", new(IdentifierKind.External, "crm-17", Proved: true), "Hello?", support.Time.GetUtcNow());

        await Assert.ThrowsAsync<RecordUnavailableException>(() => intake.Take(message, default));
        // Whoever shows a token of theirs is told.
        Assert.Equal(AcceptOutcome.NoCustomer, (await intake.Take(message with { Customer = gone }, default)).Outcome);
    }

    [Fact]
    public async Task Two_ticket_machines_without_threads_and_without_proof_stop_by_themselves()
    {
        var (answered, taken) = (0, new List<CustomerId>());
        for (var n = 1; n <= 3 * ChannelIntake.UnprovedPerHour; n++)
        {
            // Each of our answers makes the machine send another one, with a number of its own and nothing that leads back.
            var accepted = await Intake.Take(Mail($"machine-{n}", "desk@example.net"), default);
            taken.Add((await Origins.Find(accepted.MessageId, default))!.Customer);
            var conversation = await support.Settled(taken[^1]);
            if (!Support.Replies(conversation).Any())
                break;
            answered++;
        }

        Assert.Equal((ChannelIntake.UnprovedPerHour, ChannelIntake.UnprovedPerHour + 1), (answered, taken.Count));
        // A person is called, and finds what still comes in the same place. None of it is answered, and none starts a customer.
        var called = await support.Load(taken[^1]);
        Assert.Equal("C2.loop", called.Escalation!.Rule);
        var further = await Task.WhenAll(Enumerable.Range(0, 10).Select(n => Intake.Take(Mail($"more-{n}", "desk@example.net"), default)));
        foreach (var accepted in further)
            Assert.Equal(taken[^1], (await Origins.Find(accepted.MessageId, default))!.Customer);
        var kept = await support.Settled(taken[^1]);
        Assert.Equal(further.Select(accepted => accepted.MessageId).ToHashSet(), kept.Recent.Where(message => message.Kind is MessageKind.Note).Select(message => message.Id).ToHashSet());
        Assert.Equal((called.Escalation.Id, 0), (kept.Escalation!.Id, Support.Replies(kept).Count()));

        // Nor does anything get lost when that person is done with it: what comes then calls again.
        await support.Grain(taken[^1]).Resolve(new(Guid.NewGuid()), Support.Ana, "Looked.");
        await Intake.Take(Mail("still-more", "desk@example.net"), default);
        Assert.Equal("C2.loop", (await support.Load(taken[^1])).Escalation!.Rule);

        // Others write as ever, and so does the machine in the next hour.
        Assert.NotNull((await Of(await Intake.Take(Mail("other", "mira@example.com"), default))).Exchange);
        await support.Leap(TimeSpan.FromHours(1));
        Assert.NotNull((await Of(await Intake.Take(Mail("later", "desk@example.net"), default))).Exchange);

        async Task<Conversation> Of(Accepted accepted) => await support.Load((await Origins.Find(accepted.MessageId, default))!.Customer);
    }

    [Fact]
    public async Task What_comes_beyond_the_limit_leads_nobody_into_a_conversation()
    {
        var first = await Comes(Mail("own", "vera@example.net"));
        var vera = (await Origins.Find(first.MessageId, default))!.Customer;
        for (var n = 2; n <= ChannelIntake.UnprovedPerHour; n++)
            await Comes(Mail($"forged-{n}", "vera@example.net"));
        // What goes on in a thread is not counted, so nothing is put beside it.
        var own = await Comes(Mail("own-2", "vera@example.net", "own@example.com"));
        var last = await Comes(Mail("forged-last", "vera@example.net"));
        var beyond = await Comes(Mail("forged-beyond", "vera@example.net"));

        var joining = await Comes(Mail("forged-joining", "vera@example.net", "forged-beyond@example.com"));

        var called = (await Origins.Find(last.MessageId, default))!.Customer;
        Assert.NotEqual(vera, called);
        var there = (await support.Load(called)).Recent;
        Assert.All([beyond, joining], kept => Assert.Equal(MessageKind.Note, there.Single(message => message.Id == kept.MessageId).Kind));
        Assert.Null((await Origins.Find(beyond.MessageId, default))!.Thread);
        Assert.Equal(
            [first.MessageId, own.MessageId],
            (await support.Settled(vera)).Recent.Where(message => message.Author.Kind is ActorKind.Customer).Select(message => message.Id));

        // One after the other.
        Task<Accepted> Comes(InboundMessage mail)
        {
            support.Time.Advance(TimeSpan.FromSeconds(1));
            return Intake.Take(mail with { ReceivedAt = support.Time.GetUtcNow() }, default);
        }
    }

    [Fact]
    public async Task Message_of_somebody_whom_the_record_does_not_have_is_nobodys()
    {
        var nobody = CustomerId.New(new(IdentifierKind.WebSession, "web:lost", Proved: true), support.Time);
        var message = new InboundMessage(Channel.Web, "c/1", new(IdentifierKind.WebSession, nobody.ToString(), true), "Hello?", support.Time.GetUtcNow()) { Customer = nobody };

        for (var time = 1; time <= 2; time++)
            Assert.Equal(AcceptOutcome.NoCustomer, (await Intake.Take(message, default)).Outcome);
    }

    [Fact]
    public async Task Forged_mail_that_names_ours_or_the_customers_own_does_not_join_a_proved_customers_conversation()
    {
        var first = await Intake.Take(Proved(Mail("m1", "mira@example.com")), default);
        var mira = (await Origins.Find(first.MessageId, default))!.Customer;
        var item = await Answered(mira, "mira@example.com");

        foreach (var named in (string[])["m1@example.com", MailIds.Of(item, "support.example")])
        {
            var forged = await Intake.Take(Mail($"forged-{named}", "mira@example.com", named), default);
            Assert.NotEqual(mira, (await Origins.Find(forged.MessageId, default))!.Customer);
            var real = await Intake.Take(Proved(Mail($"real-{named}", "mira@example.com", named)), default);
            Assert.Equal(mira, (await Origins.Find(real.MessageId, default))!.Customer);
        }

        Assert.Equal(3, (await support.Load(mira)).Recent.Count(message => message.Author.Kind is ActorKind.Customer));
    }

    [Fact]
    public async Task Mails_of_one_thread_that_nobody_ever_vouched_for_stay_together()
    {
        var first = await Intake.Take(Mail("m1", "vera@example.net"), default);
        var vera = (await Origins.Find(first.MessageId, default))!.Customer;
        var item = await Answered(vera, "vera@example.net");

        foreach (var named in (string[])["m1@example.com", MailIds.Of(item, "support.example")])
            Assert.Equal(vera, (await Origins.Find((await Intake.Take(Mail($"next-{named}", "vera@example.net", named), default)).MessageId, default))!.Customer);
    }

    [Fact]
    public async Task Answer_from_a_mistyped_address_does_not_follow_the_customer_to_the_person_they_turned_out_to_be()
    {
        var (typed, mira) = (await support.NewCustomer(), await support.NewCustomer());
        var item = await Answered(typed, "mria@example.com");
        var named = MailIds.Of(item, "support.example");
        Assert.Equal(typed, (await Origins.Find((await Intake.Take(Mail("before", "mria@example.com", named), default)).MessageId, default))!.Customer);

        await Identities.Merge(typed, mira, "Ana", "they said so", default);

        var heard = await Intake.Take(Mail("after", "mria@example.com", named), default);
        // Whoever has mira's conversation hears of it; mira's it is not, nor does anybody answer it.
        var note = Assert.Single((await support.Settled(mira)).Recent);
        Assert.Equal((heard.MessageId, MessageKind.Note), (note.Id, note.Kind));
        Assert.Equal((typed, false), ((await Origins.Find(heard.MessageId, default))!.Customer, (await Origins.Find(heard.MessageId, default))!.Proved));
    }

    [Fact]
    public async Task What_comes_into_a_merged_conversation_is_kept_with_the_one_that_goes_on()
    {
        var first = await Intake.Take(Proved(Mail("m1", "mira@example.com")), default);
        var (old, goesOn) = ((await Origins.Find(first.MessageId, default))!.Customer, await support.NewCustomer());
        var item = await Answered(old, "mira@example.com");
        await Identities.Merge(old, goesOn, "Ana", "they said so", default);

        var answer = await Intake.Take(
            Proved(Mail("m2", "mira@example.com", MailIds.Of(item, "support.example"))) with { Files = [new(AttachmentKind.File, "screen.png", "image/png", 1, new byte[1])] },
            default);

        // It is its writer's, whoever they are one with: the thread leads to them when they are parted.
        Assert.Equal(old, (await Origins.Find(answer.MessageId, default))!.Customer);
        Assert.Contains((await support.Load(goesOn)).Recent, message => message.Id == answer.MessageId);
        Assert.Equal("screen.png", Assert.Single(await support.Silo.GetRequiredService<IAttachments>().List(goesOn, [answer.MessageId], default)).Name);
    }

    [Fact]
    public async Task Address_of_a_form_is_noted_for_who_began_without_one()
    {
        var customer = await support.NewCustomer();
        var form = new InboundMessage(Channel.Web, $"{customer}/1", new(IdentifierKind.WebSession, customer.ToString(), true, "Mira"), "How do I export my data?", support.Time.GetUtcNow())
        {
            Customer = customer,
            Email = "mira@example.com",
            Form = new("Exporting my data", TicketCategory.Technical, TicketPriority.Low),
        };

        await Intake.Take(form, default);
        // Brought again, since the answer to it got lost, it changes nothing.
        await Intake.Take(form, default);
        await Intake.Take(form with { ChannelMessageId = $"{customer}/2", Email = "other@example.com" }, default);

        var email = Assert.Single((await support.Silo.GetRequiredService<ICustomerDirectory>().Find(customer, default))!.Identifiers, known => known.Kind is IdentifierKind.Email);
        Assert.Equal(("mira@example.com", false), (email.Value, email.Proved));
    }

    [Fact]
    public async Task Address_of_a_form_is_not_noted_where_its_sender_may_not_speak_any_more()
    {
        var (visitor, goesOn) = (await support.NewCustomer(), await support.NewCustomer());
        await support.Ask(visitor, "How do I export my data?");
        await Identities.Merge(visitor, goesOn, "Ana", "they said so", default);

        var refused = await Intake.Take(
            new(Channel.Web, $"{visitor}/1", new(IdentifierKind.WebSession, visitor.ToString(), true, "Mira"), "How do I export my data?", support.Time.GetUtcNow())
            {
                Customer = visitor,
                OwnOnly = true,
                Email = "stranger@example.com",
                Form = new("Exporting my data", TicketCategory.Technical, TicketPriority.Low),
            },
            default);

        Assert.Equal(AcceptOutcome.Elsewhere, refused.Outcome);
        Assert.Null((await support.Silo.GetRequiredService<ICustomerDirectory>().Find(visitor, default))!.Email);
    }

    [Fact]
    public async Task Mail_of_somebody_who_was_erased_starts_nobody_when_it_is_brought_again()
    {
        var mails = (InboundMessage[])[Proved(Mail("m1", "mira@example.com")), Mail("m2", "vera@example.net")];
        foreach (var mail in mails)
        {
            var taken = await Intake.Take(mail, default);
            await support.Silo.GetRequiredService<IPersonalData>().Erase((await Origins.Find(taken.MessageId, default))!.Customer, "Ana", default);

            var again = await Intake.Take(mail, default);

            Assert.Equal((AcceptOutcome.NoCustomer, taken.MessageId), (again.Outcome, again.MessageId));
            Assert.Null(await Origins.Find(taken.MessageId, default));
            Assert.Empty(await support.Silo.GetRequiredService<ICustomerDirectory>().Search(mail.Sender.Address, 10, default));
        }

        // Who writes again begins anew.
        Assert.Equal((AcceptOutcome.Stored, 1), (await Intake.Take(Proved(Mail("m3", "mira@example.com")), default)) is var begun ? (begun.Outcome, begun.Sequence) : default);
    }

    private IIdentities Identities => support.Silo.GetRequiredService<IIdentities>();

    /// <summary>A mail of ours to them, whose item is given.</summary>
    private async Task<Guid> Answered(CustomerId customer, string address)
    {
        var item = Guid.CreateVersion7(support.Time.GetUtcNow());
        await support.Silo.GetRequiredService<IDeliveries>().Note(
            new(item, customer, MessageId.Mint(support.Time), Channel.Email, address, null, DeliveryStatus.Sent, null, support.Time.GetUtcNow()), default);
        return item;
    }

    private static InboundMessage Proved(InboundMessage mail) => mail with { Sender = mail.Sender with { Proved = true } };

    private InboundMessage Mail(string id, string from, string? named = null) =>
        new(Channel.Email, id, new(IdentifierKind.Email, from, Proved: false, "Mira"), "How do I export my data?", support.Time.GetUtcNow())
        {
            Thread = new($"{id}@example.com", named is null ? [] : [named]),
        };

    /// <summary>A directory that finds one customer, however often it is asked: their erasure is under way all the time.</summary>
    private sealed class OneCustomer(CustomerId customer) : ICustomerDirectory
    {
        public Task<CustomerId> Resolve(CustomerIdentifier identifier, CustomerProfile profile, CancellationToken cancellationToken) => Task.FromResult(customer);

        public Task<CustomerId?> Resolve(CustomerIdentifier identifier, CustomerProfile profile, MessageId brought, CancellationToken cancellationToken) =>
            Task.FromResult<CustomerId?>(customer);

        public Task<bool> WasErased(MessageId brought, CancellationToken cancellationToken) => Task.FromResult(false);

        public Task Fill(CustomerId known, CustomerProfile profile, CancellationToken cancellationToken) => Task.CompletedTask;

        public Task<Customer?> Find(CustomerId id, CancellationToken cancellationToken) => throw new NotSupportedException();

        public Task<ImmutableArray<Customer>> Search(string query, int limit, CancellationToken cancellationToken) => throw new NotSupportedException();
    }
}
