using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Diagnostics.Metrics;
using System.Reflection;
using System.Text.Json;
using FteAgent.Channels;
using FteAgent.Conversations;
using FteAgent.Customers;
using FteAgent.Health;
using FteAgent.Testing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace FteAgent.Deliveries;

/// <summary>How what was decided is brought on its way.</summary>
public sealed class DelivererTests : IAsyncLifetime
{
    private const string Hook = "escalations";
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly FakeTime time = new();
    private readonly ServiceProvider services = new ServiceCollection().AddMetrics().BuildServiceProvider();
    private readonly MemoryOutbox outbox;
    private readonly Sink sink = new(Hook);
    private readonly FailureLog log = new();
    private Deliverer deliverer = null!;

    public DelivererTests() => outbox = new(time);

    public async Task InitializeAsync()
    {
        deliverer = new(
            outbox, [sink, new Sink(OutboundMessage.WhatsApp) { Take = _ => new(SendOutcome.Refused, "no") }], new NoDeliveries(),
            new(Broken<IGrainFactory>(), time), new("silo-1"), new StopTime(time), time, new DeliveryMetrics(services.GetRequiredService<IMeterFactory>()),
            log);
        await deliverer.StartAsync(default);
    }

    public async Task DisposeAsync()
    {
        await deliverer.StopAsync(default);
        deliverer.Dispose();
        await services.DisposeAsync();
    }

    [Fact]
    public async Task A_destination_that_fails_five_times_in_a_row_is_left_alone_and_what_waits_bears_no_attempt()
    {
        sink.Take = _ => new(SendOutcome.TryAgain, "HTTP 500");
        var failed = new List<OutboxItem>();
        for (var i = 0; i < DeliveryCircuits.FailuresInARow; i++)
        {
            failed.Add(outbox.Add(Hook));
            await Deliver(failed[i]);
        }

        var waiting = outbox.Add(Hook);
        await Deliver(waiting);

        Assert.DoesNotContain(waiting.Id, sink.Tried);
        Assert.Equal(("given back", 0), (outbox.Last(waiting.Id).What, outbox.Attempts(waiting.Id)));
        Assert.InRange(outbox.Last(waiting.Id).Wait!.Value.TotalSeconds, 10, 12.5);

        // Back again: one to see, and then all.
        sink.Take = _ => SendResult.Sent;
        time.Advance(TimeSpan.FromSeconds(13));
        foreach (var item in (IEnumerable<OutboxItem>)[waiting, .. failed])
            await Deliver(item);
        Assert.All(failed.Append(waiting), item => Assert.Equal("sent", outbox.Last(item.Id).What));
        Assert.All(failed, item => Assert.Equal(2, outbox.Attempts(item.Id)));
    }

    [Fact]
    public async Task Five_whose_own_mailboxes_take_nothing_now_do_not_keep_the_one_waiting_whose_mailbox_does()
    {
        sink.Take = _ => new(SendOutcome.TryAgain, "SMTP 451 4.7.1", IsItems: true);
        for (var i = 0; i < DeliveryCircuits.FailuresInARow; i++)
            await Deliver(outbox.Add(Hook));

        sink.Take = _ => SendResult.Sent;
        var good = outbox.Add(Hook);
        await Deliver(good);

        Assert.Equal("sent", outbox.Last(good.Id).What);
    }

    [Fact]
    public async Task What_comes_after_one_that_failed_waits_for_it()
    {
        var customer = new CustomerId(Guid.NewGuid());
        var (first, second) = (outbox.Add(Hook, customer), outbox.Add(Hook, customer));
        sink.Take = _ => new(SendOutcome.TryAgain, "busy");
        await Deliver(first);
        Assert.Equal([first.Id], sink.Tried);

        sink.Take = _ => SendResult.Sent;
        time.Advance(TimeSpan.FromSeconds(2));
        await Deliver(first);

        await Until(() => sink.Tried.Count == 3);
        Assert.Equal([first.Id, first.Id, second.Id], sink.Tried);
    }

    [Fact]
    public async Task What_was_refused_holds_up_nobody()
    {
        var customer = new CustomerId(Guid.NewGuid());
        var (first, second) = (outbox.Add(Hook, customer), outbox.Add(Hook, customer));
        sink.Take = item => item.Id == first.Id ? new(SendOutcome.Refused, "no") : SendResult.Sent;

        await Deliver(second);

        Assert.Equal(["dead", "sent"], [outbox.Last(first.Id).What, outbox.Last(second.Id).What]);
    }

    [Fact]
    public async Task A_receiver_that_asks_for_more_time_gets_it()
    {
        var item = outbox.Add(Hook);
        sink.Take = _ => new(SendOutcome.TryAgain, "HTTP 429", TimeSpan.FromMinutes(3));

        await Deliver(item);

        Assert.Equal(TimeSpan.FromMinutes(3), outbox.Last(item.Id).Wait);
    }

    [Fact]
    public async Task A_message_is_not_dead_before_its_conversation_knows()
    {
        var item = outbox.Add(OutboundMessage.WhatsApp, payload: JsonSerializer.Serialize(new OutboundMessage(MessageId.Mint(time), 2, null, "T", "Sure."), OutboundMessage.Json));

        deliverer.Enqueue(item.Customer);
        await Until(() => !log.Failures.IsEmpty);

        // The conversation could not be reached: the item stays claimed, and is tried again when the claim has ended.
        Assert.Equal("claimed", outbox.Last(item.Id).What);
    }

    private async Task Deliver(OutboxItem item)
    {
        var before = outbox.Count(item.Id);
        deliverer.Enqueue(item.Customer);
        await Until(() => outbox.Count(item.Id) > before);
    }

    private static async Task Until(Func<bool> condition)
    {
        using var limit = new CancellationTokenSource(Patience);
        while (!condition())
        {
            Assert.False(limit.IsCancellationRequested, "It never happened.");
            await Task.Delay(2);
        }
    }

    private static T Broken<T>() where T : class => DispatchProxy.Create<T, Thrower>();

    public class Thrower : DispatchProxy
    {
        protected override object? Invoke(MethodInfo? targetMethod, object?[]? args) => throw new InvalidOperationException("There is nobody here.");
    }

    private sealed class Sink(string destination) : IChannelSender
    {
        public ConcurrentQueue<Guid> Tried { get; } = new();

        public Func<OutboxItem, SendResult> Take { get; set; } = _ => SendResult.Sent;

        public string Destination => destination;

        public Task<SendResult> Send(OutboxItem item, CancellationToken cancellationToken)
        {
            Tried.Enqueue(item.Id);
            return Task.FromResult(Take(item));
        }
    }

    /// <summary>Keeps what a delivery broke off with.</summary>
    private sealed class FailureLog : ILogger<Deliverer>
    {
        public ConcurrentQueue<Exception> Failures { get; } = new();

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            if (exception is not null)
                Failures.Enqueue(exception);
        }
    }

    private sealed class NoDeliveries : IDeliveries
    {
        public Task Note(Delivery delivery, CancellationToken cancellationToken) => Task.CompletedTask;

        public Task<Delivery?> Update(Guid item, DeliveryStatus status, string? error, CancellationToken cancellationToken) => Task.FromResult<Delivery?>(null);

        public Task<Delivery?> Find(Guid item, CancellationToken cancellationToken) => Task.FromResult<Delivery?>(null);

        public Task<ImmutableArray<Delivery>> FindMails(ImmutableArray<string> messageIds, CancellationToken cancellationToken) => Task.FromResult<ImmutableArray<Delivery>>([]);

        public Task<int> CountUnseen(string address, Guid except, DateTimeOffset since, CancellationToken cancellationToken) => Task.FromResult(0);

        public Task<ImmutableArray<Delivery>> List(CustomerId customer, int limit, CancellationToken cancellationToken) => Task.FromResult<ImmutableArray<Delivery>>([]);
    }

    /// <summary>What is to be sent, in memory, with what happened to each item. The contract of the port is tested on the records themselves.</summary>
    private sealed class MemoryOutbox(FakeTime time) : IOutbox
    {
        private readonly Lock gate = new();
        private readonly List<OutboxItem> items = [];
        private readonly Dictionary<Guid, DateTimeOffset> due = [];
        private readonly List<(Guid Item, string What, TimeSpan? Wait)> history = [];

        public OutboxItem Add(string destination, CustomerId? customer = null, string payload = "{}")
        {
            lock (gate)
            {
                var item = new OutboxItem(Guid.NewGuid(), customer ?? new(Guid.NewGuid()), destination, items.Count + 1, payload, time.GetUtcNow());
                items.Add(item);
                return item;
            }
        }

        public int Count(Guid item)
        {
            lock (gate)
                return history.Count(entry => entry.Item == item && entry.What != "claimed");
        }

        public (string What, TimeSpan? Wait) Last(Guid item)
        {
            lock (gate)
                return history.Last(entry => entry.Item == item) is var (_, what, wait) ? (what, wait) : default;
        }

        public int Attempts(Guid item)
        {
            lock (gate)
                return history.Count(entry => entry.Item == item && entry.What is ("sent" or "failed" or "dead"));
        }

        public Task<ImmutableArray<OutboxItem>> Claim(CustomerId customer, string claimedBy, TimeSpan lease, CancellationToken cancellationToken)
        {
            lock (gate)
            {
                var open = items.Where(item => item.Customer == customer && !history.Any(entry => entry.Item == item.Id && entry.What is ("sent" or "dead")));
                var claimed = open.GroupBy(item => item.Destination)
                    .SelectMany(group => group.TakeWhile(item => due.GetValueOrDefault(item.Id) <= time.GetUtcNow()))
                    .Select(item => item with { Attempts = history.Count(entry => entry.Item == item.Id && entry.What == "failed") })
                    .ToImmutableArray();
                history.AddRange(claimed.Select(item => (item.Id, "claimed", (TimeSpan?)null)));
                return Task.FromResult(claimed);
            }
        }

        public Task<bool> Holds(Guid item, string claimedBy, TimeSpan lease, CancellationToken cancellationToken) => Task.FromResult(true);

        public Task<bool> MarkSent(Guid item, string claimedBy, CancellationToken cancellationToken)
        {
            Note(item, "sent", null);
            return Task.FromResult(true);
        }

        public Task MarkFailed(Guid item, string claimedBy, string cause, TimeSpan? retryIn, CancellationToken cancellationToken)
        {
            Note(item, retryIn is null ? "dead" : "failed", retryIn);
            return Task.CompletedTask;
        }

        public Task GiveBack(Guid item, string claimedBy, TimeSpan retryIn, CancellationToken cancellationToken)
        {
            Note(item, "given back", retryIn);
            return Task.CompletedTask;
        }

        private void Note(Guid item, string what, TimeSpan? wait)
        {
            lock (gate)
            {
                history.Add((item, what, wait));
                due[item] = time.GetUtcNow() + (wait ?? TimeSpan.Zero);
            }
        }
    }
}
