using System.Net;
using System.Net.Sockets;
using FteAgent.Silo.Commands;
using FteAgent.Silo.Hosting;

namespace FteAgent.Silo.Settings;

/// <summary>Where the other silos of a fleet reach this one, and what it is called. Fly's own names count first.</summary>
/// <param name="Address">The address that others are told: <c>FLY_PRIVATE_IP</c>, else <c>SILO_ADDRESS</c>, else this machine's own.</param>
/// <param name="SiloPort">The port between silos: <c>SILO_PORT</c>, default 11111.</param>
/// <param name="GatewayPort">The port for clients that are no silos: <c>GATEWAY_PORT</c>; 0, the default, for none.</param>
/// <param name="Name">The silo's name: <c>FLY_MACHINE_ID</c>, else <c>SILO_NAME</c>, else the machine's and the port.</param>
internal sealed record ClusterSettings(IPAddress Address, int SiloPort, int GatewayPort, string Name)
{
    private const int DefaultSiloPort = 11111;

    /// <summary>The shortest secret: as many characters as a key of 128 bits has in hexadecimal.</summary>
    private const int ShortestSecret = 32;
    private const int LongestName = 100;

    /// <summary>
    /// Where it listens: on all addresses of its family, IPv6's taking IPv4 as well. A silo that others are told to find on the loopback
    /// listens nowhere else.
    /// </summary>
    public IPAddress ListenAddress => IPAddress.IsLoopback(Address) ? Address
        : Address.AddressFamily is AddressFamily.InterNetworkV6 ? IPAddress.IPv6Any : IPAddress.Any;

    /// <summary>What silos of the built-in engine prove to each other that they know: <c>CLUSTER_SECRET</c>. Orleans asks for none.</summary>
    public string? Secret { get; init; }

    public static ClusterSettings Read(IConfiguration configuration)
    {
        var port = PortOf(configuration, "SILO_PORT", DefaultSiloPort, least: 1);
        return new(
            AddressOf(configuration, "FLY_PRIVATE_IP") ?? AddressOf(configuration, "SILO_ADDRESS") ?? Own(),
            port,
            PortOf(configuration, "GATEWAY_PORT", 0, least: 0),
            NameOf(configuration["FLY_MACHINE_ID"]) ?? NameOf(configuration["SILO_NAME"]) ?? $"{Environment.MachineName}-{port}")
        {
            Secret = GrainEngine.IsOrleans ? null : SecretOf(configuration["CLUSTER_SECRET"]),
        };
    }

    // The value itself is not repeated: it may be one letter short of the real one.
    private static string SecretOf(string? secret) => secret is { Length: >= ShortestSecret }
        ? secret
        : throw new UsageException($"CLUSTER_SECRET must have at least {ShortestSecret} characters, the same on every silo; 'openssl rand -hex 32' makes one.");

    private static int PortOf(IConfiguration configuration, string name, int otherwise, int least) => configuration[name] switch
    {
        null or "" => otherwise,
        var text when int.TryParse(text, out var port) && port >= least && port <= IPEndPoint.MaxPort => port,
        _ => throw new UsageException($"{name} must be a port between {least} and {IPEndPoint.MaxPort}."),
    };

    private static IPAddress? AddressOf(IConfiguration configuration, string name) => configuration[name] switch
    {
        null or "" => null,
        var text when IPAddress.TryParse(text, out var address) && !address.Equals(IPAddress.Any) && !address.Equals(IPAddress.IPv6Any) => address,
        _ => throw new UsageException($"{name} must be the one IP address at which the other silos reach this one, such as 10.0.0.7 or fdaa::7."),
    };

    private static string? NameOf(string? name) => name switch
    {
        null or "" => null,
        { Length: <= LongestName } => name,
        _ => throw new UsageException($"A silo's name may have at most {LongestName} characters."),
    };

    // As a container has it: the address that its own name leads to. Alone on a machine without a network, the loopback will do.
    private static IPAddress Own()
    {
        try
        {
            var addresses = Dns.GetHostAddresses(Dns.GetHostName());
            return Array.Find(addresses, address => address.AddressFamily is AddressFamily.InterNetwork && !IPAddress.IsLoopback(address))
                ?? Array.Find(addresses, address => !IPAddress.IsLoopback(address) && !address.IsIPv6LinkLocal)
                ?? IPAddress.Loopback;
        }
        catch (SocketException)
        {
            return IPAddress.Loopback;
        }
    }
}
