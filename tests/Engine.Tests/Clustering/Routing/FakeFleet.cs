using System.Collections.Immutable;
using System.Net;
using FteAgent.Engine.Tests.Peers;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Orleans.TestingHost;

namespace FteAgent.Engine.Tests.Clustering.Routing;

/// <summary>Silos whose views, leases and connections are all in the test's hands.</summary>
internal sealed class FakeFleet : IAsyncDisposable
{
    private readonly List<InProcessTestCluster> _hosts = [];
    private readonly List<Lines> _lines = [];

    public FakeNetwork Network { get; } = new();

    public List<Silo> Silos { get; } = [];

    public List<FakeMembership> Memberships { get; } = [];

    public List<FakePeers> Peers { get; } = [];

    /// <summary>Starts silos; all see all as active, at version 1.</summary>
    public static async Task<FakeFleet> Start(int silos)
    {
        var fleet = new FakeFleet();
        for (var n = 0; n < silos; n++) await fleet.Add(n);
        for (var n = 0; n < silos; n++) fleet.See(n, 1, [.. Enumerable.Range(0, silos)]);
        return fleet;
    }

    public static SiloAddress AddressOf(int silo, int generation = 1) => SiloAddress.New(IPAddress.Parse($"10.0.0.{silo + 1}"), 11111, generation);

    /// <summary>What one silo has logged.</summary>
    public string[] Lines(int silo)
    {
        var all = _lines[silo].All;
        lock (all)
            return [.. all];
    }

    /// <summary>Gives one silo a view: these are active.</summary>
    public void See(int silo, long version, params int[] active) => Memberships[silo].See(View(version, [.. active.Select(n => AddressOf(n))]));

    public static ClusterView View(long version, params SiloAddress[] active) =>
        new(version, active.Select(address => new Member(address, $"{address}", MemberStatus.Active)).ToImmutableArray());

    /// <summary>A grain that belongs to one silo by the view of these, and to another by the view of those.</summary>
    public IPlaceGrain Moving(int from, int by, int[] before, int to, int[] after)
    {
        var (old, next) = (new Rendezvous(View(1, [.. before.Select(n => AddressOf(n))])), new Rendezvous(View(2, [.. after.Select(n => AddressOf(n))])));
        while (true)
        {
            var grain = Silos[by].Client.GetGrain<IPlaceGrain>(Guid.NewGuid().ToString("N"));
            var id = grain.GetGrainId();
            if (AddressOf(from).Equals(old.OwnerOf(id)) && AddressOf(to).Equals(next.OwnerOf(id))) return grain;
        }
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var host in _hosts)
        {
            await host.KillSiloAsync(host.Silos[0]);
            await host.DisposeAsync();
        }
    }

    private async Task Add(int n)
    {
        var membership = new FakeMembership(AddressOf(n));
        var peers = Network.Join(AddressOf(n));
        var lines = new Lines();
        _lines.Add(lines);
        var builder = new InProcessTestClusterBuilder();
        builder.ConfigureHost(host => host.Logging.AddProvider(new Log(lines)));
        builder.ConfigureSilo((options, silo) =>
        {
            silo.Services.AddSingleton<IClustering>(new Parts(membership, peers));
            silo.Configure<Orleans.Configuration.SiloOptions>(named => named.SiloName = options.SiloName = $"silo-{n}");
        });
        var host = builder.Build();

        // Seen before it starts, so that it starts as an active member.
        Memberships.Add(membership);
        Peers.Add(peers);
        _hosts.Add(host);
        membership.See(View(0, []));
        var starting = host.CreateSiloAsync(new() { SiloName = $"silo-{n}" });
        await starting;
        Silos.Add(host.GetSiloServiceProvider().GetRequiredService<Silo>());
    }

    private sealed class Log(Lines lines) : ILoggerProvider
    {
        public ILogger CreateLogger(string categoryName) => lines;

        public void Dispose()
        {
        }
    }

    private sealed record Parts(IMembership Membership, IPeers Peers) : IClustering;
}
