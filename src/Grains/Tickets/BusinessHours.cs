namespace FteAgent.Tickets;

/// <summary>
/// When people work. The clock of a person's promise stops outside these hours, and the customer is told when they begin again.
/// Pure: every answer follows from the hours and the instant asked about.
/// </summary>
internal sealed class BusinessHours
{
    /// <summary>How many days ahead an opening is looked for; a team that never opens would hang the search otherwise.</summary>
    private const int HorizonDays = 400;

    private readonly TimeZoneInfo zone;
    private readonly HashSet<DayOfWeek> days;
    private readonly HashSet<DateOnly> holidays;
    private readonly TimeOnly opens;
    private readonly TimeOnly closes;

    public BusinessHours(BusinessHoursOptions options)
    {
        zone = TimeZoneInfo.FindSystemTimeZoneById(options.TimeZone);
        days = [.. options.Days];
        holidays = [.. options.Holidays];
        opens = options.Opens;
        closes = options.Closes;
        AlwaysOpen = options.AlwaysOpen;
    }

    /// <summary>Whether people work round the clock.</summary>
    public bool AlwaysOpen { get; }

    /// <summary>The team's time zone, for times told to customers.</summary>
    public TimeZoneInfo Zone => zone;

    public bool IsOpen(DateTimeOffset at)
    {
        if (AlwaysOpen)
            return true;
        var local = TimeZoneInfo.ConvertTime(at, zone);
        return WorksOn(DateOnly.FromDateTime(local.DateTime)) && TimeOnly.FromDateTime(local.DateTime) is var time && time >= opens && time < closes;
    }

    /// <summary>The instant itself when people are at work, else the next opening.</summary>
    public DateTimeOffset NextOpen(DateTimeOffset at) => IsOpen(at) ? at : NextOpening(at);

    /// <summary>The instant at which <paramref name="worked"/> of working time has passed since <paramref name="from"/>.</summary>
    public DateTimeOffset Add(DateTimeOffset from, TimeSpan worked)
    {
        if (AlwaysOpen)
            return from + worked;
        var at = NextOpen(from);
        for (var left = worked; ;)
        {
            var closing = Closing(at);
            if (closing - at >= left)
                return at + left;
            left -= closing - at;
            at = NextOpening(closing);
        }
    }

    private DateTimeOffset NextOpening(DateTimeOffset at)
    {
        var today = DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(at, zone).DateTime);
        for (var day = 0; day < HorizonDays; day++)
        {
            var opening = Instant(today.AddDays(day), opens);
            if (WorksOn(today.AddDays(day)) && opening > at)
                return opening;
        }

        throw new InvalidOperationException($"The team has no working day within {HorizonDays} days of {at:O}.");
    }

    private DateTimeOffset Closing(DateTimeOffset open) =>
        Instant(DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(open, zone).DateTime), closes);

    private bool WorksOn(DateOnly day) => days.Contains(day.DayOfWeek) && !holidays.Contains(day);

    private DateTimeOffset Instant(DateOnly day, TimeOnly time)
    {
        var local = day.ToDateTime(time);
        // In spring an hour of the local clock does not exist: the instant after the gap stands for it.
        while (zone.IsInvalidTime(local))
            local = local.AddMinutes(15);
        return new DateTimeOffset(local, zone.GetUtcOffset(local)).ToUniversalTime();
    }
}
