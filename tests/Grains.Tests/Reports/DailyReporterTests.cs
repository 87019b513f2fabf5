using System.Collections.Immutable;
using FteAgent.Conversations;
using FteAgent.Jobs;
using FteAgent.Testing;

namespace FteAgent.Reports;

/// <summary>Each day that is over gets its report, once, whatever silos do meanwhile.</summary>
public sealed class DailyReporterTests
{
    [Fact]
    public async Task Report_of_a_day_is_made_ten_minutes_after_its_end()
    {
        await using var room = new Newsroom(At(3, 0, 9));
        using var reporter = room.Reporter();

        await reporter.Round(default);
        Assert.DoesNotContain("2026-03-02", await room.Days());

        room.Time.Advance(TimeSpan.FromMinutes(1));
        await reporter.Round(default);
        Assert.Contains("2026-03-02", await room.Days());
        var report = (await room.Reports.Find(new(2026, 3, 2), default))!;
        Assert.Equal((room.Time.GetUtcNow(), true, "UTC"), (report.MadeAt, report.IsWhole, report.TimeZone));
    }

    [Fact]
    public async Task Two_silos_make_one_report_of_a_day()
    {
        await using var room = new Newsroom(At(3, 0, 10));
        using var one = room.Reporter();
        using var other = room.Reporter();

        await Task.WhenAll(one.Round(default), other.Round(default));
        await Task.WhenAll(one.Round(default), other.Round(default));

        Assert.Equal(DailyReporter.LateDays, room.Counts.Periods.Count);
        Assert.Equal(DailyReporter.LateDays, (await room.Days()).Count());
    }

    [Fact]
    public async Task What_was_missed_while_no_silo_ran_is_made_up_to_a_week_late()
    {
        await using var room = new Newsroom(At(3, 9, 0));
        using (var before = room.Reporter())
            await before.Round(default);
        room.Time.Advance(TimeSpan.FromDays(9));

        using var after = room.Reporter();
        await after.Round(default);

        var days = (await room.Days()).ToList();
        Assert.Equal(["2026-03-02", "2026-03-05", "2026-03-06", "2026-03-07", "2026-03-08", "2026-03-09", "2026-03-10", "2026-03-11"], days.SkipWhile(day => day != "2026-03-02"));
        Assert.Equal((new(2026, 3, 5, 0, 0, 0, TimeSpan.Zero), new DateTimeOffset(2026, 3, 6, 0, 0, 0, TimeSpan.Zero)), room.Counts.Periods[DailyReporter.LateDays]);
    }

    [Fact]
    public async Task Day_on_which_the_clocks_change_ends_when_it_ends_there()
    {
        // 29 March 2026 has 23 hours in Berlin, and ends at 22:00 UTC.
        await using var room = new Newsroom(new(new(2026, 3, 29, 22, 9, 59, TimeSpan.Zero)), "Europe/Berlin");
        using var reporter = room.Reporter();
        await reporter.Round(default);
        Assert.Null(await room.Reports.Find(new(2026, 3, 29), default));

        room.Time.Advance(TimeSpan.FromSeconds(1));
        await reporter.Round(default);

        var report = (await room.Reports.Find(new(2026, 3, 29), default))!;
        Assert.Equal((TimeSpan.FromHours(23), "Europe/Berlin"), (report.To - report.From, report.TimeZone));
        Assert.Equal(report.From, (await room.Reports.Find(new(2026, 3, 28), default))!.To);
    }

    [Fact]
    public async Task What_a_silo_began_and_died_over_another_makes_when_its_lease_is_over()
    {
        await using var room = new Newsroom(At(3, 9, 0));
        using var death = new CancellationTokenSource();
        var dying = new Newsroom.Counter { Meanwhile = (_, _) => death.CancelAsync() };
        using (var dies = room.Reporter(new Then(dying, death.Token)))
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => dies.Round(death.Token));
        Assert.Single(dying.Periods);
        Assert.Empty(await room.Days());

        using var lives = room.Reporter();
        await lives.Round(default);
        Assert.DoesNotContain("2026-02-24", await room.Days());
        Assert.Equal(DailyReporter.LateDays - 1, (await room.Days()).Count());

        room.Time.Advance(DailyReporter.Lease);
        await lives.Round(default);
        Assert.Contains("2026-02-24", await room.Days());
    }

    [Fact]
    public async Task Report_that_was_kept_stands_when_its_silo_dies_before_it_says_so()
    {
        await using var room = new Newsroom(At(3, 9, 0));
        using (var dies = room.Reporter(jobs: new NeverDone(room.Jobs)))
            await dies.Round(default);
        var first = await room.Reports.Find(new(2026, 3, 2), default);
        Assert.NotNull(first);

        room.Time.Advance(DailyReporter.Lease);
        using var lives = room.Reporter();
        await lives.Round(default);

        Assert.Equal(first.MadeAt, (await room.Reports.Find(new(2026, 3, 2), default))!.MadeAt);
        Assert.Equal(DailyReporter.LateDays, room.Counts.Periods.Count);
    }

    [Fact]
    public async Task Day_that_cannot_be_counted_is_tried_again_and_keeps_no_other_waiting()
    {
        await using var room = new Newsroom(At(3, 9, 0));
        var fails = true;
        room.Counts.Meanwhile = (from, _) => fails && from.Day == 27 ? throw new RecordUnavailableException("The record is away.") : Task.CompletedTask;
        using var reporter = room.Reporter();
        await reporter.Round(default);
        Assert.Equal(["2026-02-24", "2026-02-25", "2026-02-26", "2026-02-28", "2026-03-01", "2026-03-02"], await room.Days());

        fails = false;
        room.Time.Advance(DailyReporter.Lease);
        await reporter.Round(default);
        Assert.Contains("2026-02-27", await room.Days());
    }

    [Fact]
    public async Task What_is_known_to_be_kept_is_not_asked_for_again()
    {
        await using var room = new Newsroom(At(3, 9, 0));
        var asked = new Asked(room.Reports);
        using var reporter = room.Reporter(reports: asked);

        await reporter.Round(default);
        await reporter.Round(default);

        Assert.Equal(DailyReporter.LateDays, asked.Finds);
    }

    [Fact]
    public async Task A_running_silo_looks_each_minute_and_stops_at_once_though_it_is_counting()
    {
        await using var room = new Newsroom(At(3, 9, 0));
        var counting = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        room.Counts.Meanwhile = (_, cancellationToken) =>
        {
            counting.TrySetResult();
            return Task.Delay(Timeout.InfiniteTimeSpan, cancellationToken);
        };
        using var reporter = room.Reporter();
        await reporter.StartAsync(default);
        await room.Time.WhenWaiting();
        Assert.Empty(room.Counts.Periods);

        room.Time.Advance(DailyReporter.Period);
        await counting.Task.WaitAsync(TimeSpan.FromSeconds(30));
        await reporter.StopAsync(default).WaitAsync(TimeSpan.FromSeconds(30));

        Assert.True(reporter.ExecuteTask!.IsCompletedSuccessfully);
    }

    [Fact]
    public async Task Day_that_goes_on_is_counted_by_the_promises_of_this_deployment_and_is_not_whole()
    {
        await using var room = new Newsroom(At(3, 23, 30), "Europe/Berlin");
        var maker = room.Maker();

        var today = maker.Today();
        var report = await maker.Make(today, default);

        Assert.Equal((new(2026, 3, 4), false), (today, report.IsWhole));
        Assert.Equal(room.Time.GetUtcNow(), report.MadeAt);
        Assert.Equal(0.3, room.Counts.Measures!.LowSentiment);
        Assert.Equal((TimeSpan.FromMinutes(5), TimeSpan.FromMinutes(2)), (room.Counts.Measures.Promises[Channel.Email], room.Counts.Measures.Promises[Channel.WhatsApp]));
    }

    private static FakeTime At(int day, int hour, int minute) => new(new DateTimeOffset(2026, 3, day, hour, minute, 0, TimeSpan.Zero));

    /// <summary>Counts, and is cut off before the result is of use to anybody.</summary>
    private sealed class Then(IReportQueries queries, CancellationToken death) : IReportQueries
    {
        public async Task<ActivityReport> Activity(DateTimeOffset from, DateTimeOffset to, ActivityMeasures measures, CancellationToken cancellationToken)
        {
            var report = await queries.Activity(from, to, measures, cancellationToken);
            death.ThrowIfCancellationRequested();
            return report;
        }

        public Task<ImmutableSortedDictionary<DateOnly, GapFigures>> Gaps(DateOnly first, DateOnly last, CancellationToken cancellationToken) =>
            queries.Gaps(first, last, cancellationToken);
    }

    /// <summary>Gives jobs out and never hears that one is done.</summary>
    private sealed class NeverDone(IJobRoster jobs) : IJobRoster
    {
        public Task<JobClaim?> Claim(string name, TimeSpan lease, CancellationToken cancellationToken) => jobs.Claim(name, lease, cancellationToken);

        public Task<bool> Finish(JobClaim claim, CancellationToken cancellationToken) => throw new RecordUnavailableException("The record is away.");
    }

    /// <summary>Counts how often it is asked.</summary>
    private sealed class Asked(IDailyReports reports) : IDailyReports
    {
        public int Finds { get; private set; }

        public Task<DailyReport?> Find(DateOnly day, CancellationToken cancellationToken)
        {
            Finds++;
            return reports.Find(day, cancellationToken);
        }

        public Task<ImmutableArray<DailyReport>> Between(DateOnly first, DateOnly last, CancellationToken cancellationToken) => reports.Between(first, last, cancellationToken);

        public Task<bool> Keep(DailyReport report, CancellationToken cancellationToken) => reports.Keep(report, cancellationToken);
    }
}
