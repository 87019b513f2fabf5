using FteAgent.Jobs;
using Microsoft.Extensions.Logging;

namespace FteAgent.Knowledge;

/// <summary>Keeps this silo's index at the version that the record calls current, whoever published it.</summary>
internal sealed partial class KnowledgeRefresher(IKnowledgeIndex index, TimeProvider time, ILogger<KnowledgeRefresher> logger) : Routine(Period, time)
{
    private static readonly TimeSpan Period = TimeSpan.FromSeconds(2);

    /// <inheritdoc/>
    protected override Task Do(CancellationToken cancellationToken) => index.Refresh(cancellationToken);

    /// <inheritdoc/>
    protected override void Tell(Exception failure) => LogFailed(logger, failure);

    [LoggerMessage(2103, LogLevel.Error, "The knowledge version could not be read; searches go on with the one at hand.")]
    private static partial void LogFailed(ILogger logger, Exception failure);
}
