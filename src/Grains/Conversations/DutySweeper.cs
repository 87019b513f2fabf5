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

    /// <summary>An incarnation that nobody has seen counts as gone, so the first sign of life comes before the first exchange.</summary>
    public override async Task StartAsync(CancellationToken cancellationToken)
    {
        await Try(Renew, cancellationToken);
        await base.StartAsync(cancellationToken);
    }

    /// <inheritdoc/>
    protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
        // Each on a clock of its own: a long sweep must not make this silo look gone.
        Task.WhenAll(EachPeriod(Renew, stoppingToken), EachPeriod(Sweep, stoppingToken));

    private async Task EachPeriod(Func<CancellationToken, Task> act, CancellationToken stopping)
    {
        using var timer = new PeriodicTimer(Period, time);
        try
        {
            do
            {
                await Try(act, stopping);
            }
            while (await timer.WaitForNextTickAsync(stopping));
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
        }
    }

    private async Task Try(Func<CancellationToken, Task> act, CancellationToken cancellationToken)
    {
        try
        {
            await act(cancellationToken);
        }
        catch (Exception failure) when (failure is not OperationCanceledException)
        {
            LogSweepFailed(logger, failure);
        }
    }

    private Task Renew(CancellationToken cancellationToken) => roster.Renew(silo.Value, cancellationToken);

    private async Task Sweep(CancellationToken cancellationToken)
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

    [LoggerMessage(1201, LogLevel.Error, "Looking after open duties failed; the next second tries again.")]
    private static partial void LogSweepFailed(ILogger logger, Exception failure);

    [LoggerMessage(1202, LogLevel.Warning, "Conversation {Customer}: could not be poked; a later sweep tries again.")]
    private static partial void LogPokeFailed(ILogger logger, Exception failure, CustomerId customer);
}
