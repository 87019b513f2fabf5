using System.Collections.Concurrent;
using FteAgent.Engine.Tests.Grains;
using FteAgent.Engine.Tests.Support;

namespace FteAgent.Engine.Tests;

public sealed class FilterTests
{
    [Fact]
    public async Task Filters_run_in_order_around_the_call_and_may_change_arguments_and_result()
    {
        await using var silo = await TestSilo.StartForGrains(builder => builder
            .AddOutgoingGrainCallFilter(new Wrap("out1"))
            .AddOutgoingGrainCallFilter(new Wrap("out2"))
            .AddIncomingGrainCallFilter(new Wrap("in1"))
            .AddIncomingGrainCallFilter(new Wrap("in2")));

        Assert.Equal("a >out1 >out2 >in1 >in2 own <in2 <in1 <out2 <out1", await silo.Grain<ITalkGrain>().Say("a"));
    }

    [Fact]
    public async Task A_filter_sees_who_calls_whom()
    {
        var calls = new ConcurrentQueue<string>();
        await using var silo = await TestSilo.StartForGrains(builder => builder.AddIncomingGrainCallFilter(async context =>
        {
            calls.Enqueue($"{context.SourceId?.ToString() ?? "outside"} → {context.TargetId} {context.InterfaceMethod.Name}/{context.ImplementationMethod.DeclaringType!.Name}");
            await context.Invoke();
        }));
        var (one, two) = (silo.Grain<ITalkGrain>(), silo.Grain<ITalkGrain>());
        await one.Relay(two, "a");

        Assert.Equal([$"outside → {one.GetGrainId()} Relay/TalkGrain", $"{one.GetGrainId()} → {two.GetGrainId()} Say/TalkGrain"], calls);
    }

    [Fact]
    public async Task A_filter_may_refuse_a_call()
    {
        await using var silo = await TestSilo.StartForGrains(builder => builder.AddIncomingGrainCallFilter(context =>
            context.MethodName == nameof(ITalkGrain.Say) ? throw new UnauthorizedAccessException("no") : context.Invoke()));

        await Assert.ThrowsAsync<UnauthorizedAccessException>(() => silo.Grain<ITalkGrain>().Say("a"));
    }

    [Fact]
    public async Task Filters_meet_timer_ticks_too_under_an_interface_that_is_not_the_products()
    {
        var interfaces = new ConcurrentQueue<string>();
        await using var silo = await TestSilo.StartForGrains(builder => builder.AddIncomingGrainCallFilter(context =>
        {
            interfaces.Enqueue(context.InterfaceName);
            return context.Invoke();
        }));
        var grain = silo.Grain<ILifeGrain>();
        Stage.Of(grain).Open("t1");
        await grain.StartTimer("t", TimeSpan.FromSeconds(1), interleave: false, keepAlive: false);
        silo.Time.Advance(TimeSpan.FromSeconds(1));
        await Stage.Of(grain).Until("-t1");

        Assert.Equal([nameof(ILifeGrain), "IGrainTimerInvoker"], interfaces);
    }

    private sealed class Wrap(string name) : IIncomingGrainCallFilter, IOutgoingGrainCallFilter
    {
        public Task Invoke(IIncomingGrainCallContext context) => Around(context);

        public Task Invoke(IOutgoingGrainCallContext context) => Around(context);

        private async Task Around(IGrainCallContext context)
        {
            context.Request.SetArgument(0, $"{context.Request.GetArgument(0)} >{name}");
            await context.Invoke();
            context.Result = $"{context.Result} <{name}";
        }
    }
}
