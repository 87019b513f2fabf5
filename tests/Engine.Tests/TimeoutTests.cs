using FteAgent.Engine.Tests.Grains;
using FteAgent.Engine.Tests.Support;
using Orleans.Configuration;

namespace FteAgent.Engine.Tests;

public sealed class TimeoutTests
{
    [Fact]
    public async Task A_call_that_takes_too_long_fails_and_says_what_it_was_doing()
    {
        await using var silo = await TestSilo.Start();
        var grain = silo.Grain<IStageGrain>();
        var call = grain.Play("a");
        await Stage.Of(grain).Until("+a");
        silo.Time.Advance(TimeSpan.FromSeconds(28));
        Assert.False(call.IsCompleted);
        silo.Time.Advance(TimeSpan.FromSeconds(3));

        var failure = await Assert.ThrowsAsync<TimeoutException>(() => call);
        Assert.Contains("IStageGrain.Play", failure.Message);
        Assert.Contains("running still", failure.Message);
        Stage.Of(grain).Open("a");
    }

    [Fact]
    public async Task A_method_may_set_its_own_timeout()
    {
        await using var silo = await TestSilo.Start();
        var grain = silo.Grain<IStageGrain>();
        var call = grain.PlayShortly("a");
        await Stage.Of(grain).Until("+a");
        silo.Time.Advance(TimeSpan.FromSeconds(3));

        await Assert.ThrowsAsync<TimeoutException>(() => call);
        Stage.Of(grain).Open("a");
    }

    [Fact]
    public async Task Grains_that_wait_for_each_other_time_out_and_go_on()
    {
        await using var silo = await TestSilo.Start();
        var (one, two) = (silo.Grain<IStageGrain>(), silo.Grain<IStageGrain>());
        var call = one.CallBack(two, allowed: false);
        var after = one.Play("after");
        Stage.Of(one).Open("after");
        Stage.Of(one).Open("back");
        while (!after.IsCompleted || !call.IsCompleted)
        {
            silo.Time.Advance(TimeSpan.FromSeconds(1));
            await Task.Delay(1);
            if (after.IsFaulted) after = one.Play("after");
        }

        await Assert.ThrowsAsync<TimeoutException>(() => call);
        await after;
    }

    [Fact]
    public async Task A_call_whose_caller_gave_up_while_it_waited_never_runs()
    {
        await using var silo = await TestSilo.Start();
        var grain = silo.Grain<IStageGrain>();
        var stage = Stage.Of(grain);
        var running = grain.Play("a");
        var waiting = grain.PlayShortly("b");
        await stage.Until("+a");
        silo.Time.Advance(TimeSpan.FromSeconds(3));
        await Assert.ThrowsAsync<TimeoutException>(() => waiting);

        stage.Open("a");
        stage.Open("b");
        stage.Open("c");
        await running;
        await grain.Play("c");
        Assert.DoesNotContain("+b", stage.Events);
    }

    [Fact]
    public async Task A_timeout_cancels_the_call_on_its_grain_where_the_silo_is_told_so()
    {
        await using var silo = await TestSilo.Start(builder => builder.Configure<SiloMessagingOptions>(options => options.CancelRequestOnTimeout = true));
        var grain = silo.Grain<IStageGrain>();
        var call = grain.PlayUntilCancelled("a", CancellationToken.None);
        await Stage.Of(grain).Until("+a");
        silo.Time.Advance(TimeSpan.FromSeconds(31));

        await Assert.ThrowsAsync<TimeoutException>(() => call);
        await Stage.Of(grain).Until("-a");
    }
}
