using System.Collections.Immutable;
using FteAgent.Reports;
using FteAgent.Storage;

namespace FteAgent.Postgres;

/// <summary>The reports that are kept, in the database (<c>db/fte/0014_reports.sql</c>).</summary>
internal sealed class PostgresDailyReports(PostgresRecord record) : IDailyReports
{
    public Task<DailyReport?> Find(DateOnly day, CancellationToken cancellationToken) =>
        record["select data::text from fte.daily_reports where day = $1"].Set(day).First(static row => DailyReportJson.Read(row.Text()), null as DailyReport, cancellationToken);

    public async Task<ImmutableArray<DailyReport>> Between(DateOnly first, DateOnly last, CancellationToken cancellationToken) =>
        [.. await record["select data::text from fte.daily_reports where day between $1 and $2 order by day"].Set(first).Set(last)
            .List(static row => DailyReportJson.Read(row.Text()), cancellationToken).ConfigureAwait(false)];

    public async Task<bool> Keep(DailyReport report, CancellationToken cancellationToken) =>
        await record["insert into fte.daily_reports (day, made_at, data) values ($1, $2, $3::jsonb) on conflict (day) do nothing"]
            .Set(report.Day).Set(report.MadeAt).Set(DailyReportJson.Write(report))
            .Execute(cancellationToken).ConfigureAwait(false) > 0;
}
