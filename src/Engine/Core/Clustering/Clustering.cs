using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Orleans.Configuration;

namespace FteAgent.Engine;

/// <summary>The clustering of a silo that was given a store of members: leases in that store, and connections over TCP.</summary>
internal sealed class Clustering : IClustering
{
    private readonly Peers _peers;
    private readonly EndpointOptions _endpoints;

    private Clustering(Silo silo, string clusterId, IMembershipStore store)
    {
        var services = silo.Services;
        var logs = services.GetRequiredService<ILoggerFactory>();
        var options = services.GetRequiredService<IOptions<ClusteringOptions>>().Value;
        _endpoints = services.GetRequiredService<IOptions<EndpointOptions>>().Value;
        _peers = new(new(clusterId, _endpoints.ListeningSiloEndpoint, options), () => Membership!.Self, silo.Time.Membership, logs.CreateLogger<Peers>());
        Membership = new Membership(new()
        {
            Options = options,
            Store = store,
            Endpoint = Endpoint,
            Name = silo.Name,
            RequestProbe = _peers.RequestProbe,
            Time = silo.Time.Membership,
            Logger = logs.CreateLogger<Membership>(),
            Driver = new MembershipThread(silo.Time.Membership, silo.Name),
        });
    }

    public IMembership Membership { get; }

    public IPeers Peers => _peers;

    /// <summary>The clustering of a silo; none where it was given no store, and so is alone.</summary>
    public static Clustering? Of(Silo silo, string clusterId) =>
        silo.Services.GetService<IMembershipStore>() is { } store ? new(silo, clusterId, store) : null;

    /// <summary>Where the others reach this silo. One that listens at any free port says which it is.</summary>
    private IPEndPoint Endpoint() => _endpoints.ListeningSiloEndpoint.Port == 0 && _peers.Endpoint is { } listening
        ? new(_endpoints.PublicSiloEndpoint.Address, listening.Port)
        : _endpoints.PublicSiloEndpoint;
}
