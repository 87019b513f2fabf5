using System.Collections.ObjectModel;
using System.Diagnostics.CodeAnalysis;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Hosting;
using Orleans.Configuration;
using Orleans.Hosting;
using Orleans.Runtime;

namespace Orleans.TestingHost;

/// <summary>A test cluster that is configured by classes.</summary>
public class TestCluster : IDisposable, IAsyncDisposable
{
    private readonly SiloSet<SiloHandle> _silos;

    internal TestCluster(TestClusterOptions options, IReadOnlyList<IConfigurationSource> configurationSources)
    {
        (Options, ConfigurationSources) = (options, configurationSources);
        _silos = new(async (name, number) => await InProcessSiloHandle.Start(Build(name), name, number));
    }

    /// <summary>What the cluster is made of.</summary>
    public TestClusterOptions Options { get; }

    /// <summary>Where the silos' configuration comes from.</summary>
    public IReadOnlyList<IConfigurationSource> ConfigurationSources { get; }

    /// <summary>Its silos.</summary>
    public ReadOnlyCollection<SiloHandle> Silos => _silos.All;

    /// <summary>Its first silo.</summary>
    public SiloHandle? Primary => Silos.FirstOrDefault();

    /// <summary>Its other silos.</summary>
    public IReadOnlyList<SiloHandle> SecondarySilos => [.. Silos.Skip(1)];

    /// <summary>Calls its grains.</summary>
    public IClusterClient Client => _silos.Client;

    /// <summary>Gives references to its grains.</summary>
    public IGrainFactory GrainFactory => Client;

    /// <summary>The client's services.</summary>
    public IServiceProvider ServiceProvider => Client.ServiceProvider;

    /// <summary>Starts the silos.</summary>
    public void Deploy() => Task.Run(DeployAsync).GetAwaiter().GetResult();

    /// <summary>Starts the silos.</summary>
    public Task DeployAsync() => _silos.Deploy(Options.InitialSilosCount);

    /// <summary>Starts one more silo.</summary>
    public SiloHandle StartAdditionalSilo(bool startAdditionalSiloOnNewPort = false) =>
        Task.Run(() => StartAdditionalSiloAsync(startAdditionalSiloOnNewPort)).GetAwaiter().GetResult();

    /// <summary>Starts one more silo, which takes a new port in any case.</summary>
    public async Task<SiloHandle> StartAdditionalSiloAsync(bool startAdditionalSiloOnNewPort = false) =>
        (await StartAdditionalSilosAsync(1, startAdditionalSiloOnNewPort))[0];

    /// <summary>Starts more silos.</summary>
    public Task<List<SiloHandle>> StartAdditionalSilosAsync(int silosToStart, bool startAdditionalSiloOnNewPort = false) => _silos.Start(silosToStart);

    /// <summary>Waits until the silos that run agree on who runs.</summary>
    public Task WaitForLivenessToStabilizeAsync(bool didKill = false) => _silos.Stabilize();

    /// <summary>The silos that run.</summary>
    public IEnumerable<SiloHandle> GetActiveSilos() => Silos.Where(silo => silo.IsActive);

    /// <summary>The silo with this address.</summary>
    public SiloHandle? GetSiloForAddress(SiloAddress siloAddress) => GetActiveSilos().FirstOrDefault(silo => silo.SiloAddress.Equals(siloAddress));

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
    public Task StopSiloAsync(SiloHandle instance) => _silos.Stop(instance, gracefully: true);

    /// <summary>Stops a silo at once.</summary>
    public Task KillSiloAsync(SiloHandle instance) => _silos.Stop(instance, gracefully: false);

    /// <summary>Stops a silo and starts another in its place.</summary>
    public async Task<SiloHandle?> RestartSiloAsync(SiloHandle instance) => await _silos.Restart(instance);

    /// <summary>Stops all silos but the first.</summary>
    public Task StopSecondarySilosAsync() => _silos.StopSecondaries();

    /// <summary>Stops the first silo.</summary>
    public Task StopPrimarySiloAsync() => Primary is { } primary ? StopSiloAsync(primary) : Task.CompletedTask;

    /// <summary>Stops all silos.</summary>
    public Task StopAllSilosAsync() => _silos.StopAll();

    /// <summary>Stops all silos.</summary>
    public void StopAllSilos() => Task.Run(StopAllSilosAsync).GetAwaiter().GetResult();

    /// <inheritdoc/>
    public void Dispose()
    {
        Task.Run(async () => await DisposeAsync()).GetAwaiter().GetResult();
        GC.SuppressFinalize(this);
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        return _silos.DisposeAsync();
    }

    private IHost Build(string siloName)
    {
        var host = new HostBuilder().UseEnvironment(Environments.Development);
        host.ConfigureHostConfiguration(configuration =>
        {
            foreach (var source in ConfigurationSources) configuration.Add(source);
        });

        var configurators = Options.SiloBuilderConfiguratorTypes.Select(name => Activator.CreateInstance(Type.GetType(name!, throwOnError: true)!)).ToList();
        foreach (var configurator in configurators.OfType<IHostConfigurator>()) configurator.Configure(host);

        host.UseOrleans(silo =>
        {
            silo.UseTestClustering(Options.ClusterId, siloPort: 0, gatewayPort: 0);
            silo.Configure<ClusterOptions>(options => (options.ClusterId, options.ServiceId) = (Options.ClusterId, Options.ServiceId));
            silo.Configure<SiloOptions>(options => options.SiloName = siloName);
            foreach (var configurator in configurators.OfType<ISiloConfigurator>()) configurator.Configure(silo);
        });
        return host.Build();
    }
}
