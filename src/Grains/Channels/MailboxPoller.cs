using FteAgent.Jobs;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace FteAgent.Channels;

/// <summary>
/// Has the mailbox read each minute, whether or not its provider tells of what arrives. Every silo does so, and the one grain does it once.
/// </summary>
internal sealed partial class MailboxPoller(
    IServiceProvider services, IGrainFactory grains, MailboxTimes times, TimeProvider time, ILogger<MailboxPoller> logger)
    : Routine(times.PollEvery, time)
{
    /// <inheritdoc/>
    protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
        services.GetService<IMailbox>() is null ? Task.CompletedTask : base.ExecuteAsync(stoppingToken);

    /// <inheritdoc/>
    protected override Task Do(CancellationToken cancellationToken) =>
        grains.GetGrain<IMailboxGrain>(services.GetRequiredService<IMailbox>().Address).Poll();

    /// <summary>A silo that cannot call now can in a minute.</summary>
    protected override void Tell(Exception failure) => LogNotPolled(logger, failure.GetType().Name);

    [LoggerMessage(6007, LogLevel.Warning, "The mailbox could not be asked for ({Reason}); it is tried again within a minute.")]
    private static partial void LogNotPolled(ILogger logger, string reason);
}
