using FteAgent.Customers;
using FteAgent.Testing;

namespace FteAgent.InProcess;

public sealed class LiveSignalsTests
{
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);
    private readonly FakeTime time = new();
    private readonly LiveSignals signals;
    private readonly CustomerId kim = new(Guid.NewGuid());
    private readonly CustomerId bo = new(Guid.NewGuid());

    public LiveSignalsTests() => signals = new(time);

    [Fact]
    public async Task Watch_wakes_for_its_conversation_only()
    {
        using var watch = signals.Watch(kim);
        var next = watch.Next(Second, default);

        signals.Wake(bo);
        Assert.False(next.IsCompleted);
        signals.Wake(kim);

        Assert.Equal(new(Signalled: true, null), await next);
    }

    [Fact]
    public async Task Watch_of_all_wakes_for_each()
    {
        using var watch = signals.Watch(null);

        foreach (var customer in new[] { kim, bo })
        {
            var next = watch.Next(Second, default);
            signals.Wake(customer);
            Assert.True((await next).Signalled);
        }
    }

    [Fact]
    public async Task Watch_returns_when_the_time_has_passed()
    {
        using var watch = signals.Watch(kim);
        var next = watch.Next(Second, default);

        time.Advance(TimeSpan.FromSeconds(0.9));
        Assert.False(next.IsCompleted);
        time.Advance(TimeSpan.FromSeconds(0.1));

        Assert.Equal(new(Signalled: false, null), await next);
        Assert.Equal(0, time.Waiting);
    }

    [Fact]
    public async Task Signal_between_two_waits_is_not_lost_and_signals_are_joined()
    {
        using var watch = signals.Watch(kim);
        signals.Wake(kim);
        signals.Status(kim, "reading 2 sources");
        signals.Status(kim, "reading 3 sources");
        signals.Wake(kim);

        Assert.Equal(new(Signalled: true, "reading 3 sources"), await watch.Next(Second, default));

        var next = watch.Next(Second, default);
        Assert.False(next.IsCompleted);
        time.Advance(Second);
        Assert.Equal(new(Signalled: false, null), await next);
    }

    [Fact]
    public async Task Cancelled_wait_leaves_the_watch_usable()
    {
        using var watch = signals.Watch(kim);
        using var cancellation = new CancellationTokenSource();
        var next = watch.Next(Second, cancellation.Token);
        await cancellation.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => next);

        signals.Wake(kim);

        Assert.True((await watch.Next(Second, default)).Signalled);
    }

    [Fact]
    public async Task Nothing_is_kept_of_watches_that_are_gone()
    {
        for (var i = 0; i < 1000; i++)
        {
            using var one = signals.Watch(new CustomerId(Guid.NewGuid()));
            using var same = signals.Watch(kim);
            using var all = signals.Watch(null);
        }

        var left = signals.Watch(kim);
        var next = left.Next(Second, default);
        left.Dispose();
        left.Dispose();

        await next;   // Whoever still waited goes on.
        Assert.Equal((0, 0), (signals.Watched, time.Waiting));
    }

    [Fact]
    public async Task Long_status_is_cut()
    {
        using var watch = signals.Watch(kim);

        signals.Status(kim, new string('x', 10_000));

        Assert.Equal(200, (await watch.Next(Second, default)).Status!.Length);
    }
}
