using System.Diagnostics;

namespace FteAgent.Telemetry;

/// <summary>Where a trace goes on from is stored as text, and comes back whatever was stored.</summary>
[Collection(nameof(TracesTests))]
public sealed class TracesTests : IDisposable
{
    private const string First = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";
    private const string Second = "00-1af7651916cd43dd8448eb211c80319c-b7ad6b7169203332-01";

    private readonly ActivityListener listener = new()
    {
        ShouldListenTo = static source => source.Name == Traces.Name,
        Sample = static (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllDataAndRecorded,
    };

    public TracesTests() => ActivitySource.AddActivityListener(listener);

    public void Dispose() => listener.Dispose();

    [Fact]
    public void A_later_step_goes_on_in_the_first_ones_trace_with_links_to_the_others()
    {
        using var step = Traces.GoOn("draft", Traces.Join(First, Second));

        Assert.Equal((ActivityContext.Parse(First, null).TraceId, ActivityContext.Parse(First, null).SpanId), (step!.TraceId, step.ParentSpanId));
        Assert.Equal([ActivityContext.Parse(Second, null).TraceId], step.Links.Select(link => link.Context.TraceId));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("nonsense and more of it")]
    [InlineData("00-00000000000000000000000000000000-0000000000000000-00")]
    public void What_cannot_be_read_makes_a_trace_of_its_own(string? stored)
    {
        using var other = new Activity("somebody else's").SetIdFormat(ActivityIdFormat.W3C).Start();
        using var step = Traces.GoOn("draft", stored);

        Assert.Equal(default, step!.ParentSpanId);
        Assert.NotEqual(other.TraceId, step.TraceId);
        Assert.Empty(step.Links);
    }

    [Fact]
    public void No_more_places_are_kept_than_there_is_room_for()
    {
        string? stored = null;
        for (var i = 0; i < 100; i++)
            stored = Traces.Join(stored, $"00-{i:x32}-b7ad6b7169203331-01");

        Assert.Equal(Traces.PlaceLimit, stored!.Split(' ').Length);
        Assert.StartsWith($"00-{0:x32}", stored, StringComparison.Ordinal);
        Assert.Equal(stored, Traces.Join(stored, null));
    }

    [Fact]
    public void A_message_that_joins_is_linked_to_where_its_answer_is_made()
    {
        using var message = Traces.Begin("accept");

        Traces.LinkTo(message, First);
        Traces.LinkTo(message, message!.Id);

        Assert.Equal([ActivityContext.Parse(First, null).TraceId], message.Links.Select(link => link.Context.TraceId));
    }
}
