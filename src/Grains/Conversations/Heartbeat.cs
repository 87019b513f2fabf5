using FteAgent.Jobs;
using Microsoft.Extensions.Logging;

namespace FteAgent.Conversations;

/// <summary>
/// Says each second that this silo is alive, from before its first exchange until after its last: it starts before the exchange
/// runner and stops after it has drained, so that nobody takes over what is still being drafted here.
/// </summary>
internal sealed partial class Heartbeat(IDutyRoster roster, SiloIncarnation silo, TimeProvider time, ILogger<Heartbeat> logger)
    : Routine(Period, time)
{
    private static readonly TimeSpan Period = TimeSpan.FromSeconds(1);

    /// <summary>The last sign of life has a limit of its own: it gets its chance though all others have used up the time to stop in.</summary>
    private static readonly TimeSpan RetireWithin = TimeSpan.FromSeconds(1);

    /// <summary>The very first is said by the start itself.</summary>
    protected override TimeSpan FirstAfter => Period;

    /// <summary>An incarnation that nobody has seen counts as gone, so the first sign of life comes before the first exchange.</summary>
    public override async Task StartAsync(CancellationToken cancellationToken)
    {
        await Round(cancellationToken);
        await base.StartAsync(cancellationToken);
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

    /// <inheritdoc/>
    protected override Task Do(CancellationToken cancellationToken) => roster.Renew(silo.Value, cancellationToken);

    /// <inheritdoc/>
    protected override void Tell(Exception failure) => LogFailed(logger, failure);

    [LoggerMessage(1203, LogLevel.Error, "This silo could not say that it is alive; the next second tries again.")]
    private static partial void LogFailed(ILogger logger, Exception failure);

    [LoggerMessage(1204, LogLevel.Warning, "This silo could not say that it has ended; what it left open is taken over a few seconds later.")]
    private static partial void LogNotRetired(ILogger logger, Exception failure);
}
