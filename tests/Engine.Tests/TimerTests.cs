using FteAgent.Engine.Tests.Grains;
using FteAgent.Engine.Tests.Support;

namespace FteAgent.Engine.Tests;

public sealed class TimerTests
{
    private static readonly TimeSpan Period = TimeSpan.FromSeconds(1);

    [Fact]
    public async Task Ticks_never_overlap_and_the_period_begins_when_a_tick_has_ended()
    {
        await using var silo = await TestSilo.StartForGrains();
        var grain = silo.Grain<ILifeGrain>();
        var stage = Stage.Of(grain);
        await grain.StartTimer("t", Period, interleave: true, keepAlive: false);
        silo.Time.Advance(Period);
        await stage.Until("+t1");
        silo.Time.Advance(Period * 5);
        await grain.Touch();
        Assert.DoesNotContain("+t2", stage.Events);

        stage.Open("t1");
        await stage.Until("-t1");
        await grain.Touch();
        silo.Time.Advance(Period);
        await stage.Until("+t2");
        stage.Open("t2");
    }

    [Fact]
    public async Task A_tick_waits_for_the_running_call_unless_it_may_interleave()
    {
        await using var silo = await TestSilo.StartForGrains();
        var (grain, other) = (silo.Grain<ILifeGrain>(), silo.Grain<ILifeGrain>());
        await grain.StartTimer("t", Period, interleave: false, keepAlive: false);
        await other.StartTimer("t", Period, interleave: true, keepAlive: false);
        var (call, otherCall) = (grain.Play("a"), other.Play("a"));
        await Task.WhenAll(Stage.Of(grain).Until("+a"), Stage.Of(other).Until("+a"));
        silo.Time.Advance(Period);

        await Stage.Of(other).Until("+t1");
        Assert.DoesNotContain("+t1", Stage.Of(grain).Events);
        Stage.Of(grain).Open("a");
        Stage.Of(other).Open("a");
        await Task.WhenAll(call, otherCall);
        await Stage.Of(grain).Until("+t1");
        Stage.Of(grain).Open("t1");
        Stage.Of(other).Open("t1");
    }

    [Fact]
    public async Task A_tick_that_fails_does_not_stop_the_timer()
    {
        await using var silo = await TestSilo.StartForGrains();
        var grain = silo.Grain<ILifeGrain>();
        var stage = Stage.Of(grain);
        stage.Open("bad1");
        stage.Open("bad2");
        await grain.StartTimer("bad", Period, interleave: false, keepAlive: false);
        silo.Time.Advance(Period);
        await stage.Until("-bad1");
        await grain.Touch();
        silo.Time.Advance(Period);
        await stage.Until("-bad2");
    }

    [Fact]
    public async Task A_timer_can_be_changed_and_stopped()
    {
        await using var silo = await TestSilo.StartForGrains();
        var grain = silo.Grain<ILifeGrain>();
        var stage = Stage.Of(grain);
        stage.Open("t1");
        await grain.StartTimer("t", Period, interleave: false, keepAlive: false);
        await grain.ChangeTimer(Period * 10);
        silo.Time.Advance(Period * 9);
        await grain.Touch();
        Assert.DoesNotContain("+t1", stage.Events);

        silo.Time.Advance(Period);
        await stage.Until("-t1");
        await grain.StartTimer("u", Period, interleave: false, keepAlive: false);
        await grain.StopTimer();
        silo.Time.Advance(Period * 5);
        await grain.Touch();
        Assert.DoesNotContain("+u1", stage.Events);
    }

    [Fact]
    public async Task A_timer_ends_with_its_activation()
    {
        await using var silo = await TestSilo.StartForGrains();
        var grain = silo.Grain<ILifeGrain>();
        await grain.StartTimer("t", Period, interleave: false, keepAlive: false);
        await silo.Cluster.DeactivateAsync(grain);
        silo.Time.Advance(Period * 5);
        await grain.Touch();

        Assert.DoesNotContain("+t1", Stage.Of(grain).Events);
    }
}
