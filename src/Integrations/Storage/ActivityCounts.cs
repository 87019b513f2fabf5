using FteAgent.Reports;

namespace FteAgent.Storage;

/// <summary>Customers' messages of a channel.</summary>
internal sealed record MessageCount(string Channel, long Messages, long Rated, double Sum, long Low);

/// <summary>Tickets of a channel that were opened.</summary>
internal sealed record OpenedCount(string Channel, long Tickets);

/// <summary>Tickets of a channel that were closed.</summary>
internal sealed record ClosedCount(string Channel, long Tickets, long Verified, long Unverified);

/// <summary>Escalations for one reason on a channel.</summary>
internal sealed record EscalationCount(string Channel, string Reason, long Escalations);

/// <summary>First responses of a channel; of all channels where it is null.</summary>
internal sealed record ResponseCount(string? Channel, FirstResponseFigures Responses);

/// <summary>Customers' messages in tickets that were escalated for a reason.</summary>
internal sealed record ReasonMessages(string Reason, long Messages, long Rated, double Sum, long Low);

/// <summary>Closed tickets that had been escalated for a reason.</summary>
internal sealed record ReasonClosed(string Reason, long Tickets, long Verified);

/// <summary>What either record counts, put together to one report: what the sums mean is said once.</summary>
internal sealed class ActivityCounts
{
    public required IReadOnlyList<MessageCount> Messages { get; init; }

    public required IReadOnlyList<OpenedCount> Opened { get; init; }

    public required IReadOnlyList<ClosedCount> Closed { get; init; }

    public required IReadOnlyList<EscalationCount> Escalations { get; init; }

    public required IReadOnlyList<ResponseCount> Responses { get; init; }

    public required IReadOnlyList<ReasonMessages> ReasonMessages { get; init; }

    public required IReadOnlyList<ReasonClosed> ReasonClosed { get; init; }

    public required ModelUsage AllModels { get; init; }

    public required IReadOnlyList<NamedModelUsage> Models { get; init; }

    public required FeedbackFigures Feedback { get; init; }

    public ActivityReport Report() => new(
        Of(null),
        [.. Channels().Select(channel => new ChannelFigures(channel, Of(channel)))],
        [.. Reasons().Select(OfReason).OrderByDescending(reason => reason.Total).ThenBy(reason => reason.Reason, StringComparer.Ordinal)],
        new(AllModels, [.. Models]),
        Feedback);

    private IEnumerable<string> Channels() => Messages.Select(row => row.Channel)
        .Concat(Opened.Select(row => row.Channel)).Concat(Closed.Select(row => row.Channel)).Concat(Escalations.Select(row => row.Channel))
        .Concat(Responses.Where(row => row.Channel is not null).Select(row => row.Channel!))
        .Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal);

    private IEnumerable<string> Reasons() =>
        Escalations.Select(row => row.Reason).Concat(ReasonClosed.Select(row => row.Reason)).Distinct(StringComparer.Ordinal);

    /// <summary>The figures of a channel, or of all.</summary>
    private Figures Of(string? channel)
    {
        var messages = Messages.Where(row => channel is null || row.Channel == channel).ToArray();
        var closed = Closed.Where(row => channel is null || row.Channel == channel).ToArray();
        return new(
            (int)messages.Sum(row => row.Messages),
            Sentiment(messages.Sum(row => row.Rated), messages.Sum(row => row.Sum), messages.Sum(row => row.Low)),
            (int)Opened.Where(row => channel is null || row.Channel == channel).Sum(row => row.Tickets),
            (int)closed.Sum(row => row.Tickets), (int)closed.Sum(row => row.Verified), (int)closed.Sum(row => row.Unverified),
            (int)Escalations.Where(row => channel is null || row.Channel == channel).Sum(row => row.Escalations),
            Responses.FirstOrDefault(row => row.Channel == channel)?.Responses ?? FirstResponseFigures.None);
    }

    private ReasonFigures OfReason(string reason)
    {
        var messages = ReasonMessages.FirstOrDefault(row => row.Reason == reason);
        var closed = ReasonClosed.FirstOrDefault(row => row.Reason == reason);
        return new(
            reason,
            [.. Escalations.Where(row => row.Reason == reason).OrderBy(row => row.Channel, StringComparer.Ordinal).Select(row => new ChannelCount(row.Channel, (int)row.Escalations))],
            (int)(messages?.Messages ?? 0),
            messages is null ? SentimentFigures.None : Sentiment(messages.Rated, messages.Sum, messages.Low),
            (int)(closed?.Tickets ?? 0), (int)(closed?.Verified ?? 0));
    }

    private static SentimentFigures Sentiment(long rated, double sum, long low) => new((int)rated, (int)low, rated == 0 ? null : sum / rated);
}
