using System.Collections.Concurrent;
using System.Collections.Immutable;
using FteAgent.Api.Hosting;
using FteAgent.Channels;
using FteAgent.Conversations;
using FteAgent.Customers;
using FteAgent.Testing;
using FteAgent.Tickets;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace FteAgent.Api.Support;

/// <summary>What the pages and the API take where messages do not go straight into the record.</summary>
public sealed class OtherRoadTests : LinkingTests
{
    private readonly Road road = new();

    private protected override void Configure(IServiceCollection services) => services.AddSingleton<IInboundRoad>(road);

    [Fact]
    public async Task Form_is_put_on_the_road_with_all_that_it_says_and_answered_with_a_token_that_opens_the_conversation()
    {
        var key = Forms.Key();
        var answer = (await Silo.Anyone.Post("/support/submit", Forms.Valid(name: "Mira Okafor", email: "mira@example.com"), key)).Expect(201);
        var again = (await Silo.Anyone.Post("/support/submit", Forms.Valid(name: "Mira Okafor", email: "mira@example.com"), key)).Expect(201);

        Assert.Equal(answer.Text, again.Text);
        var message = road.Taken.First();
        var customer = await Silo.Service<ConversationTokens>().Read(answer["conversation_token"].GetString()!, default);
        Assert.Equal((message.Customer, null as long?, true), (customer!.Customer, customer.Parted, message.OwnOnly));
        Assert.Equal((Channel.Web, "Mira Okafor", "mira@example.com"), (message.Channel, message.Sender.Name, message.Email));
        Assert.NotNull(message.Form);
        Assert.Equal(message.Customer, CustomerId.New(message.Identity!, TimeProvider.System));
        // The same id, so that whoever takes them from the road sees one message.
        Assert.Equal(message.ChannelMessageId, road.Taken.Last().ChannelMessageId);
    }

    [Fact]
    public async Task Further_message_has_no_place_yet_and_none_is_told()
    {
        var opened = (await Silo.Anyone.Post("/support/conversation", new { text = "How do I make a backup?" })).Expect(201);

        var answer = (await Silo.With(opened["conversation_token"].GetString()!).Post(Messages, new { text = "And restore it?" })).Expect(202);

        Assert.Equal(["message_id"], answer.Json.EnumerateObject().Select(field => field.Name));
        Assert.Null(road.Taken.Last().Identity);
        Assert.Equal(road.Taken.First().Customer, road.Taken.Last().Customer);
    }

    [Fact]
    public async Task Road_that_is_closed_asks_to_come_again()
    {
        road.IsClosed = true;

        var answer = (await Silo.Anyone.Post("/support/submit", Forms.Valid())).ExpectProblem(503);

        Assert.True(answer.Headers.ContainsKey("Retry-After"));
    }

    [Fact]
    public async Task Code_typed_in_the_chat_does_not_go_by_the_road_and_is_answered_with_the_token_that_follows_it()
    {
        var (customer, address) = (await Known(), NewAddress());
        await Owner(address);
        var (code, key) = (await Code(customer, address), Forms.Key());

        var typed = (await customer.Post(Messages, new { text = code }, key)).Expect(202);

        var token = typed["conversation_token"].GetString()!;
        TestLogs.Secret(token);
        Assert.False((await Silo.With(token).Get("/support/conversation")).Expect(200)["state"].GetProperty("goes_on_elsewhere").GetBoolean());
        Assert.Empty(road.Taken);
        // Its answer may have got lost: sent again under its key, it is told again.
        var again = (await customer.Post(Messages, new { text = code }, key)).Expect(202);
        Assert.Equal((token, typed["message_id"].GetString()), (again["conversation_token"].GetString(), again["message_id"].GetString()));
        Assert.Empty(road.Taken);
        // Whoever goes on with the token before is told at once, and no dead letter is made of it.
        Assert.Equal("urn:fte:problem:goes-on-elsewhere", (await customer.Post(Messages, new { text = "And now?" })).ExpectProblem(409)["type"].GetString());
        Assert.Empty(road.Taken);
        (await Silo.With(token).Post(Messages, new { text = "Here I am." })).Expect(202);
        Assert.Equal(("Here I am.", false, 0), Assert.Single(road.Taken) is var taken ? (taken.Text, taken.OwnOnly, taken.Parted) : default);
    }

    [Fact]
    public async Task Six_digits_for_which_no_code_waits_go_by_the_road_in_their_turn()
    {
        (await (await Known()).Post(Messages, new { text = "482913" })).Expect(202);

        Assert.Equal("482913", Assert.Single(road.Taken).Text);
    }

    [Theory]
    [InlineData(true, "How do I make a backup?")]
    [InlineData(false, "How do I make a backup?")]
    [InlineData(true, "482913")]
    [InlineData(false, "482913")]
    public async Task Road_takes_messages_while_the_record_says_nothing(bool hangs, string text)
    {
        var time = new FakeTime();
        var intake = new SupportIntake(
            road, Silo.Service<ChannelIntake>(), new(new AwayStore(hangs), Silo.Service<IIdentities>()), Silo.Service<ConversationTokens>(), time);

        var taking = intake.Accept(new DefaultHttpContext().Request, Visitor.With(new(new(Guid.NewGuid()), null)), text, null);
        if (hangs)
        {
            await time.WhenWaiting();
            time.Advance(TimeSpan.FromSeconds(1));
        }

        var (accepted, proved) = await taking;
        Assert.Equal((AcceptOutcome.Stored, null), (accepted.Outcome, proved));
        Assert.Equal(text, Assert.Single(road.Taken).Text);
    }

    private async Task<Caller> Known()
    {
        var customer = await Silo.Service<ICustomerDirectory>().Resolve(new(IdentifierKind.WebSession, $"web:{Guid.NewGuid():N}", Proved: true), new("Mira"), default);
        var token = await Silo.Service<ConversationTokens>().Issue(customer, default);
        TestLogs.Secret(token);
        return Silo.With(token);
    }

    /// <summary>A record that is away: nobody hears anything of it, or hears that it is.</summary>
    private sealed class AwayStore(bool hangs) : IConversationStore
    {
        public async Task<Conversation> Load(CustomerId customer, CancellationToken cancellationToken)
        {
            if (hangs)
                await Task.Delay(Timeout.Infinite, cancellationToken);
            throw new RecordUnavailableException("It is away.");
        }

        public Task<CommitOutcome> Commit(ConversationChanges changes, CancellationToken cancellationToken) => throw new NotSupportedException();

        public Task<bool> WasCommitted(CustomerId customer, CommandId command, CancellationToken cancellationToken) => throw new NotSupportedException();

        public Task<DeliveredMessage?> FindDelivered(Channel channel, string channelMessageId, CancellationToken cancellationToken) => throw new NotSupportedException();

        public Task<ImmutableArray<Message>> Read(CustomerId customer, long after, int limit, bool includeNotes, CancellationToken cancellationToken) => throw new NotSupportedException();

        public Task<ImmutableArray<Ticket>> Tickets(CustomerId customer, CancellationToken cancellationToken) => throw new NotSupportedException();

        public Task<ImmutableArray<Escalation>> Escalations(CustomerId customer, CancellationToken cancellationToken) => throw new NotSupportedException();
    }

    private sealed class Road : IInboundRoad
    {
        public bool IsAnswered => false;

        public ConcurrentQueue<InboundMessage> Taken { get; } = new();

        public bool IsClosed { get; set; }

        public Task<CustomerId> CustomerOf(CustomerIdentifier session, CustomerProfile profile, CancellationToken cancellationToken) =>
            Task.FromResult(CustomerId.New(session, TimeProvider.System));

        public Task<Accepted> Take(InboundMessage inbound, CancellationToken cancellationToken)
        {
            if (IsClosed)
                throw new RecordUnavailableException("the road is closed");
            Taken.Enqueue(inbound);
            var id = inbound.Id ?? MessageId.Of(inbound.Channel, inbound.ChannelMessageId);
            return Task.FromResult(new Accepted(AcceptOutcome.Stored, id, 0, TicketId.Of(id), inbound.ReceivedAt.AddMinutes(5)));
        }
    }
}
