using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace FteAgent.Knowledge;

/// <summary>Keeps this silo's index at the version that the record calls current, whoever published it.</summary>
internal sealed partial class KnowledgeRefresher(IKnowledgeIndex index, TimeProvider time, ILogger<KnowledgeRefresher> logger) : BackgroundService
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
            await index.Refresh(cancellationToken);
        }
        catch (Exception failure) when (!cancellationToken.IsCancellationRequested)
        {
            LogFailed(logger, failure);
        }
    }

    [LoggerMessage(2103, LogLevel.Error, "The knowledge version could not be read; searches go on with the one at hand.")]
    private static partial void LogFailed(ILogger logger, Exception failure);
}
