using System.Globalization;
using FteAgent.Reports;

namespace FteAgent.Api.Reports;

/// <summary>
/// Reports as one table. A row's <c>part</c> says what it counts: <c>all</c> of a day, a <c>channel</c>, a <c>reason</c>, a <c>reason_by_channel</c>
/// or a <c>model</c>; add up rows of one part only. What a part does not count is an empty cell.
/// </summary>
internal static class ReportCsv
{
    private static readonly string[] Columns =
    [
        "day", "time_zone", "made_at", "is_whole", "part", "channel", "reason", "model",
        "messages", "mean_sentiment", "low_sentiment_share", "tickets_opened", "tickets_closed", "resolved_verified", "closed_unverified", "escalations",
        "first_responses", "median_first_response_seconds", "p95_first_response_seconds", "first_response_in_time_share",
        "drafts", "calls", "input_tokens", "cached_tokens", "output_tokens", "cost", "helpful", "not_helpful", "gaps", "gap_messages",
    ];

    public static string Write(IEnumerable<(DailyReport Report, GapFigures? Gaps)> reports)
    {
        var table = new CsvTable(Columns);
        foreach (var (report, gaps) in reports)
            Add(table, report, gaps);
        return table.ToString();
    }

    private static void Add(CsvTable table, DailyReport report, GapFigures? gaps)
    {
        var activity = report.Activity;
        Row("all", cells: [.. Counted(activity.All), .. Used(activity.Model.All),
            activity.Feedback.Helpful, activity.Feedback.NotHelpful, gaps?.Gaps, gaps?.Messages]);
        foreach (var channel in activity.Channels)
            Row("channel", channel.Channel, cells: [.. Counted(channel.Figures)]);
        foreach (var reason in activity.Reasons)
        {
            Row("reason", reason: reason.Reason, cells: [reason.Messages, reason.Sentiment.Mean, reason.Sentiment.LowShare, null, reason.TicketsClosed, reason.Verified, null, reason.Total]);
            foreach (var count in reason.Escalations)
                Row("reason_by_channel", count.Channel, reason.Reason, cells: [null, null, null, null, null, null, null, count.Count]);
        }

        foreach (var model in activity.Model.Models)
            Row("model", model: model.Model, cells: [.. new object?[12], .. Used(model.Usage)]);

        void Row(string part, string? channel = null, string? reason = null, string? model = null, object?[]? cells = null)
        {
            object?[] row = [
                DayReport.Name(report.Day), report.TimeZone, report.MadeAt.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture),
                report.IsWhole ? "true" : "false", part, channel, reason, model, .. cells ?? []];
            Array.Resize(ref row, Columns.Length);
            table.Row(row);
        }
    }

    private static object?[] Counted(Figures of) =>
    [
        of.Messages, of.Sentiment.Mean, of.Sentiment.LowShare, of.TicketsOpened, of.TicketsClosed, of.ResolvedVerified, of.ClosedUnverified, of.Escalations,
        of.FirstResponses.Count, of.FirstResponses.Median?.TotalSeconds, of.FirstResponses.P95?.TotalSeconds, of.FirstResponses.InTimeShare,
    ];

    private static object?[] Used(ModelUsage of) =>
        [of.Drafts, of.Calls, of.InputTokens, of.CachedTokens, of.OutputTokens, ModelReport.Money(of.CostMicros)];
}
