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
    private readonly SiloSet<InProcessSiloHandle> _silos;

    internal InProcessTestCluster(InProcessTestClusterOptions options)
    {
        Options = options;
        _silos = new((name, number) => Start(new() { SiloName = name }, number));
    }

    /// <summary>What the cluster is made of.</summary>
    public InProcessTestClusterOptions Options { get; }

    /// <summary>Its silos.</summary>
    public ReadOnlyCollection<InProcessSiloHandle> Silos => _silos.All;

    /// <summary>Calls its grains.</summary>
    public IClusterClient Client => _silos.Client;

    /// <summary>Starts the silos.</summary>
    public Task DeployAsync() => _silos.Deploy(Options.InitialSilosCount);

    /// <summary>Starts a silo.</summary>
    public Task<InProcessSiloHandle> CreateSiloAsync(InProcessTestSiloSpecificOptions siloOptions) =>
        _silos.Start(siloOptions.SiloName, (_, number) => Start(siloOptions, number));

    /// <summary>Starts one more silo.</summary>
    public InProcessSiloHandle StartAdditionalSilo() => Task.Run(StartAdditionalSiloAsync).GetAwaiter().GetResult();

    /// <summary>Starts one more silo.</summary>
    public async Task<InProcessSiloHandle> StartAdditionalSiloAsync() => (await StartSilosAsync(1))[0];

    /// <summary>Starts more silos.</summary>
    public Task<List<InProcessSiloHandle>> StartSilosAsync(int silosToStart) => _silos.Start(silosToStart);

    /// <summary>Waits until the silos that run agree on who runs.</summary>
    public Task WaitForLivenessToStabilizeAsync(bool didKill = false) => _silos.Stabilize();

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
    public async Task<InProcessSiloHandle?> RestartSiloAsync(InProcessSiloHandle instance) => await _silos.Restart(instance);

    /// <summary>Stops all silos.</summary>
    public Task StopSilosAsync() => _silos.StopAll();

    /// <summary>Stops all silos.</summary>
    public Task StopAllSilosAsync() => _silos.StopAll();

    /// <summary>Stops all silos.</summary>
    public void StopAllSilos() => Task.Run(StopAllSilosAsync).GetAwaiter().GetResult();

    /// <inheritdoc/>
    public void Dispose() => Task.Run(async () => await DisposeAsync()).GetAwaiter().GetResult();

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => _silos.DisposeAsync();

    private Task<InProcessSiloHandle> Start(InProcessTestSiloSpecificOptions silo, short number) => InProcessSiloHandle.Start(Build(silo), silo.SiloName, number);

    private IHost Build(InProcessTestSiloSpecificOptions silo)
    {
        var host = Host.CreateApplicationBuilder(new HostApplicationBuilderSettings
        {
            ApplicationName = silo.SiloName,
            EnvironmentName = Environments.Development,
            DisableDefaults = true,
        });
        host.UseOrleans(builder => builder.UseTestClustering(Options.ClusterId, silo.SiloPort, silo.GatewayPort));
        foreach (var configure in Options.SiloHostConfigurationDelegates) configure(silo, host);

        host.UseOrleans(builder => builder
            .Configure<ClusterOptions>(options => (options.ClusterId, options.ServiceId) = (Options.ClusterId, Options.ServiceId))
            .Configure<SiloOptions>(options => options.SiloName = silo.SiloName));
        return host.Build();
    }
}
