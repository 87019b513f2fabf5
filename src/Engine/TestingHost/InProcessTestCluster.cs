using System.Collections.ObjectModel;
using System.Diagnostics.CodeAnalysis;
using Microsoft.Extensions.Hosting;
using Orleans.Configuration;
using Orleans.Hosting;
using Orleans.Runtime;

namespace Orleans.TestingHost;

/// <summary>A test cluster in the test's own process.</summary>
public sealed class InProcessTestCluster : IDisposable, IAsyncDisposable
{
    private readonly SiloSet<InProcessSiloHandle> _silos = new();

    internal InProcessTestCluster(InProcessTestClusterOptions options) => Options = options;

    /// <summary>What the cluster is made of.</summary>
    public InProcessTestClusterOptions Options { get; }

    /// <summary>Its silos.</summary>
    public ReadOnlyCollection<InProcessSiloHandle> Silos => _silos.All;

    /// <summary>Calls its grains.</summary>
    public IClusterClient Client => _silos.Client;

    /// <summary>Starts the silos.</summary>
    public async Task DeployAsync()
    {
        _silos.EnsureCanDeploy(Options.InitialSilosCount);
        await CreateSiloAsync(new() { SiloName = SiloSet<InProcessSiloHandle>.FirstName });
    }

    /// <summary>Starts a silo.</summary>
    public Task<InProcessSiloHandle> CreateSiloAsync(InProcessTestSiloSpecificOptions siloOptions)
    {
        _silos.EnsureCanGrow();

        // Away from the test's own context, which must not become that of the silo.
        return Task.Run(async () => _silos.Add(await InProcessSiloHandle.Start(Build(siloOptions), siloOptions.SiloName)));
    }

    /// <summary>The silos that run.</summary>
    public IEnumerable<InProcessSiloHandle> GetActiveSilos() => Silos.Where(silo => silo.IsActive);

    /// <summary>The silo with this address.</summary>
    public InProcessSiloHandle? GetSiloForAddress(SiloAddress siloAddress) => GetActiveSilos().FirstOrDefault(silo => silo.SiloAddress.Equals(siloAddress));

    /// <summary>The services of the silo with this address, or of any.</summary>
    public IServiceProvider GetSiloServiceProvider(SiloAddress? silo = null) => _silos.ServicesOf(silo);

    /// <summary>The activation of a grain, if it has one.</summary>
    public bool TryGetGrainContext(GrainId grainId, [NotNullWhen(true)] out IGrainContext? grainContext) => _silos.TryGetGrainContext(grainId, out grainContext);

    /// <summary>Deactivates a grain and waits for that.</summary>
    public Task DeactivateAsync(IAddressable grain) => DeactivateAsync(grain.GetGrainId());

    /// <summary>Deactivates a grain and waits for that.</summary>
    public Task DeactivateAsync(GrainId grainId) => _silos.Deactivate(grainId);

    /// <summary>Waits until a grain's activation has ended.</summary>
    public Task WaitForDeactivationAsync(IAddressable grain) => WaitForDeactivationAsync(grain.GetGrainId());

    /// <summary>Waits until a grain's activation has ended.</summary>
    public Task WaitForDeactivationAsync(GrainId grainId) => _silos.Deactivated(grainId);

    /// <summary>Stops a silo with time to drain.</summary>
    public Task StopSiloAsync(InProcessSiloHandle instance) => _silos.Stop(instance, gracefully: true);

    /// <summary>Stops a silo at once.</summary>
    public Task KillSiloAsync(InProcessSiloHandle instance) => _silos.Stop(instance, gracefully: false);

    /// <summary>Stops a silo and starts another in its place.</summary>
    public async Task<InProcessSiloHandle?> RestartSiloAsync(InProcessSiloHandle instance)
    {
        await StopSiloAsync(instance);
        return await CreateSiloAsync(new() { SiloName = instance.Name });
    }

    /// <summary>Stops all silos.</summary>
    public Task StopAllSilosAsync() => _silos.StopAll();

    /// <summary>Stops all silos.</summary>
    public void StopAllSilos() => Task.Run(StopAllSilosAsync).GetAwaiter().GetResult();

    /// <inheritdoc/>
    public void Dispose() => Task.Run(async () => await DisposeAsync()).GetAwaiter().GetResult();

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => _silos.DisposeAsync();

    private IHost Build(InProcessTestSiloSpecificOptions silo)
    {
        var host = Host.CreateApplicationBuilder(new HostApplicationBuilderSettings
        {
            ApplicationName = silo.SiloName,
            EnvironmentName = Environments.Development,
            DisableDefaults = true,
        });
        foreach (var configure in Options.SiloHostConfigurationDelegates) configure(silo, host);

        host.UseOrleans(builder => builder
            .Configure<ClusterOptions>(options => (options.ClusterId, options.ServiceId) = (Options.ClusterId, Options.ServiceId))
            .Configure<SiloOptions>(options => options.SiloName = silo.SiloName)
            .Configure<EndpointOptions>(options => (options.SiloPort, options.GatewayPort) = (silo.SiloPort, silo.GatewayPort)));
        return host.Build();
    }
}
