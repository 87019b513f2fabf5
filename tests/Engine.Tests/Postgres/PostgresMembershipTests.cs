using System.Net;
using FteAgent.Engine.Postgres;
using FteAgent.Engine.Tests.Support;
using FteAgent.Testing;
using Microsoft.Extensions.Logging.Abstractions;

namespace FteAgent.Engine.Tests.Postgres;

/// <summary>Members on a real server by the real clock, each with a thread of its own.</summary>
public sealed class PostgresMembershipTests : IAsyncLifetime
{
    private const int Silos = 3;

    // Twice as long as usual: what is tested is the order of events, on machines that may be busy.
    private static readonly ClusteringOptions Options = new() { Lease = TimeSpan.FromSeconds(4), RenewPeriod = TimeSpan.FromSeconds(1) };

    private readonly string _cluster = Guid.NewGuid().ToString("N");
    private readonly List<(Membership Membership, PostgresMembershipStore Store)> _silos = [];
    private PostgresServer? _server;
    private TestDatabase? _database;

    public async Task InitializeAsync()
    {
        _server = await PostgresServer.Start(durable: true);
        _database = await _server.NewDatabase(migrated: false);
        await EngineDatabase.Apply(_database);
        for (var number = 1; number <= Silos; number++) Add(number);
        await Task.WhenAll(_silos.Select(static silo => silo.Membership.Join(CancellationToken.None)));
        // Each knows that it has joined; that the others have, it learns with its next renewal.
        await Eventually.True(() => _silos.All(static silo => silo.Membership.View.Active.Length == Silos), "a view of all");
    }

    public async Task DisposeAsync()
    {
        foreach (var (membership, store) in _silos)
        {
            membership.Dispose();
            store.Dispose();
        }

        await _database!.DisposeAsync();
        await _server!.DisposeAsync();
    }

    [Fact]
    public async Task Dead_silo_is_struck_out_soon_after_its_lease()
    {
        var start = TimeProvider.System.GetTimestamp();
        _silos[0].Membership.Dispose();

        await Eventually.True(() => _silos[1].Membership.View.Active.Length == Silos - 1, "the eviction");

        Assert.True(TimeProvider.System.GetElapsedTime(start) > Options.Lease - Options.RenewPeriod - TimeSpan.FromMilliseconds(100));
        Assert.True(_silos[1].Membership.HoldsLease);
        Assert.Empty(Lost());
    }

    [Fact]
    public async Task Server_that_is_gone_for_longer_than_a_lease_costs_nobody_its_membership()
    {
        var before = _silos.Select(static silo => silo.Membership.Self).ToArray();
        await _server!.Stop();
        await Eventually.True(() => _silos.All(static silo => !silo.Membership.HoldsLease), "the leases' end");

        await _server.StartAgain();
        await Eventually.True(() => _silos.All(static silo => silo.Membership.HoldsLease && silo.Membership.View.Active.Length == Silos), "the return of all");

        // Each came back by itself, as a new incarnation at its old place.
        Assert.Equal(before.Order(), Lost().Order());
        Assert.All(_silos, silo => Assert.Equal(Silos, silo.Membership.View.Members.Length));
    }

    [Fact]
    public async Task Silos_leave_one_after_another()
    {
        foreach (var (membership, _) in _silos)
        {
            await membership.Leave(CancellationToken.None);
            Assert.True(membership.HoldsLease);
            await membership.Retire(CancellationToken.None);
            Assert.False(membership.HoldsLease);
        }

        Assert.Equal(0, await _database!.Scalar<long>("select count(*) from engine.members"));
    }

    private readonly List<SiloAddress> _lost = [];

    private SiloAddress[] Lost()
    {
        lock (_lost)
            return [.. _lost];
    }

    private void Add(int number)
    {
        var store = new PostgresMembershipStore(new(_database!.Url, _cluster, Options.RenewPeriod));
        var membership = new Membership(new()
        {
            Options = Options,
            Store = store,
            Endpoint = () => new(IPAddress.Loopback, number),
            Name = $"silo-{number}",
            RequestProbe = static (_, _) => Task.FromResult(true),
            Time = TimeProvider.System,
            Logger = NullLogger.Instance,
            Driver = new MembershipThread(TimeProvider.System, $"silo-{number}"),
        });
        membership.LeaseLost += lost =>
        {
            lock (_lost)
                _lost.Add(lost);
        };
        _silos.Add((membership, store));
    }
}
