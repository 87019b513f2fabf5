using FteAgent.Engine.Tests.Support;

namespace FteAgent.Engine.Tests.Clustering;

/// <summary>How silos join, stay, are lost and leave, by a clock that the test moves.</summary>
public sealed class MembershipTests
{
    private static readonly TimeSpan Lease = new ClusteringOptions().Lease;

    private readonly TestWorld _world = new();

    [Fact]
    public async Task First_silo_of_an_empty_cluster_is_active_at_once()
    {
        var silo = _world.Add(1, join: false);
        Assert.False(silo.Membership.HoldsLease);

        var joined = silo.Membership.Join(CancellationToken.None);
        silo.Run();

        await joined;
        Assert.True(silo.Membership.HoldsLease);
        Assert.Equal(silo.Membership.Self, Assert.Single(silo.Membership.View.Active).Address);
    }

    [Fact]
    public void Silos_that_start_at_once_become_one_cluster_that_all_see_alike()
    {
        var silos = _world.AddActive(5);

        Assert.All(silos, silo => Assert.Equal(silos[0].Membership.View.Version, silo.Membership.View.Version));
        Assert.All(silos, silo => Assert.Equal(5, silo.Membership.View.Active.Length));
    }

    [Fact]
    public async Task Silo_that_the_others_cannot_reach_never_counts_and_says_who_could_not()
    {
        _world.AddActive(2);
        _world.CanProbe = static (_, _) => false;
        var silo = _world.Add(3, join: false);
        var joined = silo.Membership.Join(CancellationToken.None);

        _world.RunFor(_world.Options.JoinTimeout - TimeSpan.FromSeconds(1));
        Assert.False(joined.IsCompleted);
        Assert.Equal(MemberStatus.Joining, _world.Members[0].Membership.View.Find(silo.Membership.Self)?.Status);

        _world.RunFor(2);
        var failure = await Assert.ThrowsAsync<TimeoutException>(() => joined);
        Assert.Contains($"{_world.Members[0].Membership.Self}, {_world.Members[1].Membership.Self} could not reach it at {silo.Endpoint}", failure.Message);
        Assert.Equal(2, _world.Members[0].Membership.View.Members.Length);
        Assert.False(silo.Membership.HoldsLease);
    }

    [Fact]
    public void Majority_that_reaches_a_joiner_is_enough()
    {
        var silos = _world.AddActive(3);
        _world.CanProbe = (member, _) => !member.Equals(silos[0].Membership.Self);

        Assert.True(_world.AddActive(1)[0].IsActive);
    }

    [Fact]
    public async Task Store_that_stays_away_fails_the_join_with_a_sentence()
    {
        _world.Cluster.IsReachable = false;
        var silo = _world.Add(1, join: false);
        var joined = silo.Membership.Join(CancellationToken.None);

        _world.RunFor(_world.Options.JoinTimeout + TimeSpan.FromSeconds(1));

        Assert.Contains("the membership store could not be asked", (await Assert.ThrowsAsync<TimeoutException>(() => joined)).Message);
    }

    [Fact]
    public void Lease_is_over_at_the_very_instant_even_while_the_silo_is_stopped()
    {
        var silo = _world.AddActive(1)[0];
        var self = silo.Membership.Self;
        silo.IsStopped = true;

        _world.Time.Advance(Lease - _world.Options.RenewPeriod - TimeSpan.FromTicks(1));
        Assert.True(silo.Membership.HoldsLease);
        _world.Time.Advance(_world.Options.RenewPeriod + TimeSpan.FromTicks(1));
        Assert.False(silo.Membership.HoldsLease);
        Assert.Empty(silo.Lost);

        silo.IsStopped = false;
        _world.RunFor(1);
        Assert.Equal(self, Assert.Single(silo.Lost));
        Assert.True(silo.IsActive);
        Assert.True(silo.Membership.Self.Generation > self.Generation);
    }

    [Fact]
    public void Lease_that_was_seen_over_does_not_come_back_by_a_renewal_that_was_under_way()
    {
        var silo = _world.AddActive(1)[0];
        var self = silo.Membership.Self;
        var seen = true;
        silo.Link.After = () =>
        {
            // The renewal has succeeded; the process is stopped before it can hear of it, and a grain wakes first.
            silo.Link.After = null;
            _world.Time.Advance(Lease);
            seen = silo.Membership.HoldsLease;
        };

        _world.RunFor(2);

        Assert.False(seen);
        Assert.Equal(self, Assert.Single(silo.Lost));
        Assert.NotEqual(self, silo.Membership.Self);
        Assert.True(silo.IsActive);
    }

    [Fact]
    public void Dead_silo_is_struck_out_soon_after_its_lease()
    {
        var silos = _world.AddActive(3);
        silos[2].Membership.Dispose();

        _world.RunFor(Lease - _world.Options.RenewPeriod - TimeSpan.FromMilliseconds(50));
        Assert.Equal(3, silos[0].Membership.View.Active.Length);

        _world.RunFor(2 * _world.Options.RenewPeriod + TimeSpan.FromMilliseconds(100));
        Assert.Equal(2, silos[0].Membership.View.Active.Length);
        Assert.Equal(2, silos[1].Membership.View.Active.Length);
    }

    [Fact]
    public void Silo_that_wakes_after_its_eviction_runs_nothing_and_comes_back_as_another()
    {
        var silos = _world.AddActive(3);
        var old = silos[0].Membership.Self;
        silos[0].IsStopped = true;
        _world.RunFor(10);
        Assert.Null(silos[1].Membership.View.Find(old));

        silos[0].IsStopped = false;
        Assert.False(silos[0].Membership.HoldsLease);
        _world.RunFor(2);
        Assert.True(silos[0].IsActive);
        Assert.Equal(3, silos[1].Membership.View.Active.Length);
        Assert.Equal(old, Assert.Single(silos[0].Lost));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(20)]
    [InlineData(300)]
    public void Store_that_was_away_for_any_time_costs_nobody_its_membership(int seconds)
    {
        var silos = _world.AddActive(5);
        var evicted = 0;
        _world.Cluster.Evicted = (_, _) => evicted++;

        _world.Cluster.IsReachable = false;
        _world.RunFor(seconds);
        _world.Cluster.IsReachable = true;
        _world.RunFor(5);

        Assert.Equal(0, evicted);
        Assert.All(silos, silo => Assert.True(silo.IsActive));
        Assert.All(silos, silo => Assert.Equal(5, silo.Membership.View.Members.Length));
    }

    [Fact]
    public void Silo_that_alone_cannot_reach_the_store_stops_itself_before_the_others_strike_it_out()
    {
        var silos = _world.AddActive(3);
        var self = silos[0].Membership.Self;
        var heldAtEviction = true;
        _world.Cluster.Evicted = (_, _) => heldAtEviction = silos[0].Membership.HoldsLease;

        silos[0].Store.IsReachable = false;
        _world.RunFor(5);
        Assert.False(heldAtEviction);
        Assert.Equal(self, Assert.Single(silos[0].Lost));
        Assert.Null(silos[1].Membership.View.Find(self));

        silos[0].Store.IsReachable = true;
        _world.RunFor(2);
        Assert.True(silos[0].IsActive);
    }

    [Fact]
    public void Store_whose_clock_is_set_forward_costs_nobody_its_membership()
    {
        var silos = _world.AddActive(3);
        var evicted = 0;
        _world.Cluster.Evicted = (_, _) => evicted++;

        _world.StoreTime.Offset = TimeSpan.FromHours(1);
        _world.RunFor(10);

        Assert.Equal(0, evicted);
        Assert.All(silos, silo => Assert.Empty(silo.Lost));
    }

    [Fact]
    public void Store_that_was_put_back_to_an_earlier_state_gives_no_version_twice()
    {
        var silos = _world.AddActive(2);
        var version = silos[0].Membership.View.Version;

        var emptied = new MemoryCluster(_world.Time);
        foreach (var silo in silos) silo.Link.Store = new MemoryMembershipStore(emptied);
        _world.RunFor(5);

        Assert.All(silos, silo => Assert.True(silo.IsActive));
        Assert.True(silos[0].Membership.View.Version > version);
    }

    [Fact]
    public async Task Leaving_silo_is_seen_as_leaving_until_it_retires()
    {
        var silos = _world.AddActive(3);
        var leave = silos[0].Membership.Leave(CancellationToken.None);
        _world.RunFor(1);
        await leave;
        Assert.True(silos[0].Membership.HoldsLease);
        Assert.Equal(2, silos[1].Membership.View.Active.Length);
        Assert.Equal(3, silos[1].Membership.View.Members.Length);

        _world.RunFor(10);
        Assert.True(silos[0].Membership.HoldsLease);

        var retire = silos[0].Membership.Retire(CancellationToken.None);
        _world.RunFor(1);
        await retire;
        Assert.False(silos[0].Membership.HoldsLease);
        Assert.Equal(2, silos[1].Membership.View.Members.Length);
        Assert.Empty(silos[0].Lost);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public async Task Answer_that_is_lost_while_joining_or_leaving_keeps_nobody_waiting(int lost)
    {
        // Each call to the store, but every second or third answer, is lost.
        var silo = _world.Add(1, join: false);
        silo.Link.After = () =>
        {
            if (silo.Link.Calls % (lost + 1) == 0) throw new MembershipStoreException("The answer was lost.");
        };
        var joined = silo.Membership.Join(CancellationToken.None);
        _world.RunFor(10);
        await joined.WaitAsync(Eventually.Limit);

        var left = silo.Membership.Leave(CancellationToken.None);
        _world.RunFor(5);
        await left.WaitAsync(Eventually.Limit);
    }

    [Fact]
    public async Task Retiring_ends_within_one_lease_though_the_store_is_away()
    {
        var silo = _world.AddActive(1)[0];
        silo.Store.IsReachable = false;

        var retire = silo.Membership.Retire(CancellationToken.None);
        _world.RunFor(Lease + TimeSpan.FromMilliseconds(100));

        await retire;
        Assert.False(silo.Membership.HoldsLease);
    }

    [Fact]
    public async Task Silo_that_has_heard_of_a_later_version_reads_it_at_once()
    {
        var silos = _world.AddActive(2);
        _world.Add(3);
        _world.Members[2].Run();
        var version = _world.Cluster.Read().Version;
        Assert.True(silos[0].Membership.View.Version < version);

        var view = silos[0].Membership.AtLeast(version, CancellationToken.None);
        silos[0].Run();

        Assert.Equal(version, (await view).Version);
    }

    [Fact]
    public async Task Nobody_waits_for_a_version_after_the_end()
    {
        var silo = _world.AddActive(1)[0];
        var view = silo.Membership.AtLeast(1000, CancellationToken.None);

        silo.Membership.Dispose();

        await Assert.ThrowsAsync<SiloUnavailableException>(() => view);
    }

    [Fact]
    public void Restarted_silo_takes_the_place_of_its_earlier_incarnation_at_once()
    {
        var silos = _world.AddActive(3);
        var old = silos[0].Membership.Self;
        silos[0].Membership.Dispose();
        var again = _world.Add(1);

        _world.RunFor(1);

        Assert.True(again.IsActive);
        Assert.True(again.Membership.Self.Generation > old.Generation);
        Assert.Null(silos[1].Membership.View.Find(old));
    }

    [Fact]
    public void Listener_that_fails_costs_no_lease()
    {
        var silo = _world.AddActive(1)[0];
        silo.Membership.ViewChanged += static (_, _) => throw new InvalidOperationException("A bug.");

        _world.AddActive(1);
        _world.RunFor(5);

        Assert.True(silo.IsActive);
        Assert.Empty(silo.Lost);
    }
}
