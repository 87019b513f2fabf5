using FteAgent.Customers;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace FteAgent.Conversations;

/// <summary>
/// Asks twice a second which conversations have a duty that is due or lost its worker, and pokes each. The one mechanism that covers
/// a crash at any point: nothing else needs to remember. A poke that hangs (its silo may just have died) holds up none of the others.
/// </summary>
internal sealed partial class DutySweeper(IDutyRoster roster, ConversationCalls conversations, TimeProvider time, ILogger<DutySweeper> logger) : BackgroundService
{
    private const int BatchLimit = 100;

    /// <summary>How many pokes may be under way: with that many unanswered, more would not help.</summary>
    private const int PokeLimit = 500;

    /// <summary>How long pokes under way are waited for at shutdown; what is not done then is found by another silo.</summary>
    private static readonly TimeSpan DrainFor = TimeSpan.FromSeconds(5);

    private static readonly TimeSpan Period = TimeSpan.FromMilliseconds(500);

    private int poking;

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Period, time);
        try
        {
            do
            {
                await Sweep(stoppingToken);
            }
            while (await timer.WaitForNextTickAsync(stoppingToken));
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
        }

        using var limit = new CancellationTokenSource(DrainFor, TimeProvider.System);
        while (Volatile.Read(ref poking) > 0 && !limit.IsCancellationRequested)
            await Task.Delay(TimeSpan.FromMilliseconds(20), CancellationToken.None);
    }

    private async Task Sweep(CancellationToken cancellationToken)
    {
        try
        {
            int room;
            int claimed;
            do
            {
                room = Math.Min(BatchLimit, PokeLimit - Volatile.Read(ref poking));
                if (room <= 0)
                    return;
                var due = await roster.ClaimDue(room, cancellationToken);
                foreach (var conversation in due)
                    _ = Poke(conversation, cancellationToken);
                claimed = due.Length;
            }
            while (claimed == room);   // A full batch means that more may be due.
        }
        catch (Exception failure) when (!cancellationToken.IsCancellationRequested)
        {
            LogSweepFailed(logger, failure);
        }
    }

    private async Task Poke(DueConversation due, CancellationToken cancellationToken)
    {
        Interlocked.Increment(ref poking);
        try
        {
            await conversations.Act(due.Customer, grain => grain.Poke(due.GoneWorker), cancellationToken);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // Another silo pokes it.
        }
        catch (Exception failure)
        {
            LogPokeFailed(logger, failure, due.Customer);
        }
        finally
        {
            Interlocked.Decrement(ref poking);
        }
    }

    [LoggerMessage(1201, LogLevel.Error, "Looking for open duties failed; the next sweep tries again.")]
    private static partial void LogSweepFailed(ILogger logger, Exception failure);

    [LoggerMessage(1202, LogLevel.Warning, "Conversation {Customer}: could not be poked; a later sweep tries again.")]
    private static partial void LogPokeFailed(ILogger logger, Exception failure, CustomerId customer);
}
