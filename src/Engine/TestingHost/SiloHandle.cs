using FteAgent.Engine;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Orleans.Runtime;

namespace Orleans.TestingHost;

/// <summary>A silo of a test cluster.</summary>
public abstract class SiloHandle : IDisposable, IAsyncDisposable
{
    /// <summary>Its name.</summary>
    public string Name { get; set; } = "";

    /// <summary>Its place among the silos of its cluster, from 0.</summary>
    public short InstanceNumber { get; set; }

    /// <summary>Its address now: it changes when the silo joins its cluster again.</summary>
    public SiloAddress SiloAddress
    {
        get => CurrentAddress ?? field;
        set;
    } = null!;

    private protected virtual SiloAddress? CurrentAddress => null;

    /// <summary>Whether it runs.</summary>
    public abstract bool IsActive { get; }

    /// <summary>Stops it, with time to drain or without.</summary>
    public abstract Task StopSiloAsync(bool stopGracefully);

    /// <summary>Stops it, draining until the token is cancelled.</summary>
    public abstract Task StopSiloAsync(CancellationToken ct);

    /// <inheritdoc/>
    public void Dispose()
    {
        Dispose(disposing: true);
        GC.SuppressFinalize(this);
    }

    /// <inheritdoc/>
    public abstract ValueTask DisposeAsync();

    /// <summary>Stops it.</summary>
    protected virtual void Dispose(bool disposing)
    {
    }

    /// <inheritdoc/>
    public override string ToString() => $"{Name} {SiloAddress}";
}

/// <summary>A silo in the test's own process.</summary>
public class InProcessSiloHandle : SiloHandle
{
    private bool _stopped;

    /// <summary>The host that holds it.</summary>
    public IHost SiloHost { get; init; } = null!;

    /// <summary>Its services.</summary>
    public IServiceProvider ServiceProvider => SiloHost.Services;

    /// <inheritdoc/>
    public override bool IsActive => !_stopped;

    private protected override SiloAddress? CurrentAddress => SiloHost?.Services.GetService<Silo>()?.Address;

    /// <inheritdoc/>
    public override async Task StopSiloAsync(bool stopGracefully)
    {
        if (stopGracefully)
        {
            await StopSiloAsync(CancellationToken.None);
            return;
        }

        // As a process that is killed: no word to the other silos, and none to the grains.
        if (!_stopped) await ServiceProvider.GetRequiredService<Silo>().Crash();
        await StopSiloAsync(new CancellationToken(canceled: true));
    }

    /// <inheritdoc/>
    public override async Task StopSiloAsync(CancellationToken ct)
    {
        if (_stopped) return;

        _stopped = true;
        try
        {
            await SiloHost.StopAsync(ct);
        }
        catch (OperationCanceledException) when (ct.IsCancellationRequested)
        {
            // Killed, as asked.
        }
    }

    /// <inheritdoc/>
    public override async ValueTask DisposeAsync()
    {
        await StopSiloAsync(stopGracefully: true);
        await ((IAsyncDisposable)SiloHost).DisposeAsync();
        GC.SuppressFinalize(this);
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (disposing) Task.Run(async () => await DisposeAsync()).GetAwaiter().GetResult();
    }

    internal static async Task<InProcessSiloHandle> Start(IHost host, string name, short number)
    {
        await host.StartAsync();
        return new() { SiloHost = host, Name = name, InstanceNumber = number, SiloAddress = host.Services.GetRequiredService<Silo>().Address };
    }
}
