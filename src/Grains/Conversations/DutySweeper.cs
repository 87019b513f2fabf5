using FteAgent.Customers;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace FteAgent.Conversations;

/// <summary>
/// Each second pokes the conversations that have something due or were left behind by a silo that is gone. This one mechanism
/// covers a crash at any point.
/// </summary>
internal sealed partial class DutySweeper(IDutyRoster roster, IGrainFactory grains, TimeProvider time, ILogger<DutySweeper> logger) : BackgroundService
{
    private const int BatchLimit = 100;
    private static readonly TimeSpan Period = TimeSpan.FromSeconds(1);

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
    }

    private async Task Sweep(CancellationToken cancellationToken)
    {
        try
        {
            int claimed;
            do
            {
                var due = await roster.ClaimDue(BatchLimit, cancellationToken);
                await Task.WhenAll(due.Select(Poke));
                claimed = due.Length;
            }
            while (claimed == BatchLimit);   // A full batch means that more may be due.
        }
        catch (Exception failure) when (!cancellationToken.IsCancellationRequested)
        {
            LogSweepFailed(logger, failure);
        }
    }

    private async Task Poke(CustomerId customer)
    {
        try
        {
            await grains.GetGrain<IConversationGrain>(customer.ToString()).Poke();
        }
        catch (Exception failure)
        {
            LogPokeFailed(logger, failure, customer);
        }
    }

    [LoggerMessage(1201, LogLevel.Error, "Looking for open duties failed; the next second tries again.")]
    private static partial void LogSweepFailed(ILogger logger, Exception failure);

    [LoggerMessage(1202, LogLevel.Warning, "Conversation {Customer}: could not be poked; a later sweep tries again.")]
    private static partial void LogPokeFailed(ILogger logger, Exception failure, CustomerId customer);
}
