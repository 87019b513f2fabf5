using System.Net;
using System.Net.Sockets;
using Orleans.Configuration;

namespace Orleans.Hosting;

/// <summary>Says where a silo listens.</summary>
public static class EndpointOptionsExtensions
{
    /// <summary>Sets the address at which others reach this silo, and its ports.</summary>
    /// <param name="builder">The silo.</param>
    /// <param name="advertisedIP">The address at which others reach it.</param>
    /// <param name="siloPort">The port between silos.</param>
    /// <param name="gatewayPort">The port for clients; 0 for none.</param>
    /// <param name="listenOnAnyHostAddress">Whether it listens on every IPv4 address of the machine.</param>
    public static ISiloBuilder ConfigureEndpoints(
        this ISiloBuilder builder, IPAddress advertisedIP, int siloPort, int gatewayPort, bool listenOnAnyHostAddress = false) =>
        builder.Configure<EndpointOptions>(options =>
        {
            options.AdvertisedIPAddress = advertisedIP;
            (options.SiloPort, options.GatewayPort) = (siloPort, gatewayPort);
            if (!listenOnAnyHostAddress) return;

            options.SiloListeningEndpoint = new(IPAddress.Any, siloPort);
            options.GatewayListeningEndpoint = new(IPAddress.Any, gatewayPort);
        });

    /// <summary>Sets the name by which others reach this silo, and its ports.</summary>
    /// <param name="builder">The silo.</param>
    /// <param name="hostname">A host name or address; null for this machine's own.</param>
    /// <param name="siloPort">The port between silos.</param>
    /// <param name="gatewayPort">The port for clients; 0 for none.</param>
    /// <param name="addressFamily">Which kind of address is taken where the name has several.</param>
    /// <param name="listenOnAnyHostAddress">Whether it listens on every IPv4 address of the machine.</param>
    public static ISiloBuilder ConfigureEndpoints(
        this ISiloBuilder builder, string? hostname, int siloPort, int gatewayPort, AddressFamily addressFamily = AddressFamily.InterNetwork,
        bool listenOnAnyHostAddress = false) =>
        builder.ConfigureEndpoints(Resolve(hostname, addressFamily), siloPort, gatewayPort, listenOnAnyHostAddress);

    /// <summary>Sets this silo's ports; others reach it at this machine's own address.</summary>
    /// <param name="builder">The silo.</param>
    /// <param name="siloPort">The port between silos.</param>
    /// <param name="gatewayPort">The port for clients; 0 for none.</param>
    /// <param name="addressFamily">Which kind of address is taken.</param>
    /// <param name="listenOnAnyHostAddress">Whether it listens on every IPv4 address of the machine.</param>
    public static ISiloBuilder ConfigureEndpoints(
        this ISiloBuilder builder, int siloPort, int gatewayPort, AddressFamily addressFamily = AddressFamily.InterNetwork,
        bool listenOnAnyHostAddress = false) =>
        builder.ConfigureEndpoints(hostname: null, siloPort, gatewayPort, addressFamily, listenOnAnyHostAddress);

    private static IPAddress Resolve(string? hostname, AddressFamily family)
    {
        if (IPAddress.TryParse(hostname, out var literal)) return literal;

        var found = Dns.GetHostAddresses(hostname ?? Dns.GetHostName(), family);

        // An address that only this machine can reach is the last choice: others would dial themselves.
        return found.OrderBy(IPAddress.IsLoopback).FirstOrDefault()
            ?? throw new ArgumentException($"'{hostname}' has no address of family {family}.", nameof(hostname));
    }
}
