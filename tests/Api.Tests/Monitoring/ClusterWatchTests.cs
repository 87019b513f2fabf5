using System.Diagnostics.Metrics;
using FteAgent.Api.Limits;
using FteAgent.Silo.Hosting;
using FteAgent.Testing;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.DependencyInjection;

namespace FteAgent.Api.Monitoring;

/// <summary>A silo that cannot say how its cluster does lives on.</summary>
public sealed class ClusterWatchTests : IDisposable
{
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(30);

    private readonly FakeTime time = new();
    private readonly ServiceProvider services = new ServiceCollection().AddMetrics().BuildServiceProvider();

    public void Dispose() => services.Dispose();

    [Fact]
    public async Task Whatever_fails_while_the_cluster_is_looked_at_the_silo_counts_as_out_of_it_and_is_looked_at_again()
    {
        // Orleans asks the database for the members, and tells what the database's own client threw.
        using var looks = new SemaphoreSlim(0);
        var meters = services.GetRequiredService<IMeterFactory>();
        using var watch = new ClusterWatch(
            GrainsThat.Answer(() =>
            {
                looks.Release();
                throw new SqliteException("The database is away.", 1);
            }),
            meters, time);
        using var measured = Listen(meters, out var active);

        await watch.StartAsync(default);
        Assert.True(await looks.WaitAsync(Soon));
        time.Advance(TimeSpan.FromSeconds(5));
        Assert.True(await looks.WaitAsync(Soon), "It was not looked at again.");
        await watch.StopAsync(default).WaitAsync(Soon);

        await watch.ExecuteTask!;
        measured.RecordObservableInstruments();
        Assert.Equal([0], active);
    }

    private static MeterListener Listen(IMeterFactory meters, out List<int> active)
    {
        var heard = active = [];
        var listener = new MeterListener
        {
            InstrumentPublished = (instrument, self) =>
            {
                if (ReferenceEquals(instrument.Meter.Scope, meters) && instrument.Name == "fte.silo.active")
                    self.EnableMeasurementEvents(instrument);
            },
        };
        listener.SetMeasurementEventCallback<int>((_, value, _, _) => heard.Add(value));
        listener.Start();
        return listener;
    }
}
