using System.Collections.Immutable;
using FteAgent.Conversations;

namespace FteAgent.Reports;

/// <summary>Counts what happened.</summary>
public interface IReportQueries
{
    /// <summary>What happened from <paramref name="from"/> (inclusive) to <paramref name="to"/> (exclusive), read from one state of the record.</summary>
    Task<ActivityReport> Activity(DateTimeOffset from, DateTimeOffset to, ActivityMeasures measures, CancellationToken cancellationToken);

    /// <summary>
    /// How much was asked on these days, both inclusive, that no document answers. It is found some time after their end, so it is
    /// no part of a report that is kept. Days without any, or of which it is not known or not kept any more, are left out.
    /// </summary>
    Task<ImmutableSortedDictionary<DateOnly, GapFigures>> Gaps(DateOnly first, DateOnly last, CancellationToken cancellationToken);
}

/// <summary>What was asked on a day that no document answers. What it was about stands with the gaps themselves, from which people can be erased.</summary>
/// <param name="Gaps">How many subjects.</param>
/// <param name="Messages">In how many messages.</param>
public sealed record GapFigures(int Gaps, int Messages);

/// <summary>By what measure a period is judged: these are the deployment's own, and the record knows none of them.</summary>
/// <param name="LowSentiment">Below this, on the scale of 0 to 1, a message counts as unhappy.</param>
/// <param name="Promises">Within which time a first response is promised, by channel.</param>
public sealed record ActivityMeasures(double LowSentiment, ImmutableSortedDictionary<Channel, TimeSpan> Promises);
