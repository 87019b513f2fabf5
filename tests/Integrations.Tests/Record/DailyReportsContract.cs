using FteAgent.Reports;
using FteAgent.Storage;

namespace FteAgent.Record;

/// <summary>A day has one report, and it is never made another.</summary>
public abstract class DailyReportsContract : RecordContract
{
    private static readonly DateOnly Day = new(2026, 3, 29);

    private IDailyReports Reports => Record.Get<IDailyReports>();

    [Fact]
    public async Task Report_is_read_as_it_was_kept()
    {
        var report = Made(Day, 12);

        Assert.True(await Reports.Keep(report, default));

        Assert.Equal(DailyReportJson.Write(report), DailyReportJson.Write((await Reports.Find(Day, default))!));
        Assert.Null(await Reports.Find(Day.AddDays(1), default));
    }

    [Fact]
    public async Task First_report_of_a_day_stands()
    {
        var kept = await Task.WhenAll(Enumerable.Range(1, 8).Select(messages => Reports.Keep(Made(Day, messages), default)));

        Assert.Equal(1, kept.Count(wasFirst => wasFirst));
        var stands = (await Reports.Find(Day, default))!.Activity.All.Messages;
        Assert.Equal(Array.IndexOf(kept, true) + 1, stands);
        Assert.False(await Reports.Keep(Made(Day, 99), default));
        Assert.Equal(stands, (await Reports.Find(Day, default))!.Activity.All.Messages);
    }

    [Fact]
    public async Task Days_of_a_period_come_in_order_and_days_without_a_report_are_left_out()
    {
        foreach (var days in new[] { 3, 0, 5, 1, -1 })
            await Reports.Keep(Made(Day.AddDays(days), days + 1), default);

        Assert.Equal([0, 1, 3], (await Reports.Between(Day, Day.AddDays(4), default)).Select(report => report.Day.DayNumber - Day.DayNumber));
        Assert.Empty(await Reports.Between(Day.AddDays(10), Day.AddDays(20), default));
        Assert.Empty(await Reports.Between(Day.AddDays(1), Day, default));
    }

    private DailyReport Made(DateOnly day, int messages)
    {
        var sentiment = new SentimentFigures(3, 1, 0.4375);
        var figures = new Figures(messages, sentiment, 5, 4, 2, 1, 1, new(4, 3, TimeSpan.FromSeconds(1.25), TimeSpan.FromMinutes(6)));
        var usage = new ModelUsage(2, 3, 4_000, 500, 60, 7_000_000_000);
        return new(
            day, "Europe/Berlin", new(day.ToDateTime(default), TimeSpan.FromHours(1)), new(day.AddDays(1).ToDateTime(default), TimeSpan.FromHours(2)), Record.Now,
            new(
                figures, [new("web", figures), new("whatsapp", figures with { Sentiment = SentimentFigures.None, FirstResponses = FirstResponseFigures.None })],
                [new("refund_request", [new("web", 1)], 2, sentiment, 1, 1)], new(usage, [new("model-1", usage)]), new(3, 1)));
    }
}
