using FteAgent.Engine.Tests.Support;

namespace FteAgent.Engine.Tests.Clustering.Routing;

/// <summary>Calls between silos that do not know the same of their cluster.</summary>
public sealed class ViewTests
{
    [Fact]
    public async Task A_silo_that_is_behind_its_caller_catches_up_before_it_runs_the_call()
    {
        await using var fleet = await FakeFleet.Start(3);
        var grain = fleet.Moving(from: 2, by: 0, [0, 1, 2], to: 1, [0, 1]);
        fleet.See(0, 2, 0, 1);
        var call = grain.Where();
        await Eventually.True(() => fleet.Memberships[1].Asked.Contains(2), "the other to ask for the newer view");
        Assert.False(call.IsCompleted);
        fleet.See(1, 2, 0, 1);

        Assert.Equal(FakeFleet.AddressOf(1), await call);
    }

    [Fact]
    public async Task A_caller_that_is_behind_is_sent_on_and_the_call_runs_once()
    {
        await using var fleet = await FakeFleet.Start(3);
        var grain = fleet.Moving(from: 1, by: 0, [0, 1, 2], to: 2, [0, 2]);
        fleet.See(1, 2, 0, 2);
        fleet.See(2, 2, 0, 2);
        var call = grain.Count();
        await Eventually.True(() => fleet.Memberships[0].Asked.Contains(2), "the caller to ask for the newer view");
        fleet.See(0, 2, 0, 2);

        Assert.Equal(1, await call);
        Assert.Equal(["activated on silo-2"], Stage.Of(grain).Events);
    }

    [Fact]
    public async Task A_grain_that_moves_home_is_called_there()
    {
        await using var fleet = await FakeFleet.Start(2);
        var grain = fleet.Moving(from: 1, by: 0, [0, 1], to: 0, [0]);
        Assert.Equal(FakeFleet.AddressOf(1), await grain.Where());
        fleet.See(1, 2, 0);
        var call = grain.Where();
        await Eventually.True(() => fleet.Memberships[0].Asked.Contains(2), "the caller to ask for the newer view");
        fleet.See(0, 2, 0);

        Assert.Equal(FakeFleet.AddressOf(0), await call);
    }

    [Fact]
    public async Task When_a_grain_moves_its_running_call_ends_where_it_is_and_those_that_wait_go_on()
    {
        await using var fleet = await FakeFleet.Start(3);
        for (var silo = 0; silo < 3; silo++) fleet.See(silo, 2, 0, 1);
        var grain = fleet.Moving(from: 1, by: 0, [0, 1], to: 2, [0, 1, 2]);
        var stage = Stage.Of(grain);
        var running = grain.Play("a");
        await stage.Until("+a");
        var waiting = grain.Where();
        for (var silo = 0; silo < 3; silo++) fleet.See(silo, 3, 0, 1, 2);

        Assert.Equal(FakeFleet.AddressOf(2), await waiting);
        stage.Open("a");
        await running;
        await stage.Until("deactivated on silo-1 Migrating");
    }

    [Fact]
    public async Task A_silo_without_its_lease_runs_no_call_and_the_caller_asks_until_there_is_one_who_may()
    {
        await using var fleet = await FakeFleet.Start(3);
        var grain = fleet.Moving(from: 1, by: 0, [0, 1, 2], to: 2, [0, 2]);
        fleet.Memberships[1].HoldsLease = false;
        var refusals = 0;
        fleet.Peers[1].BeforeSending = (_, kind) => refusals += kind == FrameKind.Redirect ? 1 : 0;
        var call = grain.Where();
        await Eventually.True(() => Volatile.Read(ref refusals) > 1, "two refusals");
        Assert.False(call.IsCompleted);
        for (var silo = 0; silo < 3; silo++) fleet.See(silo, 2, 0, 2);

        Assert.Equal(FakeFleet.AddressOf(2), await call);
        Assert.Equal(["activated on silo-2"], Stage.Of(grain).Events);
    }

    [Fact]
    public async Task Silos_whose_views_never_meet_do_not_send_a_call_to_and_fro_for_ever()
    {
        await using var fleet = await FakeFleet.Start(3);
        var grain = fleet.Moving(from: 1, by: 0, [0, 1, 2], to: 2, [0, 2]);

        // By the same version, which cannot be. Each says that the other is the owner.
        fleet.See(1, 2, 0, 2);
        fleet.See(2, 2, 0, 1);
        fleet.See(0, 2, 0, 1);
        await Assert.ThrowsAsync<TimeoutException>(grain.PlayShortly);
        Assert.Empty(Stage.Of(grain).Events);

        // One that nobody waits for goes to and fro until it has been passed on too often.
        var sent = 0;
        fleet.Peers[1].BeforeSending = (_, _) => Interlocked.Increment(ref sent);
        await grain.Tell("b");
        await Eventually.True(() => Volatile.Read(ref sent) >= RemoteCalls.MaxRedirects / 2, "the call to go to and fro");
        Assert.Empty(Stage.Of(grain).Events);
    }

    [Fact]
    public async Task A_one_way_call_to_the_wrong_silo_is_passed_on()
    {
        await using var fleet = await FakeFleet.Start(3);
        var place = fleet.Moving(from: 1, by: 0, [0, 1, 2], to: 2, [0, 2]);
        fleet.See(1, 2, 0, 2);
        fleet.See(2, 2, 0, 2);
        await place.Tell("a");

        await Stage.Of(place).Until("told a on silo-2");
    }
}
