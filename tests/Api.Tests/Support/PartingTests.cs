using FteAgent.Api.Hosting;
using FteAgent.Channels;
using FteAgent.Conversations;
using FteAgent.Customers;
using FteAgent.Testing;
using FteAgent.Tickets;

namespace FteAgent.Api.Support;

/// <summary>What a token opens after a merge was undone, since it was wrong: nothing that was another's, whatever it opened meanwhile.</summary>
public sealed class PartingTests : LinkingTests
{
    private TestOperator ana = null!;

    public override async Task InitializeAsync()
    {
        await base.InitializeAsync();
        ana = await Silo.NewOperator();
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Token_that_was_given_for_a_proof_while_two_were_one_opens_its_own_conversation_alone_when_they_are_parted(bool typed)
    {
        var (web, address) = (await Silo.NewCustomer(Own), NewAddress());
        await web.Settled();
        var mail = await Mailer(address, Secret);
        var whole = await Proved(web, address, typed);
        Assert.Contains("4711-0815", (await whole.Conversation()).Text, StringComparison.Ordinal);
        using var stream = await EventReader.Open(whole.Caller, "/support/conversation/events");
        await stream.Next(e => e.IsText(Secret));

        await Undo(ana, web.Id);

        await stream.Next("moved");
        var own = await whole.Conversation();
        Assert.Contains(Own, own.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("4711-0815", own.Text, StringComparison.Ordinal);
        var before = (await Store.Load(mail, default)).LastSequence;
        (await whole.Caller.Post(Messages, new { text = "Here I am." })).Expect(202);
        Assert.Contains("Here I am.", (await whole.Settled()).Text, StringComparison.Ordinal);
        Assert.Equal(before, (await Store.Load(mail, default)).LastSequence);

        // Made one once more, with that one or another, it follows nobody.
        await Merge(ana, web.Id, mail);
        Assert.True((await whole.Conversation())["state"].GetProperty("goes_on_elsewhere").GetBoolean());
        foreach (var refused in (Answer[])[await whole.Caller.Post(Messages, new { text = "Let me in." }), await whole.Caller.Put("/support/conversation/escalation")])
            Assert.Equal("urn:fte:problem:goes-on-elsewhere", refused.ExpectProblem(409)["type"].GetString());
        // Whoever shows anew who they are goes on.
        Assert.Contains("4711-0815", (await (await Proved(whole, address, codes: 2)).Conversation()).Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task What_was_said_and_opened_while_two_were_one_stays_hidden_from_whoever_has_not_shown_who_they_are(bool isOwnClosed)
    {
        var web = await Silo.NewCustomer(Own);
        await web.Settled();
        if (isOwnClosed)
            await CloseTickets(web.Id);
        var mail = await Mailer(NewAddress(), "How do I export?");
        await Merge(ana, mail, web.Id);
        // A form opens a matter of its own; a message does where none is open.
        await Write(mail, Secret, isOwnClosed ? null : new(Secret, TicketCategory.Billing, TicketPriority.Medium));
        var whole = await Eventually.Get(() => Store.Load(web.Id, default), conversation => conversation.Exchange is null && conversation.Recent.Any(message => message.Text == Secret));
        var theirs = whole.Recent.Single(message => message.Text == Secret).TicketId!.Value;
        Assert.Contains("4711-0815", Assert.Single(whole.Tickets, ticket => ticket.Id == theirs).Subject, StringComparison.Ordinal);
        using var stream = await EventReader.Open(web.Caller, "/support/conversation/events");
        await stream.Next("state");

        await Undo(ana, web.Id);

        await stream.Next("moved");
        (await web.Caller.Post(Messages, new { text = "It is mine again." })).Expect(202);
        await web.Settled();
        var own = await web.Conversation();
        Assert.False(own["state"].GetProperty("goes_on_elsewhere").GetBoolean());
        Assert.Contains(Own, own.Text, StringComparison.Ordinal);
        Assert.Contains("It is mine again.", own.Text, StringComparison.Ordinal);
        using var after = await EventReader.Open(web.Caller, "/support/conversation/events");
        await after.Next(e => e.IsText("It is mine again."));
        foreach (var text in (string[])[own.Text, .. after.Read.Select(e => e.Data.GetRawText())])
            Assert.DoesNotContain("4711-0815", text, StringComparison.Ordinal);
        (await web.Caller.Get($"/support/ticket/{theirs}")).ExpectProblem(404);
        // It went under a matter of their own: the one that was open before, or a new one, which they see.
        var goesUnder = (await Store.Load(web.Id, default)).Recent.Last(message => message.Text == "It is mine again.").TicketId!.Value;
        Assert.NotEqual(theirs, goesUnder);
        Assert.Equal(!isOwnClosed, goesUnder.Value == web.TicketId);
        (await web.Caller.Get($"/support/ticket/{goesUnder}")).Expect(200);
        Assert.Equal(goesUnder.Value, own["state"].GetProperty("ticket").GetProperty("id").GetString());
        // Whose it is nobody can tell: not even whoever shows that the conversation is theirs reads it.
        Assert.DoesNotContain("4711-0815", (await (await Proved(web, NewAddress())).Conversation()).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_another_wrote_is_shown_to_no_anonymous_token_where_contact_has_gone_on_to_a_third_since()
    {
        var web = await Silo.NewCustomer(Own);
        await web.Settled();
        var (mail, third) = (await Mailer(NewAddress(), "How do I export?"), await Mailer(NewAddress(), "How do I import?"));
        await Merge(ana, mail, web.Id);
        await Write(mail, Secret);
        await Eventually.Get(() => Store.Load(web.Id, default), conversation => conversation.Exchange is null && conversation.Recent.Any(message => message.Text == Secret));

        await Merge(ana, web.Id, third);

        var own = await web.Conversation();
        Assert.True(own["state"].GetProperty("goes_on_elsewhere").GetBoolean());
        Assert.Contains(Own, own.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("4711-0815", own.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_ends_with_what_is_hidden_shows_what_was_said_before()
    {
        var web = await Silo.NewCustomer(Own);
        await web.Settled();
        var mail = await Mailer(NewAddress(), "How do I export?");
        var end = (await Store.Load(web.Id, default)).LastSequence;
        await Merge(ana, mail, web.Id);
        await Write(mail, Secret);
        await Eventually.Get(() => Store.Load(web.Id, default), conversation => conversation.Exchange is null && conversation.Recent.Any(message => message.Text == Secret));

        await Undo(ana, web.Id);

        var own = await web.Conversation();
        Assert.Contains(Own, own.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("4711-0815", own.Text, StringComparison.Ordinal);
        (await web.Caller.Put("/support/conversation/seen", new { sequence = 1_000 })).Expect(204);
        Assert.Equal(end, await Silo.Service<ISeenMarks>().Find(web.Id, default));
    }

    [Fact]
    public async Task Right_code_that_is_sent_again_gives_its_token_again_until_its_merge_is_undone()
    {
        var (web, address, key) = (await Silo.NewCustomer(Own), NewAddress(), Forms.Key());
        await web.Settled();
        await Mailer(address, Secret);
        var code = await Code(web.Caller, address);
        async Task<Answer> Give(string digits) => (await web.Caller.Post(Messages, new { text = digits }, key)).Expect(202);

        var (first, again) = (await Give(code), await Give(code));
        var guessed = await Give(code == "000000" ? "000001" : "000000");
        await Undo(ana, web.Id);
        var late = await Give(code);

        TestLogs.Secret(first["conversation_token"].GetString()!);
        Assert.Equal(first["conversation_token"].GetString(), again["conversation_token"].GetString());
        Assert.Equal(first["message_id"].GetString(), again["message_id"].GetString());
        // Whoever has the key alone is told nothing, and what a wrong merge led to is not given out anew.
        Assert.DoesNotContain("conversation_token", guessed.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("conversation_token", late.Text, StringComparison.Ordinal);
    }

    private async Task CloseTickets(CustomerId customer)
    {
        var (before, now) = (await Store.Load(customer, default), Silo.Service<TimeProvider>().GetUtcNow());
        var closed = before with { Version = before.Version + 1, Tickets = [] };
        var outcome = await Store.Commit(
            new(
                new(Guid.NewGuid()), before.Version, now, closed, [],
                [.. before.Tickets.Select(ticket => ticket with { Status = TicketStatus.Closed, FirstResponseDue = null, ClosedAt = now })], [], []),
            default);
        Assert.Equal(CommitOutcome.Committed, outcome);
    }
}
