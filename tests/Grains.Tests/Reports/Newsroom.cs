using System.Collections.Immutable;
using FteAgent.Conversations;
using FteAgent.Jobs;
using FteAgent.Sqlite;
using FteAgent.Testing;
using FteAgent.Tickets;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace FteAgent.Reports;

/// <summary>A record that ships, with its reports and its roster of jobs, a clock that tests move, and as many reporters as a fleet has silos.</summary>
internal sealed class Newsroom : IAsyncDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("fte-reports-").FullName;
    private readonly ServiceProvider record;
    private readonly string zone;

    public Newsroom(FakeTime time, string zone = "UTC")
    {
        (Time, this.zone) = (time, zone);
        record = new ServiceCollection().AddLogging().AddSingleton<TimeProvider>(time)
            .AddSqliteRecord(new SqliteOptions { Path = Path.Combine(folder, "fte.db") }).BuildServiceProvider();
    }

    public FakeTime Time { get; }

    /// <summary>What is counted, and how often.</summary>
    public Counter Counts { get; } = new();

    public IDailyReports Reports => record.GetRequiredService<IDailyReports>();

    public IJobRoster Jobs => record.GetRequiredService<IJobRoster>();

    /// <summary>One silo's.</summary>
    public DailyReporter Reporter(IReportQueries? queries = null, IDailyReports? reports = null, IJobRoster? jobs = null) =>
        new(Maker(queries), reports ?? Reports, jobs ?? Jobs, Time, NullLogger<DailyReporter>.Instance);

    public ReportMaker Maker(IReportQueries? queries = null) =>
        new(queries ?? Counts, Options.Create(new BusinessHoursOptions { TimeZone = zone }), Options.Create(new ConversationOptions()), Time);

    /// <summary>The days that have a report, as they are written.</summary>
    public async Task<IEnumerable<string>> Days() =>
        (await Reports.Between(new(2020, 1, 1), new(2030, 1, 1), default)).Select(report => $"{report.Day:yyyy-MM-dd}");

    public async ValueTask DisposeAsync()
    {
        await record.DisposeAsync();
        Directory.Delete(folder, recursive: true);
    }

    /// <summary>Counts nothing but how often it was asked, and does what a test says meanwhile.</summary>
    internal sealed class Counter : IReportQueries
    {
        private readonly Lock gate = new();

        /// <summary>The periods that were counted.</summary>
        public List<(DateTimeOffset From, DateTimeOffset To)> Periods { get; } = [];

        public ActivityMeasures? Measures { get; private set; }

        public Func<DateTimeOffset, CancellationToken, Task> Meanwhile { get; set; } = (_, _) => Task.CompletedTask;

        public async Task<ActivityReport> Activity(DateTimeOffset from, DateTimeOffset to, ActivityMeasures measures, CancellationToken cancellationToken)
        {
            lock (gate)
                Periods.Add((from, to));
            Measures = measures;
            await Meanwhile(from, cancellationToken);
            return new(
                new(0, SentimentFigures.None, 0, 0, 0, 0, 0, FirstResponseFigures.None), ImmutableArray<ChannelFigures>.Empty, ImmutableArray<ReasonFigures>.Empty,
                new(ModelUsage.None, []), FeedbackFigures.None);
        }

        public Task<ImmutableSortedDictionary<DateOnly, GapFigures>> Gaps(DateOnly first, DateOnly last, CancellationToken cancellationToken) =>
            throw new NotSupportedException("A report that is kept asks for none.");
    }
}
