namespace FteAgent.Tickets;

public sealed class BusinessHoursTests
{
    private static readonly DayOfWeek[] Weekdays = [DayOfWeek.Monday, DayOfWeek.Tuesday, DayOfWeek.Wednesday, DayOfWeek.Thursday, DayOfWeek.Friday];

    [Theory]
    [InlineData("2026-03-03T10:00Z", 15, "2026-03-03T10:15Z")]
    [InlineData("2026-03-03T16:50Z", 15, "2026-03-04T09:05Z")]
    [InlineData("2026-03-03T03:00Z", 15, "2026-03-03T09:15Z")]
    [InlineData("2026-03-06T16:50Z", 15, "2026-03-09T09:05Z")]
    [InlineData("2026-03-07T12:00Z", 15, "2026-03-09T09:15Z")]
    [InlineData("2026-03-03T09:00Z", 480, "2026-03-03T17:00Z")]
    [InlineData("2026-03-03T09:00Z", 960, "2026-03-04T17:00Z")]
    public void Working_time_passes_only_while_people_work(string from, int minutes, string due) =>
        Assert.Equal(At(due), Hours().Add(At(from), TimeSpan.FromMinutes(minutes)));

    [Fact]
    public void Holidays_are_skipped() =>
        Assert.Equal(At("2026-03-05T09:00Z"), Hours(holiday: new(2026, 3, 4)).NextOpen(At("2026-03-03T20:00Z")));

    [Fact]
    public void A_team_that_never_sleeps_has_no_closing() =>
        Assert.Equal(At("2026-03-07T03:15Z"), new BusinessHours(new() { AlwaysOpen = true }).Add(At("2026-03-07T03:00Z"), TimeSpan.FromMinutes(15)));

    [Theory]
    [InlineData("2026-03-27T15:00Z", "2026-03-27T15:00Z")]
    [InlineData("2026-03-27T16:00Z", "2026-03-30T07:00Z")]
    public void The_teams_own_clock_counts_across_the_change_to_summer_time(string at, string opens) =>
        Assert.Equal(At(opens), Hours("Europe/Berlin").NextOpen(At(at)));

    [Fact]
    public void Adding_pieces_is_adding_the_whole()
    {
        const int seed = 20260303;
        var random = new Random(seed);
        for (var i = 0; i < 500; i++)
        {
            var from = At("2026-01-01T00:00Z").AddMinutes(random.Next(0, 365 * 24 * 60));
            var (one, two) = (TimeSpan.FromMinutes(random.Next(1, 600)), TimeSpan.FromMinutes(random.Next(1, 600)));
            var hours = Hours("Europe/Berlin");
            Assert.True(hours.Add(hours.Add(from, one), two) == hours.Add(from, one + two), $"seed {seed}, from {from:O}, {one} and {two}");
        }
    }

    [Fact]
    public void Hours_in_which_nobody_would_ever_work_stop_the_start_with_a_sentence()
    {
        var check = new BusinessHoursValidator();
        Assert.Contains("BusinessHours__Opens", check.Validate(null, new() { Opens = new(17, 0), Closes = new(9, 0) }).FailureMessage);
        Assert.Contains("BusinessHours__TimeZone", check.Validate(null, new() { TimeZone = "Mars/Olympus" }).FailureMessage);
    }

    private static BusinessHours Hours(string zone = "UTC", DateOnly? holiday = null) =>
        new(new() { TimeZone = zone, Days = [.. Weekdays], Holidays = holiday is { } day ? [day] : [] });

    private static DateTimeOffset At(string text) => DateTimeOffset.Parse(text, System.Globalization.CultureInfo.InvariantCulture);
}
