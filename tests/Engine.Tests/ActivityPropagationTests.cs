using System.Collections.Concurrent;
using System.Diagnostics;
using FteAgent.Engine.Tests.Clustering.Routing;
using FteAgent.Engine.Tests.Grains;
using FteAgent.Engine.Tests.Support;

namespace FteAgent.Engine.Tests;

/// <summary>A call is a part of whatever its caller is at, also on another silo.</summary>
public sealed class ActivityPropagationTests : IDisposable
{
    private readonly ConcurrentQueue<Activity> _ended = new();
    private readonly ActivityListener _listener;

    public ActivityPropagationTests()
    {
        _listener = new()
        {
            ShouldListenTo = static source => source.Name == "Microsoft.Orleans.Application",
            Sample = static (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllDataAndRecorded,
            ActivityStopped = _ended.Enqueue,
        };
        ActivitySource.AddActivityListener(_listener);
    }

    public void Dispose() => _listener.Dispose();

    [Fact]
    public async Task A_call_and_the_calls_that_it_makes_hang_together()
    {
        await using var silo = await TestSilo.StartForGrains(static builder => builder.AddActivityPropagation());
        var caller = Begin();
        await silo.Grain<ITalkGrain>().Relay(silo.Grain<ITalkGrain>(), "a");
        caller.Stop();

        var (relayOut, relayIn) = (Step(caller, "Relay", ActivityKind.Client), Step(caller, "Relay", ActivityKind.Server));
        var (sayOut, sayIn) = (Step(caller, "Say", ActivityKind.Client), Step(caller, "Say", ActivityKind.Server));
        Assert.Equal([caller.SpanId, relayOut.SpanId, relayIn.SpanId, sayOut.SpanId], [relayOut.ParentSpanId, relayIn.ParentSpanId, sayOut.ParentSpanId, sayIn.ParentSpanId]);
        Assert.Equal("orleans", sayIn.GetTagItem("rpc.system"));
    }

    [Fact]
    public async Task The_place_in_a_trace_travels_to_another_silo()
    {
        await using var fleet = await Fleet.Start(2, static silo => silo.AddActivityPropagation());
        var caller = Begin();
        await fleet.Grain<ITalkGrain>(on: 1, from: 0).Say("a");
        caller.Stop();

        Assert.Equal(Step(caller, "Say", ActivityKind.Client).SpanId, Step(caller, "Say", ActivityKind.Server).ParentSpanId);
    }

    [Fact]
    public async Task The_callers_request_context_stays_as_it_was()
    {
        await using var silo = await TestSilo.StartForGrains(static builder => builder.AddActivityPropagation());
        using var caller = Begin();
        await silo.Grain<ITalkGrain>().Say("a");

        Assert.DoesNotContain("traceparent", RequestContext.Keys);
    }

    [Fact]
    public async Task A_failure_is_told_by_its_type_and_not_by_its_words()
    {
        await using var silo = await TestSilo.StartForGrains(static builder => builder
            .AddActivityPropagation()
            .AddIncomingGrainCallFilter(static _ => throw new UnauthorizedAccessException("my secret")));
        var caller = Begin();
        await Assert.ThrowsAsync<UnauthorizedAccessException>(() => silo.Grain<ITalkGrain>().Say("a"));
        caller.Stop();

        var step = Step(caller, "Say", ActivityKind.Server);
        Assert.Equal((ActivityStatusCode.Error, typeof(UnauthorizedAccessException).FullName), (step.Status, step.GetTagItem("error.type")));
        Assert.DoesNotContain(step.TagObjects, static tag => $"{tag.Value}".Contains("secret", StringComparison.Ordinal));
    }

    [Fact]
    public async Task What_a_filter_sets_travels_with_the_call()
    {
        await using var silo = await TestSilo.StartForGrains(static builder => builder.AddOutgoingGrainCallFilter(static async context =>
        {
            RequestContext.Set("by-filter", "yes");
            await context.Invoke();
        }));

        Assert.Equal("yes", await silo.Grain<ITalkGrain>().Context("by-filter", null));
        Assert.Null(RequestContext.Get("by-filter"));
    }

    private static Activity Begin() => new Activity("caller").SetIdFormat(ActivityIdFormat.W3C).Start();

    private Activity Step(Activity caller, string method, ActivityKind kind) =>
        Assert.Single(_ended, step => step.TraceId == caller.TraceId && step.Kind == kind && step.DisplayName == $"{nameof(ITalkGrain)}/{method}");
}
