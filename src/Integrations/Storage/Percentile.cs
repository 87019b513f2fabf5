namespace FteAgent.Storage;

/// <summary>A percentile as Postgres' <c>percentile_cont</c> counts it: between two values it lies between them.</summary>
internal static class Percentile
{
    /// <param name="sorted">The values in order, at least one.</param>
    /// <param name="share">Which share of them is no larger, 0 to 1.</param>
    public static double Of(IReadOnlyList<long> sorted, double share)
    {
        var place = share * (sorted.Count - 1);
        var (below, above) = (sorted[(int)Math.Floor(place)], sorted[(int)Math.Ceiling(place)]);
        return below + (above - below) * (place - Math.Floor(place));
    }
}
