using FteAgent.Customers;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace FteAgent.Conversations;

/// <summary>
/// Each second: says that this silo is alive, and pokes the conversations that have something due or were left behind by a silo
/// that is gone. This one mechanism covers a crash at any point.
/// </summary>
internal sealed partial class DutySweeper(
    IDutyRoster roster, IGrainFactory grains, SiloIncarnation silo, TimeProvider time, ILogger<DutySweeper> logger) : BackgroundService
{
    private const int BatchLimit = 100;
    private static readonly TimeSpan Period = TimeSpan.FromSeconds(1);

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Period, time);
        do
        {
            try
            {
                await roster.Renew(silo.Value, stoppingToken);
                while (await Sweep(stoppingToken) == BatchLimit)
                {
                    // A full batch means that more may be due.
                }
            }
            catch (Exception failure) when (failure is not OperationCanceledException)
            {
                LogSweepFailed(logger, failure);
            }
        }
        while (await Ticks(timer, stoppingToken));
    }

    private async Task<int> Sweep(CancellationToken cancellationToken)
    {
        var due = await roster.ClaimDue(BatchLimit, cancellationToken);
        await Task.WhenAll(due.Select(Poke));
        return due.Length;
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

    private static async Task<bool> Ticks(PeriodicTimer timer, CancellationToken stopping)
    {
        try
        {
            return await timer.WaitForNextTickAsync(stopping);
        }
        catch (OperationCanceledException)
        {
            return false;
        }
    }

    [LoggerMessage(1201, LogLevel.Error, "Sweeping for open duties failed; the next sweep tries again.")]
    private static partial void LogSweepFailed(ILogger logger, Exception failure);

    [LoggerMessage(1202, LogLevel.Warning, "Conversation {Customer}: could not be poked; a later sweep tries again.")]
    private static partial void LogPokeFailed(ILogger logger, Exception failure, CustomerId customer);
}
