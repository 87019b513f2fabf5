using System.Globalization;
using FteAgent.Api.Operators;
using FteAgent.Api.Problems;
using FteAgent.Reports;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace FteAgent.Api.Reports;

/// <summary>What happened on a day.</summary>
internal static class ReportEndpoints
{
    public static void MapReportEndpoints(this IEndpointRouteBuilder routes) =>
        routes.MapGet("/api/reports/{day}", Day).WithTags("Reports").RequireAuthorization(OperatorAuthentication.Name);

    private static async Task<Results<Ok<DayReport>, InvalidFields>> Day(string day, IReportQueries reports, CancellationToken cancellationToken)
    {
        var check = new Checks();
        if (!DateOnly.TryParseExact(day, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var date) || date == DateOnly.MaxValue)
        {
            check.Fail("day", "must be a date such as 2026-01-31 (UTC).");
            return check.Problem();
        }

        var from = new DateTimeOffset(date.ToDateTime(TimeOnly.MinValue), TimeSpan.Zero);
        var report = await reports.Activity(from, from.AddDays(1), cancellationToken);
        return TypedResults.Ok(new DayReport(
            day,
            report.Messages.ToDictionary(count => Wire.Name(count.Key), count => count.Value),
            report.TicketsOpened, report.TicketsClosed, report.ResolvedByAssistant,
            report.Escalations.ToDictionary(count => Wire.Name(count.Key), count => count.Value),
            report.MeanSentiment, report.MedianFirstResponse?.TotalSeconds));
    }
}

/// <summary>One day's activity (UTC).</summary>
internal sealed record DayReport(
    string Day, Dictionary<string, int> Messages, int TicketsOpened, int TicketsClosed, int ResolvedByAssistant, Dictionary<string, int> Escalations,
    double? MeanSentiment, double? MedianFirstResponseSeconds);
