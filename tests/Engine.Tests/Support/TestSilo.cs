using Microsoft.Extensions.DependencyInjection;
using Orleans.TestingHost;

namespace FteAgent.Engine.Tests.Support;

/// <summary>A silo of a test's own, by a clock of the test's own.</summary>
internal sealed partial class TestSilo : IAsyncDisposable
{
    private TestSilo(InProcessTestCluster cluster, ManualTime time) => (Cluster, Time) = (cluster, time);

    public InProcessTestCluster Cluster { get; }

    public ManualTime Time { get; }

    /// <summary>Only the grains go by the test's clock: the silo's own parts, of whichever engine, keep the real one.</summary>
    public static Task<TestSilo> StartForGrains(Action<ISiloBuilder>? configure = null) => Start(silo =>
    {
        silo.Services.UseTimeProviderForBackgroundAreas(TimeProvider.System);
        configure?.Invoke(silo);
    });

    public static async Task<TestSilo> Start(Action<ISiloBuilder>? configure = null)
    {
        var time = new ManualTime();
        var builder = new InProcessTestClusterBuilder();
        builder.ConfigureSilo((_, silo) =>
        {
            silo.Services.AddSingleton<TimeProvider>(time);
            configure?.Invoke(silo);
        });
        var cluster = builder.Build();
        await cluster.DeployAsync();
        return new(cluster, time);
    }

    public T Grain<T>() where T : IGrainWithStringKey => Cluster.Client.GetGrain<T>(Guid.NewGuid().ToString("N"));

    public ValueTask DisposeAsync() => Cluster.DisposeAsync();
}
