using FteAgent.Jobs;
using Microsoft.Extensions.Logging;

namespace FteAgent.Intents;

/// <summary>Keeps the intents that this silo knows at those that the record keeps, whoever trained them, and forgets them when the record has.</summary>
internal sealed partial class IntentRefresher(KnownIntents known, TimeProvider time, ILogger<IntentRefresher> logger) : Routine(Period, time)
{
    private static readonly TimeSpan Period = TimeSpan.FromSeconds(2);

    /// <inheritdoc/>
    protected override Task Do(CancellationToken cancellationToken) => known.Refresh(cancellationToken);

    /// <inheritdoc/>
    protected override void Tell(Exception failure) => LogFailed(logger, failure);

    [LoggerMessage(2134, LogLevel.Error, "Which intents are kept could not be read; those at hand are asked on.")]
    private static partial void LogFailed(ILogger logger, Exception failure);
}
