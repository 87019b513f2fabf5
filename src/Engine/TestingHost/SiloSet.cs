using System.Collections.ObjectModel;
using System.Diagnostics.CodeAnalysis;
using FteAgent.Engine;
using Microsoft.Extensions.DependencyInjection;
using Orleans.Runtime;

namespace Orleans.TestingHost;

/// <summary>The silos of a test cluster, and what both kinds of cluster do with them.</summary>
internal sealed class SiloSet<THandle> : IAsyncDisposable where THandle : SiloHandle
{
    public const string FirstName = "Primary";

    private readonly Lock _gate = new();
    private readonly List<THandle> _silos = [];
    private readonly List<THandle> _stopped = [];

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

    public void EnsureCanDeploy(int silos)
    {
        if (All.Count > 0) throw new InvalidOperationException("The test cluster has been deployed already.");
        if (silos != 1)
            throw new NotSupportedException($"The built-in grain engine has no clustering yet: a test cluster has 1 silo, not {silos}. Set InitialSilosCount to 1.");
    }

    public void EnsureCanGrow()
    {
        if (All.Count > 0)
            throw new NotSupportedException("The built-in grain engine has no clustering yet: a second silo would not know the first.");
    }

    public THandle Add(THandle silo)
    {
        lock (_gate)
            _silos.Add(silo);
        return silo;
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

    public async Task StopAll()
    {
        foreach (var silo in All) await Stop(silo, gracefully: true);
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
