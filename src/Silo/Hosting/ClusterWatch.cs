using System.Diagnostics.Metrics;
using FteAgent.Health;
using FteAgent.Jobs;
using FteAgent.Telemetry;

namespace FteAgent.Silo.Hosting;

/// <summary>Tells whether this silo runs grains now, which with the built-in engine means that it holds its lease, and how many members it sees.</summary>
internal sealed class ClusterWatch : Routine
{
    private static readonly TimeSpan Period = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    private readonly IGrainFactory grains;
    private readonly Instrument active;
    private volatile Reading? last;

    public ClusterWatch(IGrainFactory grains, IMeterFactory meters, TimeProvider time) : base(Period, time)
    {
        this.grains = grains;
        var meter = meters.Create(Traces.Name);
        active = meter.CreateObservableGauge("fte.silo.active", () => Observed(reading => reading.Active ? 1 : 0), null, "Whether this silo is in its cluster and runs grains: 1, else 0.");
        meter.CreateObservableGauge("fte.silo.members", () => Observed(reading => reading.Members), "{silo}", "The active members of the cluster that this silo sees; 0 while it is out of it.");
    }

    /// <inheritdoc/>
    protected override async Task Do(CancellationToken cancellationToken)
    {
        if (!active.Enabled)
            return;
        await grains.GetGrain<IPulseGrain>("here").Beat().WaitAsync(Patience, Time, cancellationToken);
        var members = await Members().WaitAsync(Patience, Time, cancellationToken);
        last = new(true, members.Count);
    }

    /// <summary>Whatever it is: Orleans reads its table for this, and tells the database's own exceptions. The gauge is what tells of it.</summary>
    protected override void Tell(Exception failure) => last = new(false, 0);

    // Orleans also takes a token here, and the built-in engine does not; whoever waits for it has one.
    private Task<Dictionary<SiloAddress, SiloStatus>> Members() => grains.GetGrain<IManagementGrain>(0).GetHosts(onlyActive: true);

    private IEnumerable<Measurement<int>> Observed(Func<Reading, int> value) => last is { } reading ? [new(value(reading))] : [];

    private sealed record Reading(bool Active, int Members);
}
