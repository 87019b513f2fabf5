using System.Collections.Concurrent;
using System.Diagnostics;
using FteAgent.Api.Hosting;

namespace FteAgent.Api.Tracing;

/// <summary>A request comes from outside: it says which trace it belongs to, and we decide.</summary>
public sealed class IncomingTraceTests : IDisposable
{
    private const string Trace = "0af7651916cd43dd8448eb211c80319c";
    private const string Parent = $"00-{Trace}-b7ad6b7169203331-01";

    private readonly ConcurrentQueue<Activity> requests = new();
    private readonly ActivityListener listener;

    public IncomingTraceTests()
    {
        listener = new()
        {
            ShouldListenTo = static source => source.Name == "Microsoft.AspNetCore",
            Sample = static (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllDataAndRecorded,
            ActivityStopped = requests.Enqueue,
        };
        ActivitySource.AddActivityListener(listener);
    }

    public void Dispose() => listener.Dispose();

    [Fact]
    public async Task A_request_starts_a_trace_of_its_own_and_is_linked_to_the_one_it_names()
    {
        await using var silo = await RunningSilo.Start();

        var answer = await silo.Anyone.Get("/support/ticket/none", ("traceparent", Parent), ("tracestate", "theirs=1"), ("baggage", "words=of-a-stranger"));

        var own = answer.ExpectProblem(404)["trace_id"].GetString()!;
        Assert.Equal(own, answer.Headers["traceresponse"].Split('-')[1]);
        Assert.DoesNotContain(Trace, own, StringComparison.Ordinal);
        var request = await Eventually.Get(() => Task.FromResult(requests.FirstOrDefault(activity => activity.TraceId.ToHexString() == own)), found => found is not null);
        Assert.Equal(Trace, Assert.Single(request!.Links).Context.TraceId.ToHexString());
        Assert.Equal((default, 0, null), (request.ParentSpanId, request.Baggage.Count(), request.TraceStateString));
    }

    [Fact]
    public async Task Where_only_systems_of_ones_own_can_ask_the_trace_goes_on()
    {
        await using var silo = await RunningSilo.Start(("INCOMING_TRACES", "continue"));

        var answer = await silo.Anyone.Get("/support/ticket/none", ("traceparent", Parent));

        Assert.StartsWith($"00-{Trace}-", answer.Headers["traceresponse"], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("00-zzz")]
    [InlineData("00-00000000000000000000000000000000-0000000000000000-01")]
    [InlineData("ff-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01-and-a-lot-more-of-it")]
    public async Task Nonsense_is_no_link_and_no_failure(string parent)
    {
        await using var silo = await RunningSilo.Start();

        var answer = await silo.Anyone.Get("/openapi/v1.json", ("traceparent", parent));

        Assert.Equal(200, answer.Status);
        var request = await Eventually.Get(() => Task.FromResult(requests.FirstOrDefault(activity => activity.Id == answer.Headers["traceresponse"])), found => found is not null);
        Assert.Empty(request!.Links);
    }

    [Fact]
    public async Task Probes_leave_no_trace()
    {
        await using var silo = await RunningSilo.Start();

        var answer = await silo.Anyone.Get("/health/live");

        var request = await Eventually.Get(() => Task.FromResult(requests.FirstOrDefault(activity => activity.Id![..52] == answer.Headers["traceresponse"][..52])), found => found is not null);
        Assert.False(request!.Recorded);
    }
}
