using System.Globalization;
using FteAgent.Api.Operators;
using FteAgent.Api.Problems;
using FteAgent.Reports;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace FteAgent.Api.Reports;

/// <summary>What happened on a day, and on the days of a period: the reports that are kept, and a day that goes on as far as it is.</summary>
internal static class ReportEndpoints
{
    /// <summary>A quarter of a year at once.</summary>
    public const int MostDays = 92;

    /// <summary>What is shown when nobody says from when.</summary>
    public const int UsualDays = 30;

    public static void MapReportEndpoints(this IEndpointRouteBuilder routes)
    {
        var reports = routes.MapGroup("/api/reports").WithTags("Reports").RequireAuthorization(OperatorAuthentication.Name);
        reports.MapGet("", Period).AddOpenApiOperationTransformer(CsvFile.Describe);
        reports.MapGet("/{day}", Day).AddOpenApiOperationTransformer(CsvFile.Describe);
    }

    private static async Task<Results<Ok<DayReport>, CsvFile, InvalidFields>> Day(
        string day, HttpContext context, IDailyReports kept, IReportMaker maker, IReportQueries queries, CancellationToken cancellationToken, string? format = null)
    {
        var check = new Checks();
        var date = DateOf("day", day, check);
        var isCsv = ReportFormat.IsCsv(context, format, check);
        if (!check.Passed)
            return check.Problem();
        var report = await kept.Find(date, cancellationToken) ?? await maker.Make(date, cancellationToken);
        var gaps = (await queries.Gaps(date, date, cancellationToken)).GetValueOrDefault(date);
        return isCsv ? new CsvFile($"report-{day}.csv", ReportCsv.Write([(report, gaps)])) : TypedResults.Ok(DayReport.Of(report, gaps));
    }

    private static async Task<Results<Ok<PeriodReport>, CsvFile, InvalidFields>> Period(
        HttpContext context, IDailyReports kept, IReportMaker maker, IReportQueries queries, CancellationToken cancellationToken,
        string? from = null, string? to = null, string? format = null)
    {
        var check = new Checks();
        var today = maker.Today();
        var last = to is null ? today : DateOf("to", to, check);
        var first = from is not null ? DateOf("from", from, check) : DateOnly.FromDayNumber(Math.Max(last.DayNumber - UsualDays + 1, 0));
        if (check.Passed && (first > last || last.DayNumber - first.DayNumber >= MostDays))
            check.Fail("from", $"must be a day from {MostDays - 1} days before 'to' up to 'to' itself.");
        var isCsv = ReportFormat.IsCsv(context, format, check);
        if (!check.Passed)
            return check.Problem();

        var reports = (await kept.Between(first, last, cancellationToken)).ToDictionary(report => report.Day);
        // Yesterday's is not kept yet in the first minutes of a day. All other days have theirs, or had nobody to make it: those are asked for one by one.
        foreach (var day in (DateOnly[])[today.AddDays(-1), today])
            if (day >= first && day <= last && !reports.ContainsKey(day))
                reports.Add(day, await maker.Make(day, cancellationToken));
        var gaps = await queries.Gaps(first, last, cancellationToken);
        var inOrder = reports.Values.OrderBy(report => report.Day).Select(report => (Report: report, Gaps: gaps.GetValueOrDefault(report.Day))).ToArray();
        return isCsv
            ? new CsvFile(string.Create(CultureInfo.InvariantCulture, $"reports-{first:yyyy-MM-dd}-{last:yyyy-MM-dd}.csv"), ReportCsv.Write(inOrder))
            : TypedResults.Ok(new PeriodReport(DayReport.Name(first), DayReport.Name(last), [.. inOrder.Select(day => DayReport.Of(day.Report, day.Gaps))]));
    }

    private static DateOnly DateOf(string field, string value, Checks check)
    {
        // The last day of all has no next one at which it could end.
        if (DateOnly.TryParseExact(value, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var date) && date != DateOnly.MaxValue)
            return date;
        check.Fail(field, "must be a date such as 2026-01-31.");
        return default;
    }
}
