using System.Globalization;

namespace FteAgent.Reports;

/// <summary>A day is one where the business is, and the clocks there do what they do.</summary>
public sealed class BusinessCalendarTests
{
    [Theory]
    [InlineData("UTC", "2026-03-03", "2026-03-03T00:00Z", 24)]
    [InlineData("Asia/Kolkata", "2026-03-03", "2026-03-02T18:30Z", 24)]
    [InlineData("Europe/Berlin", "2026-03-29", "2026-03-28T23:00Z", 23)]
    [InlineData("Europe/Berlin", "2026-10-25", "2026-10-24T22:00Z", 25)]
    public void Day_begins_at_midnight_of_its_zone_and_is_as_long_as_the_clocks_make_it(string zone, string day, string begins, int hours) =>
        Assert.Equal((At(begins), hours), Of(zone, day));

    [Theory]
    [InlineData("Asia/Beirut", "2026-03-29", "2026-03-28T22:00Z", 23)]
    [InlineData("America/Havana", "2026-03-08", "2026-03-08T05:00Z", 23)]
    public void Day_whose_midnight_is_left_out_begins_after_the_gap(string zone, string day, string begins, int hours) =>
        Assert.Equal((At(begins), hours), Of(zone, day));

    [Theory]
    [InlineData("America/Havana", "2026-11-01", "2026-11-01T04:00Z", 25)]
    public void Day_whose_midnight_strikes_twice_begins_with_the_first(string zone, string day, string begins, int hours) =>
        Assert.Equal((At(begins), hours), Of(zone, day));

    [Theory]
    [InlineData("UTC")]
    [InlineData("Europe/Berlin")]
    [InlineData("America/Havana")]
    [InlineData("Asia/Beirut")]
    [InlineData("Australia/Lord_Howe")]
    [InlineData("Africa/Casablanca")]
    public void Every_instant_is_on_one_day(string zone)
    {
        var calendar = Calendar(zone);
        for (var day = new DateOnly(2025, 12, 25); day < new DateOnly(2028, 1, 5); day = day.AddDays(1))
        {
            Assert.Equal(day, calendar.DayOf(calendar.Start(day)));
            Assert.Equal(day, calendar.DayOf(calendar.End(day).AddTicks(-1)));
        }
    }

    [Theory]
    [InlineData("Europe/Berlin")]
    [InlineData("America/Los_Angeles")]
    public void First_and_last_days_of_all_are_days(string zone)
    {
        var calendar = Calendar(zone);
        Assert.True(calendar.Start(DateOnly.MinValue) < calendar.End(DateOnly.MinValue));
        Assert.True(calendar.Start(DateOnly.MaxValue.AddDays(-1)) < calendar.End(DateOnly.MaxValue.AddDays(-1)));
    }

    private static (DateTimeOffset, double) Of(string zone, string day)
    {
        var (calendar, date) = (Calendar(zone), DateOnly.Parse(day, CultureInfo.InvariantCulture));
        return (calendar.Start(date), (calendar.End(date) - calendar.Start(date)).TotalHours);
    }

    private static BusinessCalendar Calendar(string zone) => new(TimeZoneInfo.FindSystemTimeZoneById(zone));

    private static DateTimeOffset At(string time) => DateTimeOffset.Parse(time, CultureInfo.InvariantCulture);
}
