using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace FteAgent.Conversations;

/// <summary>
/// Says each second that this silo is alive, from before its first exchange until after its last: it starts before the exchange
/// runner and stops after it has drained, so that nobody takes over what is still being drafted here.
/// </summary>
internal sealed partial class Heartbeat(IDutyRoster roster, SiloIncarnation silo, TimeProvider time, ILogger<Heartbeat> logger) : BackgroundService
{
    private static readonly TimeSpan Period = TimeSpan.FromSeconds(1);

    /// <summary>The last sign of life has a limit of its own: it gets its chance though all others have used up the time to stop in.</summary>
    private static readonly TimeSpan RetireWithin = TimeSpan.FromSeconds(1);

    /// <summary>An incarnation that nobody has seen counts as gone, so the first sign of life comes before the first exchange.</summary>
    public override async Task StartAsync(CancellationToken cancellationToken)
    {
        await Renew(cancellationToken);
        await base.StartAsync(cancellationToken);
    }

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Period, time);
        try
        {
            while (await timer.WaitForNextTickAsync(stoppingToken))
                await Renew(stoppingToken);
        }
        catch (Exception) when (stoppingToken.IsCancellationRequested)
        {
            // Whatever was cut off by it: not every failure of a cancelled call is a cancellation.
        }
    }

    /// <summary>The last sign of life: whoever stops in good order leaves nobody waiting for the time after which the silent count as gone.</summary>
    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        try
        {
            using var limit = new CancellationTokenSource(RetireWithin);
            // Left behind where it does not heed the limit.
            await roster.Retire(silo.Value, limit.Token).WaitAsync(limit.Token);
        }
        catch (Exception failure)
        {
            LogNotRetired(logger, failure);
        }
    }

    private async Task Renew(CancellationToken cancellationToken)
    {
        try
        {
            await roster.Renew(silo.Value, cancellationToken);
        }
        catch (Exception failure) when (!cancellationToken.IsCancellationRequested)
        {
            LogFailed(logger, failure);
        }
    }

    [LoggerMessage(1203, LogLevel.Error, "This silo could not say that it is alive; the next second tries again.")]
    private static partial void LogFailed(ILogger logger, Exception failure);

    [LoggerMessage(1204, LogLevel.Warning, "This silo could not say that it has ended; what it left open is taken over a few seconds later.")]
    private static partial void LogNotRetired(ILogger logger, Exception failure);
}
