using FteAgent.Engine.Tests.Grains;
using FteAgent.Engine.Tests.Support;

namespace FteAgent.Engine.Tests;

[Collection(ClusterCollection.Name)]
public sealed class InterleavingTests(ClusterFixture fixture)
{
    [Fact]
    public async Task A_call_waits_until_the_one_before_it_has_ended()
    {
        var grain = Stage<IStageGrain>(out var stage);
        var first = grain.Play("a");
        await stage.Until("+a");
        var second = grain.Play("b");
        stage.Open("probe");
        await grain.Interleave("probe");

        Assert.Equal(["+a", "+probe", "-probe"], stage.Events);
        stage.Open("b");
        stage.Open("a");
        await Task.WhenAll(first, second);
        Assert.Equal(["+a", "+probe", "-probe", "-a", "+b", "-b"], stage.Events);
    }

    [Fact]
    public async Task Calls_that_only_read_run_together_and_no_other_runs_with_them()
    {
        var grain = Stage<IStageGrain>(out var stage);
        var one = grain.Read("r1");
        var two = grain.Read("r2");
        await stage.Until("+r1");
        await stage.Until("+r2");
        var write = grain.Play("w");
        stage.Open("r1");
        await one;
        stage.Open("probe");
        await grain.Interleave("probe");

        Assert.DoesNotContain("+w", stage.Events);
        stage.Open("r2");
        await two;
        await stage.Until("+w");
        stage.Open("r3");
        var late = grain.Read("r3");
        await grain.Interleave("probe");
        Assert.DoesNotContain("+r3", stage.Events);
        stage.Open("w");
        await Task.WhenAll(write, late);
    }

    [Fact]
    public async Task Calls_of_a_reentrant_grain_all_run_together()
    {
        var grain = Stage<IReentrantStageGrain>(out var stage);
        var calls = new[] { grain.Play("a"), grain.Play("b"), grain.Read("c") };
        await stage.Until("+c");

        Assert.Equal(["+a", "+b", "+c"], stage.Events.Order());
        foreach (var part in "abc") stage.Open($"{part}");
        await Task.WhenAll(calls);
    }

    [Fact]
    public async Task A_class_may_say_itself_which_calls_run_together()
    {
        var grain = Stage<IPickyStageGrain>(out var stage);
        var first = grain.Play("a");
        await stage.Until("+a");
        var second = grain.Play("b");
        stage.Open("welcome");
        await grain.Play("welcome");

        Assert.Equal(["+a", "+welcome", "-welcome"], stage.Events);
        await Assert.ThrowsAsync<InvalidOperationException>(() => grain.Play("unfair"));
        stage.Open("a");
        stage.Open("b");
        await Task.WhenAll(first, second);
    }

    [Fact]
    public async Task A_chain_of_calls_may_come_back_where_the_grain_allowed_it()
    {
        var one = Stage<IStageGrain>(out var stage);
        var two = Stage<IStageGrain>(out _);
        stage.Open("back");

        await one.CallBack(two, allowed: true).WaitAsync(TimeSpan.FromSeconds(20));
    }

    [Fact]
    public async Task The_caller_of_a_one_way_method_does_not_wait()
    {
        var grain = Stage<IStageGrain>(out var stage);
        await grain.Tell("a");
        await stage.Until("+a");

        Assert.DoesNotContain("-a", stage.Events);
        stage.Open("a");
        await stage.Until("-a");
    }

    private T Stage<T>(out Stage stage) where T : IGrainWithStringKey
    {
        var grain = fixture.Grain<T>();
        stage = Support.Stage.Of(grain);
        return grain;
    }
}
