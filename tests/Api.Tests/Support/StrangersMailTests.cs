using System.Text.Json;
using FteAgent.Api.Hosting;
using FteAgent.Channels;
using FteAgent.Conversations;
using FteAgent.Customers;
using FteAgent.Operators;
using FteAgent.Testing;
using FteAgent.Tickets;
using Microsoft.Extensions.DependencyInjection;

namespace FteAgent.Api.Support;

/// <summary>What a customer's page shows of a person who was called for a mail that somebody else may have written: nothing.</summary>
public sealed class StrangersMailTests : IAsyncLifetime
{
    private const string Identifiers = "/support/conversation/identifiers";
    private const string Typed = "typed@example.com";

    private readonly Mailbox mailbox = new();
    private RunningSilo silo = null!;

    private IConversationStore Store => silo.Service<IConversationStore>();

    private ChannelIntake Intake => ActivatorUtilities.CreateInstance<ChannelIntake>(silo.Service<IServiceProvider>());

    public async Task InitializeAsync() => silo = await RunningSilo.Start(services => services.AddSingleton<IChannelSender>(mailbox));

    public async Task DisposeAsync() => await silo.DisposeAsync();

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Page_goes_on_as_before_and_a_person_can_be_asked_for(bool isOwnClosed)
    {
        var mira = await Proved(await silo.NewCustomer());
        await mira.Settled();
        await Merge(await Writer(), mira.Id);
        if (isOwnClosed)
            await CloseTickets(mira.Id);
        var before = await mira.Conversation();
        using var stream = await EventReader.Open(mira.Caller, "/support/conversation/events");
        await stream.Next("state");

        await Intake.Take(Mail("m2", "m1@typed.example.com"), default);

        Assert.Equal("M2.unproved", (await Store.Load(mira.Id, default)).Escalation!.Rule);
        var end = (await Store.Load(mira.Id, default)).LastSequence;
        var followed = await stream.Next(e => e.Name == "state" && e.Data.GetProperty("last_sequence").GetInt64() == end);
        foreach (var state in (JsonElement[])[(await mira.Conversation())["state"], followed.Data])
        {
            Assert.Equal("assistant", state.GetProperty("held_by").GetString());
            Assert.False(state.TryGetProperty("escalation", out var escalation) && escalation.ValueKind is not JsonValueKind.Null);
            Assert.Equal(Ticket(before["state"]), Ticket(state));
        }

        Assert.Equal(before["tickets"].GetRawText(), (await mira.Conversation())["tickets"].GetRawText());
        var asked = (await mira.Caller.Put("/support/conversation/escalation")).Expect(200)["state"];
        Assert.Equal("waiting", asked.GetProperty("held_by").GetString());
        Assert.True(asked.GetProperty("escalation").TryGetProperty("answer_expected", out _));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Page_shows_nothing_of_it_either_once_a_person_has_settled_it(bool takesOver)
    {
        var mira = await Proved(await silo.NewCustomer());
        await mira.Settled();
        await Merge(await Writer(), mira.Id);
        await CloseTickets(mira.Id);
        await Intake.Take(Mail("m2", "m1@typed.example.com"), default);
        var before = await mira.Conversation();
        var grain = silo.Service<IGrainFactory>().GetGrain<IConversationGrain>(mira.Id.ToString());
        var ana = new Operator(Guid.NewGuid(), "Ana");
        if (takesOver)
            await grain.TakeOver(CommandId.Mint(silo.Service<TimeProvider>()), ana);

        Assert.Equal(ActOutcome.Done, (await grain.Resolve(CommandId.Mint(silo.Service<TimeProvider>()), ana, "It was not hers.")).Outcome);

        var after = await mira.Conversation();
        Assert.Equal(before["tickets"].GetRawText(), after["tickets"].GetRawText());
        Assert.Null(Ticket(after["state"]));
        // Whoever came in is seen to leave.
        Assert.Equal(takesOver ? 2 : 0, after["messages"].GetArrayLength() - before["messages"].GetArrayLength());
    }

    private static string? Ticket(JsonElement state) =>
        state.TryGetProperty("ticket", out var ticket) && ticket.ValueKind is not JsonValueKind.Null ? ticket.GetRawText() : null;

    private async Task<TestCustomer> Proved(TestCustomer customer)
    {
        var address = $"{Guid.NewGuid():N}@example.com";
        (await customer.Caller.Post(Identifiers, new { kind = "email", value = address })).Expect(202);
        var code = await mailbox.Code(address);
        var token = (await customer.Caller.Post($"{Identifiers}/verify", new { code })).Expect(200)["conversation_token"].GetString()!;
        TestLogs.Secret(token);
        return customer with { Caller = silo.With(token), Token = token };
    }

    /// <summary>Who wrote a mail that nobody vouches for.</summary>
    private async Task<CustomerId> Writer()
    {
        var first = await Intake.Take(Mail("m1"), default);
        var writer = (await silo.Service<IOrigins>().Find(first.MessageId, default))!.Customer;
        await Eventually.Get(() => Store.Load(writer, default), conversation => conversation.Exchange is null);
        return writer;
    }

    private async Task Merge(CustomerId from, CustomerId into) =>
        Assert.Equal(into, (await silo.Service<IIdentities>().Merge(from, into, "Ana", "they said so", default)).Into);

    private InboundMessage Mail(string id, string? named = null) =>
        new(Channel.Email, id, new(IdentifierKind.Email, Typed, Proved: false, "Vera"), "How do I make a backup of the data?", silo.Service<TimeProvider>().GetUtcNow())
        {
            Thread = new($"{id}@typed.example.com", named is null ? [] : [named]),
        };

    private async Task CloseTickets(CustomerId customer)
    {
        var (before, now) = (await Store.Load(customer, default), silo.Service<TimeProvider>().GetUtcNow());
        var outcome = await Store.Commit(
            new(
                new(Guid.NewGuid()), before.Version, now, before with { Version = before.Version + 1, Tickets = [] }, [],
                [.. before.Tickets.Select(ticket => ticket with { Status = TicketStatus.Closed, FirstResponseDue = null, ClosedAt = now })], [], []),
            default);
        Assert.Equal(CommitOutcome.Committed, outcome);
    }
}
