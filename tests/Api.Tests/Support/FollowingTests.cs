using FteAgent.Api.Hosting;
using FteAgent.Channels;
using FteAgent.Customers;
using FteAgent.Testing;

namespace FteAgent.Api.Support;

/// <summary>Who may follow a conversation to where it goes on: whoever has shown who they are, and no other copy of its token.</summary>
public sealed class FollowingTests : LinkingTests
{
    private const string Seen = "/support/conversation/seen";

    [Fact]
    public async Task Link_that_went_to_a_mistyped_address_does_not_open_the_person_who_proves_another_one()
    {
        var (mira, address) = (await Silo.NewCustomer(Own), NewAddress());
        await mira.Settled();
        var stranger = Silo.With(await Link(mira.Id));
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
        var (eve, victim) = (await Silo.NewCustomer(Own), NewAddress());
        await eve.Settled();
        var mail = await Mailer(victim, Secret);
        // With a person awaited there, the conversation goes on in Eve's, whatever was proved.
        if (asksForPerson)
            (await eve.Caller.Put("/support/conversation/escalation")).Expect(200);
        var link = await Link(eve.Id);
        var reader = eve with { Caller = Silo.With(link), Token = link };

        var whole = await Proved(reader, victim);
        (await whole.Caller.Post(Messages, new { text = "Now I am the one with 4711-0815." })).Expect(202);
        await whole.Settled();

        await OpensNothingOfTheOther(eve.Caller, eve.TicketId, mail);
    }

    [Fact]
    public async Task Whoever_may_not_follow_a_conversation_cannot_prove_their_way_into_it()
    {
        var (eve, victim, own) = (await Silo.NewCustomer(Own), NewAddress(), NewAddress());
        await eve.Settled();
        await Mailer(victim, Secret);
        await Proved(eve, victim);

        var verified = await Prove(eve, own);

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
        var (customer, ana) = (await Silo.NewCustomer(Own), await Silo.NewOperator());
        await customer.Settled();
        var mail = await Mailer(NewAddress(), Secret);
        using var stream = await EventReader.Open(customer.Caller, "/support/conversation/events");
        await stream.Next("state");

        var merged = await Merge(ana, customer.Id, mail);

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
        var (key, address, ana) = (Forms.Key(), NewAddress(), await Silo.NewOperator());
        var opened = (await Silo.Anyone.Post("/support/conversation", new { text = Own }, key)).Expect(201);
        var web = await Silo.Known(opened);
        await web.Settled();
        var mail = await Mailer(address, Secret);
        await Proved(web, address);
        var before = (await Store.Load(mail, default)).LastSequence;

        var again = (await Silo.Anyone.Post("/support/conversation", new { text = Own }, key)).Expect(201);

        Assert.Equal(opened["conversation_token"].GetString(), again["conversation_token"].GetString());
        Assert.Equal(opened["ticket_id"].GetString(), again["ticket_id"].GetString());
        Assert.Equal(before, (await Store.Load(mail, default)).LastSequence);
        await OpensNothingOfTheOther((await Silo.Known(again)).Caller, web.TicketId, mail);

        var merge = Assert.Single(await Silo.Service<IIdentities>().Merges(web.Id, default));
        (await ana.Caller.Delete($"/api/customers/{web.Id}/merges/{merge.Id}")).Expect(204);
        var parted = await Silo.Known((await Silo.Anyone.Post("/support/conversation", new { text = Own }, key)).Expect(201));
        Assert.Equal(web.Id, parted.Id);
        Assert.DoesNotContain("4711-0815", (await parted.Conversation()).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_was_seen_is_marked_in_the_conversation_that_was_shown_and_no_further_than_it_goes()
    {
        var (customer, address) = (await Silo.NewCustomer(Own), NewAddress());
        var shown = (await customer.Settled())["follow_after"].GetString();
        var mail = await Mailer(address, Secret);
        var whole = await Proved(customer, address);
        var end = (await Store.Load(mail, default)).LastSequence;

        // The page has not heard of it yet, and tells of a place in the conversation that it showed.
        (await whole.Caller.Put(Seen, new { sequence = 1, follow_after = $"{shown}.00000000" })).Expect(204);
        Assert.Equal((0, 0), (await Marked(mail), await Marked(customer.Id)));

        (await whole.Caller.Put(Seen, new { sequence = 1_000, follow_after = (await whole.Conversation())["follow_after"].GetString() })).Expect(204);
        Assert.Equal((end, 0), (await Marked(mail), await Marked(customer.Id)));

        // Whoever sees the customer's own conversation alone marks that one.
        var own = (await Store.Load(customer.Id, default)).LastSequence;
        (await customer.Caller.Put(Seen, new { sequence = 1_000 })).Expect(204);
        Assert.Equal((end, own), (await Marked(mail), await Marked(customer.Id)));

        Task<long> Marked(CustomerId of) => Silo.Service<ISeenMarks>().Find(of, default);
    }

    /// <summary>Shows what was said in the conversation that it was given for, says that it goes on elsewhere, and takes nothing.</summary>
    private async Task OpensNothingOfTheOther(Caller holder, string ticket, CustomerId other)
    {
        var before = (await Store.Load(other, default)).LastSequence;
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
        Assert.Equal(0, await Silo.Service<ISeenMarks>().Find(other, default));
        Assert.Equal(before, (await Store.Load(other, default)).LastSequence);
    }

    private async Task<string> Link(CustomerId customer)
    {
        var token = await Silo.Service<IConversationTokens>().IssueLink(customer, null, default);
        TestLogs.Secret(token);
        return token;
    }
}
