using System.Globalization;
using FteAgent.Reports;

namespace FteAgent.Api.Reports;

/// <summary>One day's activity, as it is told. Shares and sentiments are from 0 to 1; what nothing can be said of is left out.</summary>
internal sealed record DayReport(
    string Day, string TimeZone, DateTimeOffset From, DateTimeOffset To, DateTimeOffset MadeAt, bool IsWhole,
    Dictionary<string, int> Messages, int RatedMessages, int TicketsOpened, int TicketsClosed, int ResolvedByAssistant, int ClosedUnverified,
    Dictionary<string, int> Escalations, double? MeanSentiment, double? LowSentimentShare,
    int FirstResponses, double? MedianFirstResponseSeconds, double? P95FirstResponseSeconds, double? FirstResponseInTimeShare,
    ChannelReport[] Channels, ReasonReport[] Reasons, ModelReport Model, FeedbackReport Feedback, GapReport? Gaps)
{
    public static DayReport Of(DailyReport report, GapFigures? gaps)
    {
        var (activity, all) = (report.Activity, report.Activity.All);
        return new(
            Name(report.Day), report.TimeZone, report.From, report.To, report.MadeAt, report.IsWhole,
            activity.Channels.Where(channel => channel.Figures.Messages > 0).ToDictionary(channel => channel.Channel, channel => channel.Figures.Messages),
            all.Sentiment.Rated, all.TicketsOpened, all.TicketsClosed, all.ResolvedVerified, all.ClosedUnverified,
            activity.Reasons.Where(reason => reason.Total > 0).ToDictionary(reason => reason.Reason, reason => reason.Total),
            all.Sentiment.Mean, all.Sentiment.LowShare,
            all.FirstResponses.Count, all.FirstResponses.Median?.TotalSeconds, all.FirstResponses.P95?.TotalSeconds, all.FirstResponses.InTimeShare,
            [.. activity.Channels.Select(ChannelReport.Of)],
            [.. activity.Reasons.Select(ReasonReport.Of)],
            ModelReport.Of(activity.Model),
            new(activity.Feedback.Helpful, activity.Feedback.NotHelpful),
            gaps is null ? null : new(gaps.Gaps, gaps.Messages));
    }

    /// <summary>A day as it is written in addresses and in JSON.</summary>
    public static string Name(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}

/// <summary>The days of a period, from the first to the last; days without a kept report are left out.</summary>
internal sealed record PeriodReport(string From, string To, DayReport[] Reports);

/// <summary>What happened on one channel.</summary>
internal sealed record ChannelReport(
    string Channel, int Messages, int RatedMessages, double? MeanSentiment, double? LowSentimentShare, int TicketsOpened, int TicketsClosed, int ResolvedByAssistant,
    int ClosedUnverified, int Escalations, int FirstResponses, double? MedianFirstResponseSeconds, double? P95FirstResponseSeconds, double? FirstResponseInTimeShare)
{
    public static ChannelReport Of(ChannelFigures channel)
    {
        var of = channel.Figures;
        return new(
            channel.Channel, of.Messages, of.Sentiment.Rated, of.Sentiment.Mean, of.Sentiment.LowShare, of.TicketsOpened, of.TicketsClosed, of.ResolvedVerified,
            of.ClosedUnverified, of.Escalations, of.FirstResponses.Count, of.FirstResponses.Median?.TotalSeconds, of.FirstResponses.P95?.TotalSeconds, of.FirstResponses.InTimeShare);
    }
}

/// <summary>What people were asked for, for one reason.</summary>
internal sealed record ReasonReport(
    string Reason, int Escalations, Dictionary<string, int> Channels, int Messages, int RatedMessages, double? MeanSentiment, double? LowSentimentShare,
    int TicketsClosed, int ClosedVerified)
{
    public static ReasonReport Of(ReasonFigures reason) => new(
        reason.Reason, reason.Total, reason.Escalations.ToDictionary(count => count.Channel, count => count.Count),
        reason.Messages, reason.Sentiment.Rated, reason.Sentiment.Mean, reason.Sentiment.LowShare, reason.TicketsClosed, reason.Verified);
}

/// <summary>What models used; the cost is in the currency in which the prices are set.</summary>
internal sealed record ModelReport(int Drafts, long Calls, long InputTokens, long CachedTokens, long OutputTokens, decimal Cost, NamedModelReport[] Models)
{
    public static ModelReport Of(ModelFigures figures)
    {
        var all = figures.All;
        return new(
            all.Drafts, all.Calls, all.InputTokens, all.CachedTokens, all.OutputTokens, Money(all.CostMicros), [.. figures.Models.Select(NamedModelReport.Of)]);
    }

    /// <summary>Millionths as a number.</summary>
    public static decimal Money(long micros) => micros / 1_000_000m;
}

/// <summary>What one model used.</summary>
internal sealed record NamedModelReport(string Model, int Drafts, long Calls, long InputTokens, long CachedTokens, long OutputTokens, decimal Cost)
{
    public static NamedModelReport Of(NamedModelUsage named)
    {
        var of = named.Usage;
        return new(named.Model, of.Drafts, of.Calls, of.InputTokens, of.CachedTokens, of.OutputTokens, ModelReport.Money(of.CostMicros));
    }
}

/// <summary>What customers said of answers.</summary>
internal sealed record FeedbackReport(int Helpful, int NotHelpful);

/// <summary>How much was asked that no document answers.</summary>
internal sealed record GapReport(int Gaps, int Messages);
