using System.Globalization;
using FteAgent.Jobs;
using Microsoft.Extensions.Logging;

namespace FteAgent.Reports;

/// <summary>
/// Makes the report of each day that is over, once, whichever silo comes first. What a silo does not come to before it ends, another does, or the
/// same one later.
/// </summary>
internal sealed partial class DailyReporter(ReportMaker maker, IDailyReports reports, IJobRoster jobs, TimeProvider time, ILogger<DailyReporter> logger)
    : Routine(Period, time)
{
    /// <summary>How late after a day's end: what was under way then is committed, and clocks that differ agree that the day is over.</summary>
    public static readonly TimeSpan After = TimeSpan.FromMinutes(10);

    /// <summary>For so many days back reports are made that are missing; older ones are counted whenever somebody asks.</summary>
    public const int LateDays = 7;

    /// <summary>How often it is looked whether a day is over.</summary>
    public static readonly TimeSpan Period = TimeSpan.FromMinutes(1);

    /// <summary>More than counting a day takes. A silo that dies over it is waited for as long as this.</summary>
    public static readonly TimeSpan Lease = TimeSpan.FromMinutes(5);

    /// <summary>Days whose report is known to be kept, so that nobody is asked for them each minute.</summary>
    private readonly HashSet<DateOnly> kept = [];

    /// <summary>The name under which silos agree on who makes a day's report.</summary>
    public static string JobOf(DateOnly day) => string.Create(CultureInfo.InvariantCulture, $"report/{day:yyyy-MM-dd}");

    /// <summary>Not at once: a silo that has just started has better things to do.</summary>
    protected override TimeSpan FirstAfter => Period;

    /// <summary>Makes every report that is due and missing, the oldest first. What is not kept when it is cut off is made again.</summary>
    protected override async Task Do(CancellationToken cancellationToken)
    {
        var due = Due(Time.GetUtcNow());
        kept.IntersectWith(due);
        foreach (var day in due)
        {
            if (kept.Contains(day))
                continue;
            try
            {
                if (await IsKept(day, cancellationToken))
                    kept.Add(day);
            }
            catch (Exception failure) when (!cancellationToken.IsCancellationRequested)
            {
                // One that fails keeps no other from being made.
                LogFailed(logger, failure, day);
            }
        }
    }

    /// <inheritdoc/>
    protected override void Tell(Exception failure) => LogRoundFailed(logger, failure);

    /// <summary>The days that have been over for long enough, and not for too long.</summary>
    private List<DateOnly> Due(DateTimeOffset now)
    {
        var last = maker.Calendar.DayOf(now - After).AddDays(-1);
        return [.. Enumerable.Range(1 - LateDays, LateDays).Select(last.AddDays)];
    }

    /// <summary>Sees to a day. False while another silo is at it.</summary>
    private async Task<bool> IsKept(DateOnly day, CancellationToken cancellationToken)
    {
        if (await reports.Find(day, cancellationToken) is not null)
            return true;
        if (await jobs.Claim(JobOf(day), Lease, cancellationToken) is not { } claim)
            return false;
        var report = await maker.Make(day, cancellationToken);
        if (await reports.Keep(report, cancellationToken))
            LogMade(logger, day, report.TimeZone);
        else
            LogMadeBefore(logger, day);
        // Where this fails the job is open, which nobody notices: the report is found first.
        await jobs.Finish(claim, cancellationToken);
        return true;
    }

    [LoggerMessage(2350, LogLevel.Information, "The report of {Day:yyyy-MM-dd} is made, a day of {TimeZone}.")]
    private static partial void LogMade(ILogger logger, DateOnly day, string timeZone);

    [LoggerMessage(2351, LogLevel.Warning, "The report of {Day:yyyy-MM-dd} could not be made; it is tried again within a minute.")]
    private static partial void LogFailed(ILogger logger, Exception failure, DateOnly day);

    [LoggerMessage(2352, LogLevel.Information, "The report of {Day:yyyy-MM-dd} was made by another silo meanwhile; that one stands.")]
    private static partial void LogMadeBefore(ILogger logger, DateOnly day);

    [LoggerMessage(2353, LogLevel.Error, "Which reports are missing could not be found out; it is tried again within a minute.")]
    private static partial void LogRoundFailed(ILogger logger, Exception failure);
}
