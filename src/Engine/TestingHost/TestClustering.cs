using System.Net;
using FteAgent.Engine;
using Microsoft.Extensions.DependencyInjection;
using Orleans.Configuration;
using Orleans.Hosting;
using Orleans.Runtime;

namespace Orleans.TestingHost;

/// <summary>How silos of a test cluster find each other: a store in this process's memory, and real connections on this machine.</summary>
internal static class TestClustering
{
    /// <summary>Longer than in production: a machine that runs many tests at once makes a silo wait for its turn now and then.</summary>
    private static readonly TimeSpan Lease = TimeSpan.FromSeconds(6);

    /// <summary>Set before what the test itself configures, which thus has the last word.</summary>
    public static ISiloBuilder UseTestClustering(this ISiloBuilder silo, string clusterId, int siloPort, int gatewayPort)
    {
        // Leases run by the true clock, though a test may have one of its own for all the rest: moving that by an hour is to be no
        // outage. A test of leases says so by the key.
        silo.Services.AddKeyedSingleton(TimeProviderNames.Membership, TimeProvider.System);
        silo.Services.AddSingleton<IMembershipStore>(new MemoryMembershipStore(MemoryCluster.Of(clusterId, TimeProvider.System)));
        return silo
            .Configure<ClusteringOptions>(options => options.Lease = Lease)
            .Configure<EndpointOptions>(options =>
            {
                options.AdvertisedIPAddress = IPAddress.Loopback;
                options.GatewayPort = gatewayPort;

                // Any free port, unless the test wants a certain one.
                if (siloPort != 0) options.SiloPort = siloPort;
                else options.SiloListeningEndpoint = new(IPAddress.Loopback, 0);
            });
    }
}
