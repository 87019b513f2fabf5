using FteAgent.Customers;
using FteAgent.Tickets;
using Microsoft.Extensions.DependencyInjection;

namespace FteAgent.Conversations;

/// <summary>What a customer does not hear of while silos come and go.</summary>
public sealed class ConversationCallsTests
{
    // Orleans ends a call with the last while it still looks for a place for the grain.
    [Theory]
    [InlineData(typeof(SiloUnavailableException))]
    [InlineData(typeof(TimeoutException))]
    [InlineData(typeof(OperationCanceledException))]
    public async Task A_call_that_a_dying_silo_turned_away_is_made_again(Type failure)
    {
        var way = new Way(call => call.Number <= 3 ? throw (Exception)Activator.CreateInstance(failure)! : call.GoOn());
        await using var support = await Open(way);
        var mira = await support.NewCustomer();

        var accepted = await Accept(support, mira, Arrival(support, mira));

        Assert.Equal(AcceptOutcome.Stored, accepted.Outcome);
        Assert.Equal(4, way.Calls);
    }

    [Fact]
    public async Task What_was_done_though_its_answer_got_lost_is_done_once()
    {
        var way = new Way(async call =>
        {
            await call.GoOn();
            if (call.Number == 1)
                throw new TimeoutException("frozen");
        });
        await using var support = await Open(way);
        var mira = await support.NewCustomer();
        var message = Arrival(support, mira);

        var accepted = await Accept(support, mira, message);

        Assert.Equal(message.Id, accepted.MessageId);
        Assert.Single((await support.Load(mira)).Recent, stored => stored.Id == message.Id);
        Assert.Equal(2, way.Calls);
    }

    [Fact]
    public async Task Whoever_waited_for_long_enough_hears_of_it()
    {
        var way = new Way(_ => throw new SiloUnavailableException("gone"));
        await using var support = await Open(way);
        var mira = await support.NewCustomer();
        var start = support.Time.GetUtcNow();

        await Assert.ThrowsAsync<SiloUnavailableException>(() => Accept(support, mira, Arrival(support, mira)));

        Assert.InRange(support.Time.GetUtcNow() - start, ConversationCalls.GiveUpAfter / 2, ConversationCalls.GiveUpAfter * 2);
        Assert.InRange(way.Calls, 5, 30);
    }

    [Fact]
    public async Task Whoever_gets_no_answer_at_all_hears_of_it_too()
    {
        var never = new TaskCompletionSource();
        var way = new Way(_ => never.Task);
        await using var support = await Open(way);
        var mira = await support.NewCustomer();
        var start = support.Time.GetUtcNow();

        await Assert.ThrowsAsync<TimeoutException>(() => Accept(support, mira, Arrival(support, mira)));

        Assert.InRange(support.Time.GetUtcNow() - start, TimeSpan.Zero, ConversationCalls.HeardWithin * 1.5);
        never.SetException(new OperationCanceledException("the silo is gone"));
    }

    [Fact]
    public async Task What_the_conversation_itself_says_is_said_once()
    {
        var way = new Way(_ => throw new RecordUnavailableException("no room"));
        await using var support = await Open(way);
        var mira = await support.NewCustomer();

        await Assert.ThrowsAsync<RecordUnavailableException>(() => Accept(support, mira, Arrival(support, mira)));

        Assert.Equal(1, way.Calls);
    }

    private static Task<Support> Open(Way way) => Support.Open(services => services.AddSingleton<IIncomingGrainCallFilter>(way));

    private static IncomingMessage Arrival(Support support, CustomerId customer) => new(
        MessageId.Mint(support.Time), TicketId.Mint(support.Time), Channel.Web, $"{customer}/{Guid.NewGuid()}", "How do I make a backup?", support.Time.GetUtcNow(), null, []);

    private static async Task<Accepted> Accept(Support support, CustomerId customer, IncomingMessage message)
    {
        var calls = support.Silo.GetRequiredService<ConversationCalls>();
        var accepted = calls.Act(customer, grain => grain.Accept(message), CancellationToken.None);
        // Time goes on while it waits between two calls.
        await support.Until(() => Task.FromResult(accepted.IsCompleted));
        return await accepted;
    }

    /// <summary>What happens to calls of <see cref="IConversationGrain.Accept"/> between caller and grain.</summary>
    private sealed class Way(Func<Way.Call, Task> happens) : IIncomingGrainCallFilter
    {
        private int calls;

        public int Calls => calls;

        public Task Invoke(IIncomingGrainCallContext context) => context.MethodName == nameof(IConversationGrain.Accept)
            ? happens(new(Interlocked.Increment(ref calls), context.Invoke))
            : context.Invoke();

        internal sealed record Call(int Number, Func<Task> GoOn);
    }
}
