using System.Diagnostics.Metrics;
using System.Reflection;
using FteAgent.Channels;
using FteAgent.Deliveries;
using FteAgent.Health;
using FteAgent.Knowledge;
using FteAgent.Testing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging.Abstractions;

namespace FteAgent.Conversations;

/// <summary>A service that is cut off in the midst of a call ends in good order, whatever the call then throws.</summary>
public sealed class CutOffTests : IDisposable
{
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(30);

    private readonly FakeTime time = new();
    private readonly ServiceProvider services = new ServiceCollection().AddMetrics().BuildServiceProvider();
    private readonly SemaphoreSlim asked = new(0);

    private IMeterFactory Meters => services.GetRequiredService<IMeterFactory>();

    public void Dispose()
    {
        services.Dispose();
        asked.Dispose();
    }

    [Fact]
    public Task The_sweeper_ends_in_good_order() => EndsInGoodOrder(new DutySweeper(
        Hanging<IDutyRoster>(), new UnknownCommits(time), new("silo-1"), new ConversationCalls(Hanging<IGrainFactory>(), time), new SweepMetrics(Meters), time,
        NullLogger<DutySweeper>.Instance));

    [Fact]
    public Task The_heartbeat_ends_in_good_order() =>
        EndsInGoodOrder(new Heartbeat(Hanging<IDutyRoster>(), new("silo-1"), time, NullLogger<Heartbeat>.Instance), firstCallAfter: TimeSpan.FromSeconds(1));

    [Fact]
    public async Task The_watch_on_what_waits_ends_in_good_order()
    {
        // It reads only while somebody takes metrics.
        using var listener = new MeterListener { InstrumentPublished = (instrument, self) => self.EnableMeasurementEvents(instrument) };
        listener.Start();
        await EndsInGoodOrder(new BacklogWatch(Hanging<IBacklogQueries>(), Meters, time, NullLogger<BacklogWatch>.Instance));
    }

    [Fact]
    public Task The_refresher_of_the_knowledge_ends_in_good_order() =>
        EndsInGoodOrder(new KnowledgeRefresher(Hanging<IKnowledgeIndex>(), time, NullLogger<KnowledgeRefresher>.Instance));

    [Fact]
    public Task The_deliverer_ends_in_good_order()
    {
        var deliverer = new Deliverer(
            Hanging<IOutbox>(), [], Hanging<IDeliveries>(), new(Hanging<IGrainFactory>(), time), new("silo-1"), new StopTime(time), time,
            new DeliveryMetrics(Meters), NullLogger<Deliverer>.Instance);
        deliverer.Enqueue(new(Guid.NewGuid()));
        return EndsInGoodOrder(deliverer);
    }

    [Fact]
    public async Task A_search_index_that_gives_up_by_itself_does_not_end_the_refresher()
    {
        var index = Hanging<IKnowledgeIndex>(() => throw new TaskCanceledException("The store did not answer in time."));
        using var refresher = new KnowledgeRefresher(index, time, NullLogger<KnowledgeRefresher>.Instance);
        await refresher.StartAsync(default);
        Assert.True(await asked.WaitAsync(Soon));
        await time.WhenWaiting().WaitAsync(Soon);

        time.Advance(TimeSpan.FromSeconds(2));

        Assert.True(await asked.WaitAsync(Soon), "It was not asked again.");
        await refresher.StopAsync(default).WaitAsync(Soon);
        await refresher.ExecuteTask!;
    }

    private async Task EndsInGoodOrder(BackgroundService service, TimeSpan firstCallAfter = default)
    {
        using var _ = service;
        await service.StartAsync(default);
        if (firstCallAfter > TimeSpan.Zero)
        {
            await time.WhenWaiting().WaitAsync(Soon);
            time.Advance(firstCallAfter);
        }

        Assert.True(await asked.WaitAsync(Soon), "It never asked.");
        await service.StopAsync(default).WaitAsync(Soon);

        await service.ExecuteTask!;
    }

    private T Hanging<T>(Action? first = null)
        where T : class
    {
        var port = DispatchProxy.Create<T, HangingPort>();
        ((HangingPort)(object)port).Asked = () =>
        {
            asked.Release();
            first?.Invoke();
        };
        return port;
    }
}

/// <summary>
/// Any port, whose calls hang until they are cancelled and then fail as nobody planned, as a database's client does when its connection breaks
/// at that moment. What cannot be cancelled is done at once.
/// </summary>
public class HangingPort : DispatchProxy
{
    /// <summary>Told of each call that can be cancelled, before it hangs.</summary>
    public Action Asked { get; set; } = () => { };

    protected override object? Invoke(MethodInfo? targetMethod, object?[]? args)
    {
        var answer = targetMethod!.ReturnType.GenericTypeArguments is [var type] ? type : typeof(bool);
        return typeof(HangingPort).GetMethod(nameof(Hang), BindingFlags.NonPublic | BindingFlags.Instance)!.MakeGenericMethod(answer)
            .Invoke(this, [args!.OfType<CancellationToken>().Single()]);
    }

    private async Task<T?> Hang<T>(CancellationToken cancellationToken)
    {
        if (!cancellationToken.CanBeCanceled)
            return default;
        Asked();
        await Task.Delay(Timeout.Infinite, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        throw new InvalidOperationException("The connection broke.");
    }
}
