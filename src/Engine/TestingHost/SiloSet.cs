using System.Collections.ObjectModel;
using System.Diagnostics.CodeAnalysis;
using FteAgent.Engine;
using Microsoft.Extensions.DependencyInjection;
using Orleans.Runtime;

namespace Orleans.TestingHost;

/// <summary>The silos of a test cluster, and what both kinds of cluster do with them.</summary>
internal sealed class SiloSet<THandle>(Func<string, short, Task<THandle>> start) : IAsyncDisposable where THandle : SiloHandle
{
    private const string FirstName = "Primary";
    private const string OtherNames = "Secondary_";

    /// <summary>How often the silos' views are looked at while they are to agree.</summary>
    private static readonly TimeSpan LookPeriod = TimeSpan.FromMilliseconds(10);

    private readonly Lock _gate = new();
    private readonly List<THandle> _silos = [];
    private readonly List<THandle> _stopped = [];
    private short _started;

    public ReadOnlyCollection<THandle> All
    {
        get
        {
            lock (_gate)
                return _silos.ToList().AsReadOnly();
        }
    }

    public IClusterClient Client => All is [var first, ..]
        ? ServicesOf(first).GetRequiredService<IClusterClient>()
        : throw new InvalidOperationException("The test cluster has no client: it has not been deployed, or it has been stopped.");

    public async Task Deploy(int silos)
    {
        if (All.Count > 0) throw new InvalidOperationException("The test cluster has been deployed already.");

        // The first alone, so that it is the one called so; the others as they come.
        await Start();
        await Task.WhenAll(Enumerable.Range(1, Math.Max(silos, 1) - 1).Select(_ => Start()));
        await Stabilize();
    }

    /// <summary>Starts one more silo.</summary>
    public async Task<THandle> Start(string? name = null, Func<string, short, Task<THandle>>? otherwise = null)
    {
        short number;
        lock (_gate)
            number = _started++;

        // Away from the test's own context, which must not become that of the silo.
        var silo = await Task.Run(() => (otherwise ?? start)(name ?? (number == 0 ? FirstName : $"{OtherNames}{number}"), number));
        lock (_gate)
        {
            _silos.Add(silo);
            _silos.Sort(static (one, other) => one.InstanceNumber.CompareTo(other.InstanceNumber));
        }

        return silo;
    }

    public async Task<List<THandle>> Start(int silos)
    {
        var started = await Task.WhenAll(Enumerable.Range(0, silos).Select(_ => Start()));
        await Stabilize();
        return [.. started];
    }

    /// <summary>Waits until all silos that run hold the same view, of them and no others.</summary>
    public async Task Stabilize()
    {
        while (true)
        {
            var silos = All.Where(silo => silo.IsActive).Select(silo => ServicesOf(silo).GetRequiredService<Silo>()).ToList();
            var expected = silos.Select(silo => silo.Address).ToHashSet();
            if (silos.All(silo => !silo.Cluster.Incarnation.HasEnded && silo.Cluster.View.IsSettledOn(expected))) return;

            await Task.Delay(LookPeriod);
        }
    }

    public IServiceProvider ServicesOf(SiloAddress? address) => All.FirstOrDefault(silo => address is null || silo.SiloAddress.Equals(address)) is { } found
        ? ServicesOf(found)
        : throw new ArgumentException($"The test cluster has no silo {address}.", nameof(address));

    public bool TryGetGrainContext(GrainId id, [NotNullWhen(true)] out IGrainContext? context)
    {
        context = All.Select(silo => ServicesOf(silo).GetRequiredService<Silo>().Catalog.Find(id)).FirstOrDefault(found => found is not null);
        return context is not null;
    }

    public Task Deactivated(GrainId id) => TryGetGrainContext(id, out var context) ? context.Deactivated : Task.CompletedTask;

    public async Task Deactivate(GrainId id)
    {
        if (!TryGetGrainContext(id, out var context)) return;

        var deactivated = context.Deactivated;
        context.Deactivate(new(DeactivationReasonCode.ApplicationRequested, "The test asked for it."));
        await deactivated;
    }

    public async Task Stop(THandle silo, bool gracefully)
    {
        lock (_gate)
        {
            if (!_silos.Remove(silo)) return;
            _stopped.Add(silo);
        }

        await silo.StopSiloAsync(gracefully);
    }

    /// <summary>Stops a silo and starts another of its name.</summary>
    public async Task<THandle> Restart(THandle silo)
    {
        await Stop(silo, gracefully: true);
        return await Start(silo.Name);
    }

    public async Task StopSecondaries()
    {
        foreach (var silo in All.Skip(1)) await Stop(silo, gracefully: true);
    }

    public async Task StopAll()
    {
        // The first last: it is the one whose client the test has.
        foreach (var silo in All.Reverse()) await Stop(silo, gracefully: true);
    }

    public async ValueTask DisposeAsync()
    {
        await StopAll();
        List<THandle> stopped;
        lock (_gate)
        {
            stopped = [.. _stopped];
            _stopped.Clear();
        }

        foreach (var silo in stopped) await silo.DisposeAsync();
    }

    private static IServiceProvider ServicesOf(THandle silo) => ((InProcessSiloHandle)(SiloHandle)silo).ServiceProvider;
}
