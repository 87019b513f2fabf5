using System.Collections.Immutable;
using FteAgent.Reports;
using FteAgent.Storage;

namespace FteAgent.Sqlite;

/// <summary>The reports that are kept, in the file.</summary>
internal sealed class SqliteDailyReports(SqliteRecord record) : IDailyReports
{
    public Task<DailyReport?> Find(DateOnly day, CancellationToken cancellationToken) => record.Read(
        session => session["select data from daily_reports where day = $day"].Set("$day", DayText.Of(day)).First(static row => DailyReportJson.Read(row.Text()), null as DailyReport),
        cancellationToken);

    public Task<ImmutableArray<DailyReport>> Between(DateOnly first, DateOnly last, CancellationToken cancellationToken) => record.Read(
        session => session["select data from daily_reports where day between $first and $last order by day"].Set("$first", DayText.Of(first)).Set("$last", DayText.Of(last))
            .List(static row => DailyReportJson.Read(row.Text())).ToImmutableArray(),
        cancellationToken);

    public Task<bool> Keep(DailyReport report, CancellationToken cancellationToken) => record.Write(
        session => session["insert into daily_reports (day, made_at, data) values ($day, $made_at, $data) on conflict (day) do nothing"]
            .Set("$day", DayText.Of(report.Day)).Set("$made_at", report.MadeAt).Set("$data", DailyReportJson.Write(report))
            .Execute() > 0,
        cancellationToken);
}
