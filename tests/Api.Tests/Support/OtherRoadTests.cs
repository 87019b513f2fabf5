using System.Collections.Concurrent;
using FteAgent.Api.Hosting;
using FteAgent.Channels;
using FteAgent.Conversations;
using FteAgent.Customers;
using FteAgent.Tickets;
using Microsoft.Extensions.DependencyInjection;

namespace FteAgent.Api.Support;

/// <summary>What the pages and the API take where messages do not go straight into the record.</summary>
public sealed class OtherRoadTests : IAsyncLifetime
{
    private readonly Road road = new();
    private RunningSilo silo = null!;

    public async Task InitializeAsync() => silo = await RunningSilo.Start(services => services.AddSingleton<IInboundRoad>(road));

    public async Task DisposeAsync() => await silo.DisposeAsync();

    [Fact]
    public async Task Form_is_put_on_the_road_with_all_that_it_says_and_answered_with_a_token_that_opens_the_conversation()
    {
        var key = Forms.Key();
        var answer = (await silo.Anyone.Post("/support/submit", Forms.Valid(name: "Mira Okafor", email: "mira@example.com"), key)).Expect(201);
        var again = (await silo.Anyone.Post("/support/submit", Forms.Valid(name: "Mira Okafor", email: "mira@example.com"), key)).Expect(201);

        Assert.Equal(answer.Text, again.Text);
        var message = road.Taken.First();
        var customer = await silo.Service<ConversationTokens>().Read(answer["conversation_token"].GetString()!, default);
        Assert.Equal((message.Customer, false, true), (customer!.Customer, customer.IsProved, message.OwnOnly));
        Assert.Equal((Channel.Web, "Mira Okafor", "mira@example.com"), (message.Channel, message.Sender.Name, message.Email));
        Assert.NotNull(message.Form);
        Assert.Equal(message.Customer, CustomerId.New(message.Identity!, TimeProvider.System));
        // The same id, so that whoever takes them from the road sees one message.
        Assert.Equal(message.ChannelMessageId, road.Taken.Last().ChannelMessageId);
    }

    [Fact]
    public async Task Further_message_has_no_place_yet_and_none_is_told()
    {
        var opened = (await silo.Anyone.Post("/support/conversation", new { text = "How do I make a backup?" })).Expect(201);

        var answer = (await silo.With(opened["conversation_token"].GetString()!).Post("/support/conversation/messages", new { text = "And restore it?" })).Expect(202);

        Assert.Equal(["message_id"], answer.Json.EnumerateObject().Select(field => field.Name));
        Assert.Null(road.Taken.Last().Identity);
        Assert.Equal(road.Taken.First().Customer, road.Taken.Last().Customer);
    }

    [Fact]
    public async Task Road_that_is_closed_asks_to_come_again()
    {
        road.IsClosed = true;

        var answer = (await silo.Anyone.Post("/support/submit", Forms.Valid())).ExpectProblem(503);

        Assert.True(answer.Headers.ContainsKey("Retry-After"));
    }

    private sealed class Road : IInboundRoad
    {
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
