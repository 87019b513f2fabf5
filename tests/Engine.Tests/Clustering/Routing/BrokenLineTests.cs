using FteAgent.Engine.Tests.Support;

namespace FteAgent.Engine.Tests.Clustering.Routing;

/// <summary>What becomes of calls when connections break and silos vanish.</summary>
public sealed class BrokenLineTests
{
    private static readonly int[] All = [0, 1, 2];
    private static readonly int[] Left = [0, 2];

    [Fact]
    public async Task A_call_that_was_sent_when_the_line_breaks_fails_for_it_may_have_run()
    {
        await using var fleet = await FakeFleet.Start(3);
        var grain = fleet.Moving(from: 1, by: 0, All, to: 2, Left);
        var call = grain.Play("a");
        await Stage.Of(grain).Until("+a");
        fleet.Network.Cut(FakeFleet.AddressOf(0), FakeFleet.AddressOf(1));

        Assert.Contains("not known", (await Assert.ThrowsAsync<SiloUnavailableException>(() => call)).Message);
    }

    [Fact]
    public async Task A_call_that_was_not_sent_when_the_line_breaks_is_sent_again_and_runs_once()
    {
        await using var fleet = await FakeFleet.Start(3);
        var grain = fleet.Moving(from: 1, by: 0, All, to: 2, Left);
        var breaks = 3;
        fleet.Peers[0].BeforeSending = (to, kind) =>
        {
            if (kind == FrameKind.Request && Interlocked.Decrement(ref breaks) >= 0) fleet.Peers[0].Forget(to);
        };

        Assert.Equal(1, await grain.Count());
        Assert.True(breaks < 0);
    }

    [Fact]
    public async Task A_call_to_a_silo_that_cannot_be_reached_waits_until_it_can()
    {
        await using var fleet = await FakeFleet.Start(3);
        var grain = fleet.Moving(from: 1, by: 0, All, to: 2, Left);
        fleet.Network.Cut(FakeFleet.AddressOf(0), FakeFleet.AddressOf(1));
        var call = grain.Where();
        await Task.Yield();
        Assert.False(call.IsCompleted);
        fleet.Network.Mend(FakeFleet.AddressOf(0), FakeFleet.AddressOf(1));

        Assert.Equal(FakeFleet.AddressOf(1), await call);
    }

    [Fact]
    public async Task A_call_to_a_silo_that_has_vanished_waits_until_its_grains_have_another_owner()
    {
        await using var fleet = await FakeFleet.Start(3);
        var grain = fleet.Moving(from: 1, by: 0, All, to: 2, Left);
        Assert.Equal(FakeFleet.AddressOf(1), await grain.Where());
        fleet.Network.Destroy(FakeFleet.AddressOf(1));
        var call = grain.Where();
        await Task.Yield();
        Assert.False(call.IsCompleted);
        fleet.See(2, 2, Left);
        fleet.See(0, 2, Left);

        Assert.Equal(FakeFleet.AddressOf(2), await call);
    }

    [Fact]
    public async Task A_caller_does_not_wait_longer_than_it_said_for_a_silo_that_cannot_be_reached()
    {
        await using var fleet = await FakeFleet.Start(3);
        var grain = fleet.Moving(from: 1, by: 0, All, to: 2, Left);
        fleet.Network.Cut(FakeFleet.AddressOf(0), FakeFleet.AddressOf(1));

        await Assert.ThrowsAsync<TimeoutException>(grain.PlayShortly);
        fleet.Network.Mend(FakeFleet.AddressOf(0), FakeFleet.AddressOf(1));
        await grain.Count();
        Assert.DoesNotContain("+shortly", Stage.Of(grain).Events);
    }

    [Fact]
    public async Task Two_lines_that_break_at_once_heal_and_nothing_is_stuck()
    {
        await using var fleet = await FakeFleet.Start(3);
        var (one, two) = (fleet.Moving(from: 1, by: 0, All, to: 2, Left), fleet.Moving(from: 2, by: 0, All, to: 0, [0, 1]));
        await Task.WhenAll(one.Count(), two.Count());
        fleet.Network.Cut(FakeFleet.AddressOf(0), FakeFleet.AddressOf(1));
        fleet.Network.Cut(FakeFleet.AddressOf(0), FakeFleet.AddressOf(2));
        var calls = Enumerable.Range(0, 50).SelectMany(_ => new[] { one.Count(), two.Count() }).ToList();

        // The two that are cut off still reach each other.
        var between = Fleet.GrainOn<IPlaceGrain>(fleet.Silos[2], fleet.Silos[1]);
        Assert.Equal(FakeFleet.AddressOf(2), await between.Where());
        fleet.Network.Mend(FakeFleet.AddressOf(0), FakeFleet.AddressOf(2));
        fleet.Network.Mend(FakeFleet.AddressOf(0), FakeFleet.AddressOf(1));

        Assert.Equal(2 * 51 * 52 / 2 - 2, (await Task.WhenAll(calls)).Sum());
    }
}
