using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace FteAgent.Intents;

/// <summary>Keeps the intents that this silo knows at those that the record keeps, whoever trained them, and forgets them when the record has.</summary>
internal sealed partial class IntentRefresher(KnownIntents known, TimeProvider time, ILogger<IntentRefresher> logger) : BackgroundService
{
    private static readonly TimeSpan Period = TimeSpan.FromSeconds(2);

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Period, time);
        try
        {
            do
            {
                await Refresh(stoppingToken);
            }
            while (await timer.WaitForNextTickAsync(stoppingToken));
        }
        catch (Exception) when (stoppingToken.IsCancellationRequested)
        {
            // Whatever was cut off by it: not every failure of a cancelled call is a cancellation.
        }
    }

    private async Task Refresh(CancellationToken cancellationToken)
    {
        try
        {
            await known.Refresh(cancellationToken);
        }
        catch (Exception failure) when (!cancellationToken.IsCancellationRequested)
        {
            LogFailed(logger, failure);
        }
    }

    [LoggerMessage(2134, LogLevel.Error, "Which intents are kept could not be read; those at hand are asked on.")]
    private static partial void LogFailed(ILogger logger, Exception failure);
}
