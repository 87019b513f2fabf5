using FteAgent.Api.Hosting;
using FteAgent.Conversations;
using FteAgent.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace FteAgent.Api.Problems;

/// <summary>What a caller is told when no silo could be reached for longer than a caller is kept waiting.</summary>
public sealed class UnreachableTests
{
    [Theory]
    [InlineData(typeof(SiloUnavailableException))]
    [InlineData(typeof(TimeoutException))]
    [InlineData(typeof(OrleansException))]
    [InlineData(typeof(OperationCanceledException))]
    public async Task Silo_that_cannot_be_reached_is_503_with_the_time_to_come_back_and_never_500(Type failure)
    {
        var time = new FakeTime();
        var way = new Way(failure);
        await using var silo = await RunningSilo.Start(services => services
            .AddSingleton<IIncomingGrainCallFilter>(way)
            .AddSingleton(provider => new ConversationCalls(provider.GetRequiredService<IGrainFactory>(), time)));
        var customer = await silo.NewCustomer();
        way.IsBlocked = true;

        var sending = customer.Caller.Post("/support/conversation/messages", new { text = "Is anyone there?" }, Forms.Key());
        // The caller's patience is counted from before the call is on its way.
        await way.Blocked;
        while (!sending.IsCompleted)
        {
            await Task.WhenAny(sending, time.WhenWaiting());
            time.Advance(TimeSpan.FromSeconds(1));
        }

        var answer = (await sending).ExpectProblem(503);
        Assert.Equal("5", answer.Headers["Retry-After"]);
        Assert.InRange(way.Turned, 1, 30);
    }

    /// <summary>Turns every message away, once it is blocked.</summary>
    private sealed class Way(Type failure) : IIncomingGrainCallFilter
    {
        private readonly TaskCompletionSource blocked = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private int turned;

        public bool IsBlocked { get; set; }

        /// <summary>Ends when the first message was turned away.</summary>
        public Task Blocked => blocked.Task;

        public int Turned => turned;

        public Task Invoke(IIncomingGrainCallContext context)
        {
            if (!IsBlocked || context.MethodName != nameof(IConversationGrain.Accept))
                return context.Invoke();
            Interlocked.Increment(ref turned);
            blocked.TrySetResult();
            throw (Exception)Activator.CreateInstance(failure)!;
        }
    }
}
