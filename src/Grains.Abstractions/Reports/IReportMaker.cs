namespace FteAgent.Reports;

/// <summary>Makes reports of days, by the calendar of the business.</summary>
public interface IReportMaker
{
    /// <summary>The day that goes on now where the business is.</summary>
    DateOnly Today();

    /// <summary>Counts what happened on a day, until now if it is not over; keeps nothing.</summary>
    Task<DailyReport> Make(DateOnly day, CancellationToken cancellationToken);
}
