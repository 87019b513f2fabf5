using System.Diagnostics;

namespace FteAgent.Telemetry;

/// <summary>
/// Our own part of a trace, from a message to its reply. A draft and a delivery run later than the request that asked for them, and maybe
/// on another silo, so the place in the trace is stored with what they go on from, in the form of W3C's <c>traceparent</c>.
/// </summary>
public static class Traces
{
    /// <summary>The name of our activities' source. Our meter has the same.</summary>
    public const string Name = "FteAgent";

    /// <summary>How many places are kept with one exchange: the first is where it goes on, the others are linked.</summary>
    public const int PlaceLimit = 8;

    private const char Separator = ' ';

    private static readonly ActivitySource Source = new(Name);

    /// <summary>This place, to go on from later; null while nobody takes traces, and then nothing is stored.</summary>
    public static string? Here => Source.HasListeners() && Activity.Current is { IdFormat: ActivityIdFormat.W3C } now ? now.Id : null;

    /// <summary>Begins a step of what is going on here.</summary>
    public static Activity? Begin(string step) => Source.StartActivity(step);

    /// <summary>
    /// Begins a step that goes on from where it was stored: in the trace of the first place, with links to the others. Without one it is a
    /// trace of its own.
    /// </summary>
    public static Activity? GoOn(string step, string? stored)
    {
        if (!Source.HasListeners())
            return null;
        var places = Read(stored);
        // Whatever runs here now belongs to somebody else.
        if (places.Count == 0)
            Leave();
        return Source.StartActivity(
            step, ActivityKind.Internal, places.Count == 0 ? default : places[0], tags: null, links: places.Skip(1).Select(place => new ActivityLink(place)));
    }

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
