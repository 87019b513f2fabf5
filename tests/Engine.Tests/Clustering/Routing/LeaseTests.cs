using FteAgent.Engine.Tests.Grains;
using FteAgent.Engine.Tests.Support;

namespace FteAgent.Engine.Tests.Clustering.Routing;

/// <summary>A silo without its lease does nothing, whatever it was at.</summary>
public sealed class LeaseTests
{
    [Fact]
    public async Task What_follows_an_await_never_runs_once_the_lease_is_lost_not_even_after_the_silo_is_back()
    {
        await using var fleet = await FakeFleet.Start(2);
        var (grain, far) = (Fleet.GrainOn<IPlaceGrain>(fleet.Silos[1]), Fleet.GrainOn<IPlaceGrain>(fleet.Silos[1], fleet.Silos[0]));
        var (stage, farStage) = (Stage.Of(grain), Stage.Of(far));
        var (call, farCall) = (grain.Play("a"), far.Play("a"));
        await stage.Until("+a");
        await farStage.Until("+a");
        var waiting = grain.Play("b");

        fleet.Memberships[1].Lose();
        await Assert.ThrowsAsync<SiloUnavailableException>(() => call);
        await Assert.ThrowsAsync<SiloUnavailableException>(() => farCall);
        await Assert.ThrowsAsync<SiloUnavailableException>(() => waiting);
        await Assert.ThrowsAsync<SiloUnavailableException>(grain.Where);

        var again = FakeFleet.AddressOf(1, generation: 2);
        fleet.Network.Join(again);
        fleet.Memberships[1].Return(again, FakeFleet.View(2, FakeFleet.AddressOf(0), again));
        stage.Open("a");
        stage.Open("b");
        farStage.Open("a");

        // A new activation, which has nothing of the old one.
        Assert.Equal(again, await grain.Where());
        await Task.Run(static () => { });
        Assert.Equal(["activated on silo-1", "+a", "activated on silo-1"], stage.Events);
        Assert.Equal(["activated on silo-1", "+a"], farStage.Events);
    }

    [Fact]
    public async Task The_lease_is_looked_at_before_each_turn_not_when_somebody_says_that_it_is_lost()
    {
        await using var fleet = await FakeFleet.Start(2);
        var grain = Fleet.GrainOn<IPlaceGrain>(fleet.Silos[1]);
        var stage = Stage.Of(grain);
        var call = grain.Play("a");
        await stage.Until("+a");

        // As after SIGCONT: the clock has gone on, and nobody has noticed yet.
        fleet.Memberships[1].HoldsLease = false;
        stage.Open("a");
        await Eventually.True(() => fleet.Silos[1].Catalog.Find(grain.GetGrainId()) is { } activation && activation.Scheduler.HasWaiting, "the second half to be queued");
        await Task.Run(static () => { });
        Assert.Equal(["activated on silo-1", "+a"], stage.Events);
        Assert.False(call.IsCompleted);

        fleet.Memberships[1].Lose();
        await Assert.ThrowsAsync<SiloUnavailableException>(() => call);
        Assert.Equal(0, fleet.Silos[1].Catalog.Count);
    }

    [Fact]
    public async Task Timers_of_abandoned_grains_do_not_tick()
    {
        await using var fleet = await FakeFleet.Start(2);
        var grain = Fleet.GrainOn<ILifeGrain>(fleet.Silos[1]);
        var stage = Stage.Of(grain);
        await grain.StartTimer("t", TimeSpan.FromMilliseconds(20), interleave: false, keepAlive: false);
        await stage.Until("+t1");
        fleet.Memberships[1].Lose();
        stage.Open("t1");
        await Task.Delay(TimeSpan.FromMilliseconds(100));

        Assert.Equal(["activated", "+t1"], stage.Events);
    }

    [Fact]
    public async Task A_silo_cut_off_from_the_store_of_members_stops_and_comes_back_by_itself()
    {
        await using var fleet = await Fleet.StartMortal(3);
        var silo = fleet.Silo(1);
        var before = silo.Address;
        var grain = Fleet.GrainOn<IPlaceGrain>(silo, fleet.Silo(0));
        var local = Fleet.GrainOn<IPlaceGrain>(silo);
        var stage = Stage.Of(local);
        Assert.Equal(before, await grain.Where());
        var working = local.Play("a");
        await stage.Until("+a");

        fleet.Store(1).IsReachable = false;
        await Assert.ThrowsAsync<SiloUnavailableException>(() => working);
        stage.Open("a");
        await Eventually.True(() => fleet.Silo(0).Cluster.View.Active.Length == 2, "the others to strike it out");
        Assert.NotEqual(before, await grain.Where());

        fleet.Store(1).IsReachable = true;
        await fleet.Cluster.WaitForLivenessToStabilizeAsync();
        Assert.NotEqual(before, silo.Address);
        Assert.Equal(before.Endpoint, silo.Address.Endpoint);
        Assert.Equal(silo.Address, await grain.Where());
        Assert.Equal(silo.Address, await local.Where());
        Assert.Equal(silo.Address, fleet.Handle(1).SiloAddress);
        Assert.Equal(1, stage.Events.Count(happening => happening == "+a"));
        Assert.DoesNotContain("-a", stage.Events);
    }

    [Fact]
    public async Task When_no_silo_reaches_the_store_for_a_while_all_stop_and_none_is_struck_out_by_another()
    {
        await using var fleet = await Fleet.StartMortal(2);
        var evictions = 0;
        var members = MemoryCluster.Of(fleet.Cluster.Options.ClusterId, TimeProvider.System);
        members.Evicted = (_, _) => Interlocked.Increment(ref evictions);
        var grain = fleet.Grain<IPlaceGrain>(on: 1);
        await grain.Where();
        members.IsReachable = false;
        await Eventually.True(() => fleet.Silo(0).Cluster.Incarnation.HasEnded && fleet.Silo(1).Cluster.Incarnation.HasEnded, "both to stop");
        await Assert.ThrowsAsync<SiloUnavailableException>(grain.Where);
        members.IsReachable = true;
        await fleet.Cluster.WaitForLivenessToStabilizeAsync();

        Assert.Equal(fleet.Silo(1).Address, await grain.Where());
        Assert.Equal(0, evictions);
    }
}
