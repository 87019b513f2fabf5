using System.Collections.Concurrent;
using System.Collections.Immutable;
using FteAgent.Customers;
using FteAgent.Deliveries;
using FteAgent.Health;
using FteAgent.Testing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace FteAgent.Conversations;

/// <summary>A silo that stops lets what it is sending arrive, so that the next silo does not send it again.</summary>
public sealed class DeliveringAtTheEndTests
{
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan Lease = TimeSpan.FromSeconds(30);

    [Fact]
    public async Task What_is_being_sent_when_a_silo_stops_arrives_once_and_is_not_sent_again()
    {
        var sink = new SlowSink();
        await using var support = await OpenWith(sink);
        var mira = await Escalate(support);
        await sink.Arrival().WaitAsync(Soon);
        var stopping = Deliverer(support).StopAsync(default);

        sink.Answer();
        await stopping.WaitAsync(Soon);

        Assert.Empty(await NextSiloFinds(support, mira));
        Assert.Equal(1, Assert.Single(sink.Arrived).Value);
    }

    [Fact]
    public async Task Nothing_new_is_sent_once_a_silo_stops_and_the_next_one_finds_it()
    {
        var sink = new SlowSink();
        await using var support = await OpenWith(sink);
        await Escalate(support);
        await sink.Arrival().WaitAsync(Soon);

        var stopping = Deliverer(support).StopAsync(default);
        var ben = await Escalate(support);
        sink.Answer();
        await stopping.WaitAsync(Soon);

        Assert.Equal(1, Assert.Single(sink.Arrived).Value);
        Assert.Single(await NextSiloFinds(support, ben));
    }

    [Fact]
    public async Task A_send_that_hangs_holds_a_silo_up_for_its_share_and_no_longer()
    {
        var (sink, time) = (new SlowSink(), new FakeTime());
        await using var support = await OpenWith(sink, time);
        support.Silo.GetRequiredService<StopTime>().Begin();
        time.Advance(StopTime.ForServices);   // Others used up the time.
        var mira = await Escalate(support);
        await sink.Arrival().WaitAsync(Soon);

        var stopping = Deliverer(support).StopAsync(default);
        await support.Until(() => Task.FromResult(stopping.IsCompleted));

        await sink.WasCutOff.WaitAsync(Soon);
        // Nobody knows whether it arrived, so it is not lost: the next silo sends it under the same id.
        Assert.Equal(sink.Arrived.Keys.Single(), Assert.Single(await NextSiloFinds(support, mira)).Id);
    }

    private static Task<Support> OpenWith(SlowSink sink, FakeTime? time = null) => Support.Open(services =>
    {
        services.Remove(services.Single(service => service.ServiceType == typeof(IChannelSender)));
        services.AddSingleton<IChannelSender>(sink);
    }, time);

    private static async Task<CustomerId> Escalate(Support support)
    {
        var customer = await support.NewCustomer();
        await support.Ask(customer, "I want a refund for my last payment.");
        return customer;
    }

    /// <summary>What another silo finds to be sent, once this one has said that it has ended.</summary>
    private static async Task<ImmutableArray<OutboxItem>> NextSiloFinds(Support support, CustomerId customer)
    {
        foreach (var service in support.Silo.GetServices<IHostedService>().Where(service => service is DutySweeper or Heartbeat).Reverse())
            await service.StopAsync(default).WaitAsync(Soon);
        await support.Silo.GetRequiredService<IDutyRoster>().ClaimDue(100, default);
        return await support.Outbox.Claim(customer, "the next silo", Lease, default);
    }

    private static Deliverer Deliverer(Support support) => support.Silo.GetRequiredService<Deliverer>();

    /// <summary>Takes what is sent, and answers when the test wants. Counts what arrived by its id.</summary>
    private sealed class SlowSink : IChannelSender
    {
        private readonly TaskCompletionSource answer = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private readonly TaskCompletionSource cutOff = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private readonly SemaphoreSlim arrivals = new(0);

        public ConcurrentDictionary<Guid, int> Arrived { get; } = new();

        public Task WasCutOff => cutOff.Task;

        public string Destination => EscalationNotice.Destination;

        public Task Arrival() => arrivals.WaitAsync();

        public void Answer() => answer.TrySetResult();

        public async Task<SendResult> Send(OutboxItem item, CancellationToken cancellationToken)
        {
            Arrived.AddOrUpdate(item.Id, 1, static (_, times) => times + 1);
            arrivals.Release();
            try
            {
                await answer.Task.WaitAsync(cancellationToken);
            }
            catch (OperationCanceledException)
            {
                cutOff.TrySetResult();
                throw;
            }

            return SendResult.Sent;
        }
    }
}
