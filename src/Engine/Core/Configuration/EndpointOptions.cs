using System.Net;
using Orleans.Runtime;

namespace Orleans.Configuration;

/// <summary>Where a silo listens, and at which address the others reach it.</summary>
public class EndpointOptions
{
    /// <summary>The port between silos where none is set.</summary>
    public const int DEFAULT_SILO_PORT = 11111;

    /// <summary>The port for clients where none is set.</summary>
    public const int DEFAULT_GATEWAY_PORT = 30000;

    private IPAddress _advertisedIPAddress = null!;
    private int _siloPort = DEFAULT_SILO_PORT;

    /// <summary>The address at which the other silos reach this one.</summary>
    public IPAddress AdvertisedIPAddress
    {
        get => _advertisedIPAddress;
        set
        {
            if (value is null || value.Equals(IPAddress.Any) || value.Equals(IPAddress.IPv6Any) || value.Equals(IPAddress.None) || value.Equals(IPAddress.IPv6None))
                throw new OrleansConfigurationException($"{nameof(AdvertisedIPAddress)} must be one address at which other silos reach this one, not '{value}'.");

            _advertisedIPAddress = value;
        }
    }

    /// <summary>The port between silos, as the others reach it.</summary>
    public int SiloPort
    {
        get => _siloPort;
        set => _siloPort = value != 0
            ? value
            : throw new OrleansConfigurationException($"{nameof(SiloPort)} must be a port at which other silos reach this one, not 0.");
    }

    /// <summary>The port for clients; 0 for none.</summary>
    public int GatewayPort { get; set; } = DEFAULT_GATEWAY_PORT;

    /// <summary>Where this silo listens for others, where that is not the address at which they reach it.</summary>
    public IPEndPoint? SiloListeningEndpoint { get; set; }

    /// <summary>Where this silo listens for clients, where that is not the address at which they reach it.</summary>
    public IPEndPoint? GatewayListeningEndpoint { get; set; }

    internal IPEndPoint PublicSiloEndpoint => new(AdvertisedIPAddress ?? IPAddress.Loopback, SiloPort);

    internal IPEndPoint ListeningSiloEndpoint => SiloListeningEndpoint ?? PublicSiloEndpoint;
}
