using FteAgent.Jobs;
using Microsoft.Extensions.Logging;

namespace FteAgent.Knowledge.Flags;

/// <summary>Lets the keeper look after each version that comes.</summary>
internal sealed partial class FlagWatch(FlagKeeper keeper, TimeProvider time, ILogger<FlagWatch> logger) : Routine(Period, time)
{
    private static readonly TimeSpan Period = TimeSpan.FromSeconds(5);

    /// <inheritdoc/>
    protected override Task Do(CancellationToken cancellationToken) => keeper.Look(cancellationToken);

    /// <inheritdoc/>
    protected override void Tell(Exception failure) => LogFailed(logger, failure);

    [LoggerMessage(2121, LogLevel.Warning, "What is doubtful about the knowledge could not be worked out; it is tried again.")]
    private static partial void LogFailed(ILogger logger, Exception failure);
}
