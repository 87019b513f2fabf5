using System.Diagnostics;

namespace FteAgent.Telemetry;

/// <summary>
/// Our own part of a trace, from a message to its reply. A draft and a delivery run later than the request that asked for them, and maybe
/// on another silo, so the place in the trace is stored with what they go on from, in the form of W3C's <c>traceparent</c>.
/// </summary>
/// <remarks>
/// That is so whether or not anybody takes traces: log lines bear the trace's id, and an operator follows a message by it. Where nobody
/// does, a step that goes on is an activity that only bears its place, and a step within another is none.
/// </remarks>
public static class Traces
{
    /// <summary>The name of our activities' source. Our meter has the same.</summary>
    public const string Name = "FteAgent";

    /// <summary>How many places are kept with one exchange: the first is where it goes on, the others are linked.</summary>
    public const int PlaceLimit = 8;

    private const char Separator = ' ';

    /// <summary>What the place of a call's sender is called in what travels with the call.</summary>
    private const string Sent = "fte.trace";

    private static readonly ActivitySource Source = new(Name);

    /// <summary>This place, to go on from later; null where nothing is going on.</summary>
    public static string? Here => Activity.Current is { IdFormat: ActivityIdFormat.W3C } now ? now.Id : null;

    /// <summary>Begins a step of what is going on here.</summary>
    public static Activity? Begin(string step) => Source.StartActivity(step);

    /// <summary>
    /// Begins a step that goes on from where it was stored: in the trace of the first place, with links to the others. Without one it is a
    /// trace of its own.
    /// </summary>
    public static Activity? GoOn(string step, string? stored)
    {
        var places = Read(stored);
        // Whatever runs here now belongs to somebody else.
        if (places.Count == 0)
            Leave();
        return Source.StartActivity(
                step, ActivityKind.Internal, places.Count == 0 ? default : places[0], tags: null, links: places.Skip(1).Select(place => new ActivityLink(place)))
            ?? (places.Count == 0 ? null : At(step, places[0]));
    }

    /// <summary>
    /// Calls made from here on, within the caller's own method, bear this place. The engine does so itself only where somebody takes traces,
    /// since it makes activities of every call.
    /// </summary>
    public static void Send()
    {
        if (Here is { } here)
            RequestContext.Set(Sent, here);
        else
            RequestContext.Remove(Sent);
    }

    /// <summary>Whether the call that runs here bears its sender's place, and nothing else says where it belongs.</summary>
    public static bool Arrived => Activity.Current is null && RequestContext.Get(Sent) is string;

    /// <summary>Goes on at the place that the call bears which runs here.</summary>
    public static Activity? Arrive(string call) => Read(RequestContext.Get(Sent) as string) is [var place, ..] ? At(call, place) : null;

    /// <summary>
    /// What follows here is no step of what is going on: a stream that is open for hours reads the record all the time, and a trace of all
    /// that would have no end. Holds within the caller's own method and what it calls.
    /// </summary>
    public static void Leave() => Activity.Current = null;

    /// <summary>The first stored place with one more, as far as there is room.</summary>
    public static string? Join(string? stored, string? place)
    {
        if (place is null || stored is null)
            return stored ?? place;
        var known = stored.Split(Separator);
        return known.Length >= PlaceLimit || known.Contains(place, StringComparer.Ordinal) ? stored : $"{stored}{Separator}{place}";
    }

    /// <summary>Links what is going on here to the trace in which its answer will be made, when that is another.</summary>
    public static void LinkTo(Activity? here, string? stored)
    {
        if (here is not null && Read(stored) is [var first, ..] && first.TraceId != here.TraceId)
            here.AddLink(new(first));
    }

    private static Activity At(string step, ActivityContext place) => new Activity(step).SetParentId(place.TraceId, place.SpanId, place.TraceFlags).Start();

    // What cannot be read was not stored by us: the step is then a trace of its own, and no work fails for it.
    private static List<ActivityContext> Read(string? stored)
    {
        var places = new List<ActivityContext>();
        foreach (var text in stored?.Split(Separator, PlaceLimit) ?? [])
            if (ActivityContext.TryParse(text, null, isRemote: true, out var place))
                places.Add(place);
        return places;
    }
}
