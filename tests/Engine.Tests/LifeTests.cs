using System.Runtime.CompilerServices;
using FteAgent.Engine.Tests.Grains;
using FteAgent.Engine.Tests.Support;
using Orleans.Configuration;

namespace FteAgent.Engine.Tests;

public sealed class LifeTests
{
    private static readonly TimeSpan Age = new GrainCollectionOptions().CollectionAge;
    private static readonly TimeSpan Quantum = GrainCollectionOptions.DEFAULT_COLLECTION_QUANTUM;

    [Fact]
    public async Task A_grain_that_nobody_calls_is_deactivated_and_one_in_use_is_not()
    {
        await using var silo = await TestSilo.Start();
        var (idle, used) = (silo.Grain<ILifeGrain>(), silo.Grain<ILifeGrain>());
        await idle.Touch();
        await used.Touch();
        silo.Time.Advance(Age / 2);
        await used.Touch();
        var ended = silo.Cluster.WaitForDeactivationAsync(idle);
        silo.Time.Advance(Age / 2 + Quantum);
        await ended.WaitAsync(Eventually.Limit);

        Assert.Equal(["activated", "deactivated ActivationIdle"], Stage.Of(idle).Events);
        Assert.Equal(2 + 1, await used.Touch());
        Assert.Equal(1, await idle.Touch());
    }

    [Fact]
    public async Task A_grain_can_delay_its_deactivation()
    {
        await using var silo = await TestSilo.Start();
        var grain = silo.Grain<ILifeGrain>();
        await grain.Keep(Age * 3);
        silo.Time.Advance(Age * 2);
        Assert.Equal(1, silo.Activations);

        var ended = silo.Cluster.WaitForDeactivationAsync(grain);
        silo.Time.Advance(Age + Quantum);
        await ended.WaitAsync(Eventually.Limit);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_timer_keeps_its_grain_alive_only_where_it_says_so(bool keepAlive)
    {
        await using var silo = await TestSilo.Start();
        var grain = silo.Grain<ILifeGrain>();
        var stage = Stage.Of(grain);
        var period = Age * 0.4;
        for (var tick = 1; tick <= 9; tick++) stage.Open($"t{tick}");
        await grain.StartTimer("t", period, interleave: false, keepAlive);
        for (var tick = 1; tick <= (keepAlive ? 5 : 2); tick++)
        {
            silo.Time.Advance(period);
            await stage.Until($"-t{tick}");
            await Eventually.True(() => silo.Cluster.TryGetGrainContext(grain.GetGrainId(), out var context) && ((Activation)context).IsQuiet, "the tick to end");
        }

        Assert.Equal(1, silo.Activations);
        if (keepAlive) return;

        var ended = silo.Cluster.WaitForDeactivationAsync(grain);
        silo.Time.Advance(Age - period * 2 + Quantum);
        await ended.WaitAsync(Eventually.Limit);
    }

    [Fact]
    public async Task Callers_hear_why_a_grain_could_not_be_activated_and_the_next_call_tries_again()
    {
        await using var silo = await TestSilo.Start();
        var grain = silo.Cluster.Client.GetGrain<ILifeGrain>($"failing/1/{Guid.NewGuid()}");

        Assert.Equal("not yet", (await Assert.ThrowsAsync<FormatException>(grain.Touch)).Message);
        Assert.Equal(1, await grain.Touch());
        Assert.Equal(["activated", "activated"], Stage.Of(grain).Events);
    }

    [Fact]
    public async Task Calls_that_wait_when_a_grain_ends_run_on_the_next_activation()
    {
        await using var silo = await TestSilo.Start();
        var grain = silo.Grain<ILifeGrain>();
        var stage = Stage.Of(grain);
        await grain.Touch();
        var running = grain.Play("a");
        var end = grain.End();
        var waiting = grain.Touch();
        stage.Open("a");
        await Task.WhenAll(running, end);

        Assert.Equal(1, await waiting);
        Assert.Equal(["activated", "+a", "-a", "deactivated ApplicationRequested", "activated"], stage.Events);
    }

    [Fact]
    public async Task A_stopping_silo_lets_running_calls_end_deactivates_its_grains_and_refuses_the_rest()
    {
        await using var silo = await TestSilo.Start();
        var grain = silo.Grain<ILifeGrain>();
        var stage = Stage.Of(grain);
        var running = grain.Play("a");
        await stage.Until("+a");
        var stopping = silo.Cluster.StopAllSilosAsync();
        await Eventually.True(() => { var refused = grain.Touch(); return refused.IsFaulted; }, "the silo to refuse calls");
        Assert.False(stopping.IsCompleted);
        stage.Open("a");
        await stopping;
        await running;

        Assert.Equal(["activated", "+a", "-a", "deactivated ShuttingDown"], stage.Events);
        await Assert.ThrowsAsync<SiloUnavailableException>(grain.Touch);
    }

    [Fact]
    public async Task A_running_call_may_still_call_other_grains_while_the_silo_stops()
    {
        await using var silo = await TestSilo.Start();
        var grain = silo.Grain<ILifeGrain>();
        var stage = Stage.Of(grain);
        var running = grain.PlayThenTouch("a", silo.Grain<ILifeGrain>());
        await stage.Until("+a");
        var stopping = silo.Cluster.StopAllSilosAsync();
        await Eventually.True(() => { var refused = grain.Touch(); return refused.IsFaulted; }, "the silo to refuse calls");
        stage.Open("a");
        await stopping;

        Assert.Equal(1, await running);
    }

    [Fact]
    public async Task What_a_grain_held_is_free_once_it_has_ended()
    {
        await using var silo = await TestSilo.Start();
        var (grain, instance) = await Activate(silo);
        await silo.Cluster.DeactivateAsync(grain);
        await Eventually.True(
            () =>
            {
                GC.Collect();
                return !instance.IsAlive;
            },
            "the instance to be collected");

        Assert.Equal(0, silo.Activations);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static async Task<(ILifeGrain Grain, WeakReference Instance)> Activate(TestSilo silo)
    {
        var grain = silo.Grain<ILifeGrain>();
        await grain.Touch();
        Assert.True(silo.Cluster.TryGetGrainContext(grain.GetGrainId(), out var context));
        return (grain, new(context.GrainInstance));
    }
}
