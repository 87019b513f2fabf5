using FteAgent.Engine;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using Orleans.Runtime;

namespace Orleans.Hosting;

/// <summary>The services of a silo.</summary>
internal static class SiloServices
{
    private static readonly string[] Clocks =
        [TimeProviderNames.Grains, TimeProviderNames.Messaging, TimeProviderNames.ActivationManagement, TimeProviderNames.Membership];

    /// <summary>Adds them once, however often it is called.</summary>
    public static void AddTo(IServiceCollection services)
    {
        if (services.Any(service => service.ServiceType == typeof(Silo))) return;

        services.AddOptions();
        services.AddLogging();
        services.TryAddSingleton(TimeProvider.System);
        foreach (var clock in Clocks)
            services.TryAddKeyedSingleton<TimeProvider>(clock, static (provider, _) => provider.GetRequiredService<TimeProvider>());

        services.AddOptions<ClusteringOptions>().ValidateDataAnnotations().ValidateOnStart();
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<ClusteringOptions>, ClusteringOptionsValidator>());
        services.AddSingleton<Silo>();
        services.TryAddSingleton<ILocalSiloDetails>(static provider => provider.GetRequiredService<Silo>());
        services.TryAddSingleton<IClusterClient>(static provider => provider.GetRequiredService<Silo>().Client);
        services.TryAddSingleton<IGrainFactory>(static provider => provider.GetRequiredService<Silo>().Client);
        services.TryAddSingleton<IGrainRuntime>(static provider => provider.GetRequiredService<Silo>().Runtime);
        services.TryAddSingleton(static provider => provider.GetRequiredService<Silo>().Runtime.TimerRegistry);
        services.TryAddSingleton<IGrainContextAccessor, GrainContextAccessor>();
        services.TryAddSingleton<IPersistentStateFactory, PersistentStateFactory>();
        services.TryAddTransient<IGrainContext>(static _ => RuntimeContext.Current
            ?? throw new InvalidOperationException("Only what runs in a grain's turn, such as its constructor, is given its context."));
        services.AddHostedService<SiloHostedService>();
    }
}

/// <summary>Starts and stops the silo with its host.</summary>
internal sealed class SiloHostedService(Silo silo) : IHostedService
{
    public Task StartAsync(CancellationToken cancellationToken) => silo.Start(cancellationToken);

    public Task StopAsync(CancellationToken cancellationToken) => silo.Stop(cancellationToken);
}
