using System.Net;
using Orleans.Configuration;

namespace Orleans.Hosting;

/// <summary>Ways for silos to find each other.</summary>
public static class CoreHostingExtensions
{
    /// <summary>A cluster of one silo, on this machine.</summary>
    /// <param name="builder">The silo.</param>
    /// <param name="siloPort">The port between silos.</param>
    /// <param name="gatewayPort">The port for clients.</param>
    /// <param name="primarySiloEndpoint">The first silo, where this is a further one: not in a cluster of one.</param>
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
            throw new NotSupportedException("The built-in grain engine has no clustering yet: a silo cannot join another.");

        return builder
            .Configure<EndpointOptions>(options => (options.SiloPort, options.GatewayPort) = (siloPort, gatewayPort))
            .Configure<ClusterOptions>(options => (options.ServiceId, options.ClusterId) = (serviceId, clusterId));
    }
}
