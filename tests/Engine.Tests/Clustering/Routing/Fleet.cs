using Microsoft.Extensions.DependencyInjection;
using Orleans.TestingHost;

namespace FteAgent.Engine.Tests.Clustering.Routing;

/// <summary>Several silos in this process: members in memory, calls over TCP.</summary>
internal sealed class Fleet : IAsyncDisposable
{
    /// <summary>Such as in production, for tests of dead silos, which would take long else.</summary>
    public static readonly TimeSpan ShortLease = TimeSpan.FromSeconds(2);

    private Fleet(InProcessTestCluster cluster) => Cluster = cluster;

    public InProcessTestCluster Cluster { get; }

    /// <summary>Silos whose leases end soon when they are not renewed.</summary>
    public static Task<Fleet> StartMortal(int silos) => Start(silos, static silo => silo.Configure<ClusteringOptions>(options => options.Lease = ShortLease));

    public static async Task<Fleet> Start(int silos, Action<ISiloBuilder>? configure = null)
    {
        var builder = new InProcessTestClusterBuilder((short)silos);
        builder.ConfigureSilo((_, silo) => configure?.Invoke(silo));
        var cluster = builder.Build();
        await cluster.DeployAsync();
        return new(cluster);
    }

    public InProcessSiloHandle Handle(int silo) => Cluster.Silos[silo];

    public Silo Silo(int silo) => Handle(silo).ServiceProvider.GetRequiredService<Silo>();

    /// <summary>This silo's way to the store of members.</summary>
    public MemoryMembershipStore Store(int silo) => (MemoryMembershipStore)Handle(silo).ServiceProvider.GetRequiredService<IMembershipStore>();

    /// <summary>A new grain that lives on one silo, as seen from another.</summary>
    public T Grain<T>(int on, int from = 0) where T : IGrainWithStringKey => GrainOn<T>(Silo(on), Silo(from));

    public static T GrainOn<T>(Silo on, Silo? from = null) where T : IGrainWithStringKey => GrainOn<T>(from ?? on, on.Address);

    public static T GrainOn<T>(Silo from, SiloAddress on) where T : IGrainWithStringKey
    {
        while (true)
        {
            var grain = from.Client.GetGrain<T>(Guid.NewGuid().ToString("N"));
            if (on.Equals(from.Cluster.OwnerOf(grain.GetGrainId()))) return grain;
        }
    }

    public ValueTask DisposeAsync() => Cluster.DisposeAsync();
}
