using FteAgent.Conversations;
using FteAgent.Jobs;
using Microsoft.Extensions.Logging;

namespace FteAgent.Learning;

/// <summary>
/// Proposes articles from tickets that operators have resolved. Every silo looks, and a ticket is studied once: the record takes the first who did.
/// </summary>
internal sealed partial class Learner(IArticles articles, MatterReader matters, TimeProvider time, ILogger<Learner> logger)
    : Routine(Period, time)
{
    /// <summary>Tickets in one round: what is left is for the next one.</summary>
    private const int BatchLimit = 100;

    /// <summary>Nobody waits for a proposal.</summary>
    private static readonly TimeSpan Period = TimeSpan.FromSeconds(30);

    /// <inheritdoc/>
    protected override TimeSpan FirstAfter => Period;

    /// <summary>Studies what there is. What was not noted when it is cut off is studied again.</summary>
    protected override async Task Do(CancellationToken cancellationToken)
    {
        var proposed = 0;
        foreach (var ticket in await articles.Unstudied(BatchLimit, cancellationToken))
            proposed += await Study(ticket, cancellationToken) ? 1 : 0;
        if (proposed > 0)
            LogProposed(logger, proposed);
    }

    /// <inheritdoc/>
    protected override void Tell(Exception failure) => LogFailed(logger, failure);

    private async Task<bool> Study(ResolvedTicket ticket, CancellationToken cancellationToken)
    {
        ProposedText? found = null;
        try
        {
            found = await matters.Read(ticket, cancellationToken) is { } matter ? Proposal.Of(matter) : null;
        }
        catch (Exception failure) when (failure is not RecordUnavailableException && !cancellationToken.IsCancellationRequested)
        {
            // Noted as studied all the same: one that cannot be read would be tried for ever, and before all others.
            LogUnreadable(logger, ticket.Ticket.Value, failure);
        }

        return await articles.Study(ticket, found, cancellationToken) && found is not null;
    }

    [LoggerMessage(2300, LogLevel.Information, "{Count} articles were proposed from resolved tickets; operators find them in the console.")]
    private static partial void LogProposed(ILogger logger, int count);

    [LoggerMessage(2301, LogLevel.Error, "Resolved tickets could not be studied; the next round tries again.")]
    private static partial void LogFailed(ILogger logger, Exception failure);

    [LoggerMessage(2302, LogLevel.Warning, "Nothing is learned from ticket {Ticket}: it could not be read.")]
    private static partial void LogUnreadable(ILogger logger, string ticket, Exception failure);
}
