using System.Net;
using FteAgent.Engine;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace FteAgent.Bench.Engine.CrossSilo;

/// <summary>How two silos on one machine meet without a database: each is told of both. Calls, connections and the checks before each turn are the product's own.</summary>
internal static class MeetingPlace
{
    public static void Join(ISiloBuilder silo, TwoSilos silos, bool second) =>
        silo.Services.AddSingleton<IClustering>(services => new ClusteringOfTwo(silos, second, services.GetRequiredService<ILogger<Peers>>()));
}

/// <summary>The membership and the connections of one of two silos.</summary>
internal sealed class ClusteringOfTwo : IClustering
{
    public ClusteringOfTwo(TwoSilos silos, bool second, ILogger<Peers> logger)
    {
        var addresses = new[] { silos.First, silos.Second }.Select(port => SiloAddress.New(IPAddress.Loopback, port, 1)).ToArray();
        var self = addresses[second ? 1 : 0];
        Membership = new MembershipOfTwo(self, new(1, [.. addresses.Select(address => new Member(address, address.ToString(), MemberStatus.Active))]));
        Peers = new Peers(new("bench", self.Endpoint, new() { ClusterSecret = "measured with the handshake in place" }), () => self, TimeProvider.System, logger);
    }

    public IMembership Membership { get; }

    public IPeers Peers { get; }
}

/// <summary>A membership that never changes. Its lease costs what a real one costs to ask for, and ends when no bench runs any more.</summary>
internal sealed class MembershipOfTwo(SiloAddress self, ClusterView both) : IMembership
{
    private readonly long _holdsUntil = TimeProvider.System.GetTimestamp() + (TimeProvider.System.TimestampFrequency * (long)TimeSpan.FromDays(1).TotalSeconds);

    public event Action<ClusterView, ClusterView>? ViewChanged;

    public event Action<SiloAddress> LeaseLost
    {
        add { }
        remove { }
    }

    public SiloAddress Self => self;

    public ClusterView View { get; private set; } = ClusterView.None;

    public bool HoldsLease => TimeProvider.System.GetTimestamp() < Volatile.Read(in _holdsUntil);

    public Task<ClusterView> AtLeast(long version, CancellationToken cancellationToken) => Task.FromResult(View);

    public Task Join(CancellationToken cancellationToken) => Move(both);

    public Task Leave(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task Retire(CancellationToken cancellationToken) => Move(new(both.Version + 1, []));

    private Task Move(ClusterView to)
    {
        var before = View;
        View = to;
        ViewChanged?.Invoke(before, to);
        return Task.CompletedTask;
    }
}
