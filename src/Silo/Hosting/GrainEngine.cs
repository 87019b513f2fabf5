using System.Net;
using System.Net.Sockets;
using Orleans.Configuration;

namespace FteAgent.Silo.Hosting;

/// <summary>The engine that runs the grains. One silo for now: it needs no other service.</summary>
internal static class GrainEngine
{
#if ORLEANS
    private const string Name = "Orleans";
#else
    private const string Name = "BuiltIn";
#endif

    public static void UseGrainEngine(this WebApplicationBuilder builder) => builder.Host.UseOrleans(silo =>
    {
        // Nobody connects to a silo that is alone, so any two free ports do, and a second silo on this machine is no conflict.
        var (siloPort, gatewayPort) = TwoFreePorts();
        silo.UseLocalhostClustering(siloPort, gatewayPort);
        // The engine is part of the cluster's name, so silos of two engines never meet.
        silo.Configure<ClusterOptions>(cluster =>
        {
            cluster.ServiceId = "fte";
            cluster.ClusterId = $"fte-{Name}";
        });
    });

    private static (int First, int Second) TwoFreePorts()
    {
        using var first = new TcpListener(IPAddress.Loopback, 0);
        using var second = new TcpListener(IPAddress.Loopback, 0);
        first.Start();
        second.Start();
        return (((IPEndPoint)first.LocalEndpoint).Port, ((IPEndPoint)second.LocalEndpoint).Port);
    }
}
