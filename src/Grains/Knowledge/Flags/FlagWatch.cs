using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace FteAgent.Knowledge.Flags;

/// <summary>Lets the keeper look after each version that comes.</summary>
internal sealed partial class FlagWatch(FlagKeeper keeper, TimeProvider time, ILogger<FlagWatch> logger) : BackgroundService
{
    private static readonly TimeSpan Period = TimeSpan.FromSeconds(5);

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Period, time);
        try
        {
            do
            {
                await Look(stoppingToken);
            }
            while (await timer.WaitForNextTickAsync(stoppingToken));
        }
        catch (Exception) when (stoppingToken.IsCancellationRequested)
        {
            // Whatever was cut off by it.
        }
    }

    private async Task Look(CancellationToken cancellationToken)
    {
        try
        {
            await keeper.Look(cancellationToken);
        }
        catch (Exception failure) when (!cancellationToken.IsCancellationRequested)
        {
            LogFailed(logger, failure);
        }
    }

    [LoggerMessage(2121, LogLevel.Warning, "What is doubtful about the knowledge could not be worked out; it is tried again.")]
    private static partial void LogFailed(ILogger logger, Exception failure);
}
