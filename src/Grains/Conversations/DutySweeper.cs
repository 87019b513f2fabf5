using System.Diagnostics;
using FteAgent.Customers;
using FteAgent.Jobs;
using Microsoft.Extensions.Logging;

namespace FteAgent.Conversations;

/// <summary>
/// Asks twice a second which conversations have a duty that is due or lost their worker, and pokes each. This one mechanism covers a
/// crash at any point.
/// </summary>
internal sealed partial class DutySweeper(
    IDutyRoster roster, UnknownCommits unknown, SiloIncarnation silo, ConversationCalls conversations, SweepMetrics metrics, TimeProvider time,
    ILogger<DutySweeper> logger)
    : Routine(Period, time)
{
    private const int BatchLimit = 100;

    /// <summary>Pokes under way at once. Those to a silo that hangs take long, and the others must not wait for them.</summary>
    private const int PokeLimit = 500;

    private static readonly TimeSpan Period = TimeSpan.FromMilliseconds(500);

    private readonly List<Task> pokes = [];

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await base.ExecuteAsync(stoppingToken);
        // Each ends soon: no pause outlives the token, and no call its timeout.
        await Task.WhenAll(pokes);
    }

    /// <inheritdoc/>
    protected override async Task Do(CancellationToken cancellationToken)
    {
        var since = Stopwatch.GetTimestamp();
        try
        {
            int room;
            int claimed;
            do
            {
                pokes.RemoveAll(static poke => poke.IsCompleted);
                room = Math.Min(BatchLimit, PokeLimit - pokes.Count);
                if (room <= 0)
                    return;
                var due = await roster.ClaimDue(room, cancellationToken);
                pokes.AddRange(due.Select(conversation => Poke(conversation, cancellationToken)));
                claimed = due.Length;
            }
            while (claimed == room);   // A full batch means that more may be due.

            // The record answers, so it can be told what became of these.
            pokes.AddRange(unknown.Take(PokeLimit - pokes.Count).Select(customer => Settle(customer, cancellationToken)));
            metrics.Swept(done: true, since);
        }
        catch (Exception) when (!cancellationToken.IsCancellationRequested)
        {
            metrics.Swept(done: false, since);
            throw;
        }
    }

    /// <inheritdoc/>
    protected override void Tell(Exception failure) => LogSweepFailed(logger, failure);

    /// <summary>
    /// Pokes a conversation to which this silo may have committed an exchange without hearing of it. Where the grain still is, that hands it
    /// over; where the grain has moved to another silo, it is taken over there, since here nobody drafts it.
    /// </summary>
    private async Task Settle(CustomerId customer, CancellationToken cancellationToken)
    {
        if (!await Poke(new(customer, silo.Value), cancellationToken))
            unknown.Add(customer);
    }

    private async Task<bool> Poke(DueConversation due, CancellationToken cancellationToken)
    {
        try
        {
            await conversations.Act(due.Customer, grain => grain.Poke(due.GoneWorker), cancellationToken);
            metrics.Poked(done: true);
            return true;
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // Another silo pokes it.
            return false;
        }
        catch (Exception failure)
        {
            metrics.Poked(done: false);
            LogPokeFailed(logger, failure, due.Customer);
            return false;
        }
    }

    [LoggerMessage(1201, LogLevel.Error, "Looking for open duties failed; the next sweep tries again.")]
    private static partial void LogSweepFailed(ILogger logger, Exception failure);

    [LoggerMessage(1202, LogLevel.Warning, "Conversation {Customer}: could not be poked; a later sweep tries again.")]
    private static partial void LogPokeFailed(ILogger logger, Exception failure, CustomerId customer);
}
