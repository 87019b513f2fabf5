namespace FteAgent.Reports;

/// <summary>
/// Which instants are a day where the business is. Pure. Days follow each other without a gap and without an overlap, whatever the clocks do:
/// one ends where the next begins.
/// </summary>
internal sealed class BusinessCalendar(TimeZoneInfo zone)
{
    /// <summary>The zone's name.</summary>
    public string ZoneName => zone.Id;

    /// <summary>The day that an instant is on.</summary>
    public DateOnly DayOf(DateTimeOffset at) => DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(at, zone).DateTime);

    /// <summary>The first instant of a day.</summary>
    public DateTimeOffset Start(DateOnly day)
    {
        var local = day.ToDateTime(TimeOnly.MinValue);
        // Some clocks are put forward at midnight (Beirut): the day begins after the gap.
        while (zone.IsInvalidTime(local))
            local = local.AddMinutes(15);
        // Others are put back over midnight (Havana): it strikes twice, and the day begins with the first.
        var offset = zone.IsAmbiguousTime(local) ? zone.GetAmbiguousTimeOffsets(local).Max() : zone.GetUtcOffset(local);
        // The first day of all began before it in UTC, where there is no such time.
        return new(Math.Max(local.Ticks - offset.Ticks, 0), TimeSpan.Zero);
    }

    /// <summary>The instant after a day.</summary>
    public DateTimeOffset End(DateOnly day) => Start(day.AddDays(1));
}
