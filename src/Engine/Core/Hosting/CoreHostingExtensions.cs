using System.Diagnostics;
using System.Net;
using FteAgent.Engine;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Orleans.Configuration;

namespace Orleans.Hosting;

/// <summary>Ways for silos to find each other, and what travels between them.</summary>
public static class CoreHostingExtensions
{
    /// <summary>
    /// Carries <see cref="Activity.Current"/> along with calls between grains. An activity is made only where somebody listens to the source
    /// <c>Microsoft.Orleans.Application</c>.
    /// </summary>
    public static ISiloBuilder AddActivityPropagation(this ISiloBuilder builder)
    {
        builder.Services.TryAddSingleton(DistributedContextPropagator.Current);
        return builder
            .AddOutgoingGrainCallFilter<OutgoingActivityPropagation>()
            .AddIncomingGrainCallFilter<IncomingActivityPropagation>();
    }

    /// <summary>A cluster of one silo, on this machine.</summary>
    /// <param name="builder">The silo.</param>
    /// <param name="siloPort">The port between silos.</param>
    /// <param name="gatewayPort">The port for clients.</param>
    /// <param name="primarySiloEndpoint">The first silo, where this is a further one: not with this engine, which keeps such a cluster in the memory of its only process.</param>
    /// <param name="serviceId">The service.</param>
    /// <param name="clusterId">The cluster.</param>
    public static ISiloBuilder UseLocalhostClustering(
        this ISiloBuilder builder,
        int siloPort = EndpointOptions.DEFAULT_SILO_PORT,
        int gatewayPort = EndpointOptions.DEFAULT_GATEWAY_PORT,
        IPEndPoint? primarySiloEndpoint = null,
        string serviceId = "dev",
        string clusterId = "dev")
    {
        if (primarySiloEndpoint is not null && primarySiloEndpoint.Port != siloPort)
        {
            throw new NotSupportedException(
                "With the built-in grain engine a silo on this machine is alone: it keeps its members in memory. Several processes find each other by UseAdoNetClustering.");
        }

        return builder
            .Configure<EndpointOptions>(options =>
            {
                options.AdvertisedIPAddress = IPAddress.Loopback;
                (options.SiloPort, options.GatewayPort) = (siloPort, gatewayPort);
            })
            .Configure<ClusterOptions>(options => (options.ServiceId, options.ClusterId) = (serviceId, clusterId));
    }
}
