using System.Collections.Immutable;

namespace FteAgent.Reports;

/// <summary>The reports that are kept, one for each day that is over. They hold no customer's words and names, and are kept for ever.</summary>
public interface IDailyReports
{
    /// <summary>The report of a day, or null where none is kept.</summary>
    Task<DailyReport?> Find(DateOnly day, CancellationToken cancellationToken);

    /// <summary>Those that are kept of the days from <paramref name="first"/> to <paramref name="last"/>, both inclusive, in order of their days.</summary>
    Task<ImmutableArray<DailyReport>> Between(DateOnly first, DateOnly last, CancellationToken cancellationToken);

    /// <summary>Keeps a report. False where its day has one already: the first one stands, whoever comes later.</summary>
    Task<bool> Keep(DailyReport report, CancellationToken cancellationToken);
}
