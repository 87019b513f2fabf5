using System.Collections.Immutable;
using FteAgent.Answering;
using FteAgent.Conversations;

namespace FteAgent.Reports;

/// <summary>Counts what happened.</summary>
public interface IReportQueries
{
    /// <summary>What happened from <paramref name="from"/> (inclusive) to <paramref name="to"/> (exclusive).</summary>
    Task<ActivityReport> Activity(DateTimeOffset from, DateTimeOffset to, CancellationToken cancellationToken);
}

/// <summary>What happened in a period.</summary>
/// <param name="From">Its start.</param>
/// <param name="To">Its end, exclusive.</param>
/// <param name="Messages">Customers' messages by channel.</param>
/// <param name="TicketsOpened">Matters opened.</param>
/// <param name="TicketsClosed">Matters closed.</param>
/// <param name="ResolvedByAssistant">Matters closed without a person and verified.</param>
/// <param name="Escalations">Escalations by reason.</param>
/// <param name="MeanSentiment">The mean of customers' sentiment, 0 to 1; null without messages.</param>
/// <param name="MedianFirstResponse">The median time from a ticket's opening to its first answer; null without one.</param>
public sealed record ActivityReport(
    DateTimeOffset From,
    DateTimeOffset To,
    ImmutableSortedDictionary<Channel, int> Messages,
    int TicketsOpened,
    int TicketsClosed,
    int ResolvedByAssistant,
    ImmutableSortedDictionary<EscalationReason, int> Escalations,
    double? MeanSentiment,
    TimeSpan? MedianFirstResponse);
