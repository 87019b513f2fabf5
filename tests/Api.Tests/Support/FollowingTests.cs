using FteAgent.Api.Hosting;
using FteAgent.Channels;
using FteAgent.Conversations;
using FteAgent.Customers;
using FteAgent.Testing;
using FteAgent.Tickets;
using Microsoft.Extensions.DependencyInjection;

namespace FteAgent.Api.Support;

/// <summary>Who may follow a conversation to where it goes on: whoever has shown who they are, and no other copy of its token.</summary>
public sealed class FollowingTests : IAsyncLifetime
{
    private const string Ask = "/support/conversation/identifiers";
    private const string Verify = "/support/conversation/identifiers/verify";
    private const string Messages = "/support/conversation/messages";
    private const string Seen = "/support/conversation/seen";
    private const string Own = "How do I make a backup of the data?";
    private const string Secret = "My account number is 4711-0815.";

    private readonly Mailbox mailbox = new();
    private RunningSilo silo = null!;

    public async Task InitializeAsync() => silo = await RunningSilo.Start(services => services.AddSingleton<IChannelSender>(mailbox));

    public async Task DisposeAsync() => await silo.DisposeAsync();

    [Fact]
    public async Task Link_that_went_to_a_mistyped_address_does_not_open_the_person_who_proves_another_one()
    {
        var (mira, address) = (await silo.NewCustomer(Own), NewAddress());
        await mira.Settled();
        var stranger = silo.With(await Link(mira.Id));
        var mail = await Mailer(address, Secret);

        var whole = await Proved(mira, address);

        Assert.Contains("4711-0815", (await whole.Caller.Get("/support/conversation")).Expect(200).Text, StringComparison.Ordinal);
        await OpensNothingOfTheOther(stranger, mira.TicketId, mail);
        // Neither does any other copy of the token that the conversation began with.
        await OpensNothingOfTheOther(mira.Caller, mira.TicketId, mail);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Whoever_has_made_a_stranger_prove_their_address_in_a_conversation_of_theirs_opens_nothing_of_that_one(bool asksForPerson)
    {
        var (eve, victim) = (await silo.NewCustomer(Own), NewAddress());
        await eve.Settled();
        var mail = await Mailer(victim, Secret);
        // With a person awaited there, the conversation goes on in Eve's, whatever was proved.
        if (asksForPerson)
            (await eve.Caller.Put("/support/conversation/escalation")).Expect(200);
        var link = await Link(eve.Id);
        var reader = eve with { Caller = silo.With(link), Token = link };

        var whole = await Proved(reader, victim);
        (await whole.Caller.Post(Messages, new { text = "Now I am the one with 4711-0815." })).Expect(202);
        await whole.Settled();

        await OpensNothingOfTheOther(eve.Caller, eve.TicketId, mail);
    }

    [Fact]
    public async Task Whoever_may_not_follow_a_conversation_cannot_prove_their_way_into_it()
    {
        var (eve, victim, own) = (await silo.NewCustomer(Own), NewAddress(), NewAddress());
        await eve.Settled();
        await Mailer(victim, Secret);
        await Proved(eve, victim);

        (await eve.Caller.Post(Ask, new { kind = "email", value = own })).Expect(202);
        var verified = (await eve.Caller.Post(Verify, new { code = await mailbox.Code(own) })).Expect(200);

        Assert.Equal("other_address", verified["outcome"].GetString());
        Assert.DoesNotContain("token", verified.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("4711-0815", (await eve.Conversation()).Text, StringComparison.Ordinal);
        Assert.NotEqual(await Owner(victim), await Owner(own));
        // Whoever holds that very token and is the person confirms what they have proved before, and follows.
        Assert.Contains("4711-0815", (await (await Proved(eve, victim, codes: 2)).Settled()).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Operators_word_leads_nobody_further_who_has_not_shown_who_they_are_and_undone_it_opens_the_conversation_again()
    {
        var (customer, ana) = (await silo.NewCustomer(Own), await silo.NewOperator());
        await customer.Settled();
        var mail = await Mailer(NewAddress(), Secret);
        using var stream = await EventReader.Open(customer.Caller, "/support/conversation/events");
        await stream.Next("state");

        var merged = (await ana.Caller.Post($"/api/customers/{customer.Id}/merge", new { into = $"{mail}", reason = "She said so on the phone." })).Expect(200);

        await stream.Next("moved");
        await OpensNothingOfTheOther(customer.Caller, customer.TicketId, mail);
        using var elsewhere = await EventReader.Open(customer.Caller, "/support/conversation/events", ("Last-Event-ID", "1"));
        await elsewhere.Next("state");

        (await ana.Caller.Delete($"/api/customers/{customer.Id}/merges/{merged["merge"].GetString()}")).Expect(204);

        await elsewhere.Next("moved");
        Assert.False((await customer.Conversation())["state"].GetProperty("goes_on_elsewhere").GetBoolean());
        (await customer.Caller.Post(Messages, new { text = "It is mine again." })).Expect(202);
        Assert.Contains("It is mine again.", (await customer.Settled()).Text, StringComparison.Ordinal);
        Assert.DoesNotContain("4711-0815", (await customer.Conversation()).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Key_used_again_after_a_merge_leads_to_whom_it_made_and_stores_nothing_again()
    {
        var (key, address, ana) = (Forms.Key(), NewAddress(), await silo.NewOperator());
        var opened = (await silo.Anyone.Post("/support/conversation", new { text = Own }, key)).Expect(201);
        var web = await silo.Known(opened);
        await web.Settled();
        var mail = await Mailer(address, Secret);
        await Proved(web, address);
        var before = (await silo.Service<IConversationStore>().Load(mail, default)).LastSequence;

        var again = (await silo.Anyone.Post("/support/conversation", new { text = Own }, key)).Expect(201);

        Assert.Equal(opened["conversation_token"].GetString(), again["conversation_token"].GetString());
        Assert.Equal(opened["ticket_id"].GetString(), again["ticket_id"].GetString());
        Assert.Equal(before, (await silo.Service<IConversationStore>().Load(mail, default)).LastSequence);
        await OpensNothingOfTheOther((await silo.Known(again)).Caller, web.TicketId, mail);

        var merge = Assert.Single(await silo.Service<IIdentities>().Merges(web.Id, default));
        (await ana.Caller.Delete($"/api/customers/{web.Id}/merges/{merge.Id}")).Expect(204);
        var parted = await silo.Known((await silo.Anyone.Post("/support/conversation", new { text = Own }, key)).Expect(201));
        Assert.Equal(web.Id, parted.Id);
        Assert.DoesNotContain("4711-0815", (await parted.Conversation()).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_was_seen_is_marked_in_the_conversation_that_was_shown_and_no_further_than_it_goes()
    {
        var (customer, address) = (await silo.NewCustomer(Own), NewAddress());
        var shown = (await customer.Settled())["follow_after"].GetString();
        var mail = await Mailer(address, Secret);
        var whole = await Proved(customer, address);
        var end = (await silo.Service<IConversationStore>().Load(mail, default)).LastSequence;

        // The page has not heard of it yet, and tells of a place in the conversation that it showed.
        (await whole.Caller.Put(Seen, new { sequence = 1, follow_after = $"{shown}.00000000" })).Expect(204);
        Assert.Equal((0, 0), (await Marked(mail), await Marked(customer.Id)));

        (await whole.Caller.Put(Seen, new { sequence = 1_000, follow_after = (await whole.Conversation())["follow_after"].GetString() })).Expect(204);
        Assert.Equal((end, 0), (await Marked(mail), await Marked(customer.Id)));

        // Whoever sees the customer's own conversation alone marks that one.
        var own = (await silo.Service<IConversationStore>().Load(customer.Id, default)).LastSequence;
        (await customer.Caller.Put(Seen, new { sequence = 1_000 })).Expect(204);
        Assert.Equal((end, own), (await Marked(mail), await Marked(customer.Id)));

        Task<long> Marked(CustomerId of) => silo.Service<ISeenMarks>().Find(of, default);
    }

    /// <summary>Shows what was said in the conversation that it was given for, says that it goes on elsewhere, and takes nothing.</summary>
    private async Task OpensNothingOfTheOther(Caller holder, string ticket, CustomerId other)
    {
        var before = (await silo.Service<IConversationStore>().Load(other, default)).LastSequence;
        var read = (await holder.Get("/support/conversation")).Expect(200);
        Assert.True(read["state"].GetProperty("goes_on_elsewhere").GetBoolean());
        Assert.Contains(Own, read.Text, StringComparison.Ordinal);
        var shown = (await holder.Get($"/support/ticket/{ticket}")).Expect(200);
        using var stream = await EventReader.Open(holder, "/support/conversation/events");
        var state = await stream.Next("state");
        Assert.True(state.Data.GetProperty("goes_on_elsewhere").GetBoolean());
        foreach (var text in (string[])[read.Text, shown.Text, .. stream.Read.Select(e => e.Data.GetRawText())])
            Assert.DoesNotContain("4711-0815", text, StringComparison.Ordinal);

        foreach (var refused in (Answer[])
            [
                await holder.Post(Messages, new { text = "Let me in." }), await holder.Put("/support/conversation/escalation"),
                await holder.Post("/support/submit", Forms.Valid()), await holder.Post("/support/conversation", new { text = "Let me in." }),
            ])
            Assert.Equal("urn:fte:problem:goes-on-elsewhere", refused.ExpectProblem(409)["type"].GetString());
        (await holder.Put(Seen, new { sequence = 1_000 })).Expect(204);
        Assert.Equal(0, await silo.Service<ISeenMarks>().Find(other, default));
        Assert.Equal(before, (await silo.Service<IConversationStore>().Load(other, default)).LastSequence);
    }

    private async Task<string> Link(CustomerId customer)
    {
        var token = await silo.Service<IConversationTokens>().IssueLink(customer, null, default);
        TestLogs.Secret(token);
        return token;
    }

    private async Task<TestCustomer> Proved(TestCustomer customer, string address, int codes = 1)
    {
        (await customer.Caller.Post(Ask, new { kind = "email", value = address })).Expect(202);
        var verified = (await customer.Caller.Post(Verify, new { code = await mailbox.Code(address, codes) })).Expect(200);
        var token = verified["conversation_token"].GetString()!;
        TestLogs.Secret(token);
        return customer with { Caller = silo.With(token), Token = token };
    }

    /// <summary>A customer whom a channel vouches for, with one message by mail.</summary>
    private async Task<CustomerId> Mailer(string address, string text)
    {
        var customer = await Owner(address);
        var time = silo.Service<TimeProvider>();
        await silo.Service<ConversationCalls>().Act(
            customer,
            grain => grain.Accept(new(MessageId.Mint(time), TicketId.Mint(time), Channel.Email, $"<{Guid.NewGuid()}@example.com>", text, time.GetUtcNow(), null, [])),
            default);
        await Eventually.Get(() => silo.Service<IConversationStore>().Load(customer, default), conversation => conversation.Exchange is null);
        return customer;
    }

    private Task<CustomerId> Owner(string address) =>
        silo.Service<ICustomerDirectory>().Resolve(new(IdentifierKind.Email, address, Proved: true), new(""), default);

    private static string NewAddress() => $"{Guid.NewGuid():N}@example.com";
}
