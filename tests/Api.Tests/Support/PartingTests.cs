using FteAgent.Api.Hosting;
using FteAgent.Channels;
using FteAgent.Conversations;
using FteAgent.Customers;
using FteAgent.Testing;
using FteAgent.Tickets;
using Microsoft.Extensions.DependencyInjection;

namespace FteAgent.Api.Support;

/// <summary>What a token opens after a merge was undone, since it was wrong: nothing that was another's, whatever it opened meanwhile.</summary>
public sealed class PartingTests : IAsyncLifetime
{
    private const string Identifiers = "/support/conversation/identifiers";
    private const string Messages = "/support/conversation/messages";
    private const string Own = "How do I make a backup of the data?";
    private const string Secret = "My account number is 4711-0815.";

    private readonly Mailbox mailbox = new();
    private RunningSilo silo = null!;
    private TestOperator ana = null!;

    private IConversationStore Store => silo.Service<IConversationStore>();

    public async Task InitializeAsync()
    {
        silo = await RunningSilo.Start(services => services.AddSingleton<IChannelSender>(mailbox));
        ana = await silo.NewOperator();
    }

    public async Task DisposeAsync() => await silo.DisposeAsync();

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Token_that_was_given_for_a_proof_while_two_were_one_opens_its_own_conversation_alone_when_they_are_parted(bool typed)
    {
        var (web, address) = (await silo.NewCustomer(Own), NewAddress());
        await web.Settled();
        var mail = await Mailer(address, Secret);
        var whole = await Proved(web, address, typed);
        Assert.Contains("4711-0815", (await whole.Conversation()).Text, StringComparison.Ordinal);
        using var stream = await EventReader.Open(whole.Caller, "/support/conversation/events");
        await stream.Next(e => e.IsText(Secret));

        await Undo(web.Id);

        await stream.Next("moved");
        var own = await whole.Conversation();
        Assert.Contains(Own, own.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("4711-0815", own.Text, StringComparison.Ordinal);
        var before = (await Store.Load(mail, default)).LastSequence;
        (await whole.Caller.Post(Messages, new { text = "Here I am." })).Expect(202);
        Assert.Contains("Here I am.", (await whole.Settled()).Text, StringComparison.Ordinal);
        Assert.Equal(before, (await Store.Load(mail, default)).LastSequence);

        // Made one once more, with that one or another, it follows nobody.
        await Merge(web.Id, mail);
        Assert.True((await whole.Conversation())["state"].GetProperty("goes_on_elsewhere").GetBoolean());
        foreach (var refused in (Answer[])[await whole.Caller.Post(Messages, new { text = "Let me in." }), await whole.Caller.Put("/support/conversation/escalation")])
            Assert.Equal("urn:fte:problem:goes-on-elsewhere", refused.ExpectProblem(409)["type"].GetString());
        // Whoever shows anew who they are goes on.
        Assert.Contains("4711-0815", (await (await Proved(whole, address, typed: false, codes: 2)).Conversation()).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_was_said_while_two_were_one_stays_hidden_from_whoever_has_not_shown_who_they_are()
    {
        var web = await silo.NewCustomer(Own);
        await web.Settled();
        var mail = await Mailer(NewAddress(), "How do I export?");
        await Merge(mail, web.Id);
        await Write(mail, Secret);
        var whole = await Eventually.Get(() => Store.Load(web.Id, default), conversation => conversation.Exchange is null && conversation.Recent.Any(message => message.Text == Secret));
        var theirs = whole.Recent.Single(message => message.Text == Secret).TicketId;
        using var stream = await EventReader.Open(web.Caller, "/support/conversation/events");
        await stream.Next("state");

        await Undo(web.Id);

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
        if (theirs is { } ticket && ticket.Value != web.TicketId && (await Store.Load(web.Id, default)).Recent.Last(message => message.Text == "It is mine again.").TicketId != ticket)
            (await web.Caller.Get($"/support/ticket/{ticket}")).ExpectProblem(404);
        // Whoever shows that they are its person reads all of it.
        Assert.Contains("4711-0815", (await (await Proved(web, NewAddress(), typed: false)).Conversation()).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_ends_with_what_is_hidden_shows_what_was_said_before()
    {
        var web = await silo.NewCustomer(Own);
        await web.Settled();
        var mail = await Mailer(NewAddress(), "How do I export?");
        var end = (await Store.Load(web.Id, default)).LastSequence;
        await Merge(mail, web.Id);
        await Write(mail, Secret);
        await Eventually.Get(() => Store.Load(web.Id, default), conversation => conversation.Exchange is null && conversation.Recent.Any(message => message.Text == Secret));

        await Undo(web.Id);

        var own = await web.Conversation();
        Assert.Contains(Own, own.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("4711-0815", own.Text, StringComparison.Ordinal);
        (await web.Caller.Put("/support/conversation/seen", new { sequence = 1_000 })).Expect(204);
        Assert.Equal(end, await silo.Service<ISeenMarks>().Find(web.Id, default));
    }

    private async Task Merge(CustomerId from, CustomerId into) =>
        (await ana.Caller.Post($"/api/customers/{from}/merge", new { into = $"{into}", reason = "She said so on the phone." })).Expect(200);

    private async Task Undo(CustomerId customer)
    {
        var merge = (await silo.Service<IIdentities>().Merges(customer, default)).First(known => known.UndoneAt is null);
        (await ana.Caller.Delete($"/api/customers/{customer}/merges/{merge.Id}")).Expect(204);
    }

    private async Task<TestCustomer> Proved(TestCustomer customer, string address, bool typed, int codes = 1)
    {
        (await customer.Caller.Post(Identifiers, new { kind = "email", value = address })).Expect(202);
        var code = await mailbox.Code(address, codes);
        var verified = typed
            ? (await customer.Caller.Post(Messages, new { text = code })).Expect(202)
            : (await customer.Caller.Post($"{Identifiers}/verify", new { code })).Expect(200);
        var token = verified["conversation_token"].GetString()!;
        TestLogs.Secret(token);
        return customer with { Caller = silo.With(token), Token = token };
    }

    /// <summary>A customer whom a channel vouches for, with one message by mail.</summary>
    private async Task<CustomerId> Mailer(string address, string text)
    {
        var customer = await silo.Service<ICustomerDirectory>().Resolve(new(IdentifierKind.Email, address, Proved: true), new(""), default);
        await Write(customer, text);
        await Eventually.Get(() => Store.Load(customer, default), conversation => conversation.Exchange is null);
        return customer;
    }

    private Task Write(CustomerId customer, string text)
    {
        var time = silo.Service<TimeProvider>();
        return silo.Service<ConversationCalls>().Act(
            customer,
            grain => grain.Accept(new(MessageId.Mint(time), TicketId.Mint(time), Channel.Email, $"<{Guid.NewGuid()}@example.com>", text, time.GetUtcNow(), null, [])),
            default);
    }

    private static string NewAddress() => $"{Guid.NewGuid():N}@example.com";
}
