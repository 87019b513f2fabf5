using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace FteAgent.Channels;

/// <summary>
/// Has the mailbox read each minute, whether or not its provider tells of what arrives. Every silo does so, and the one grain does it once.
/// </summary>
internal sealed partial class MailboxPoller(IServiceProvider services, IGrainFactory grains, MailboxTimes times, TimeProvider time, ILogger<MailboxPoller> logger) : BackgroundService
{
    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (services.GetService<IMailbox>() is not { } mailbox)
            return;
        using var timer = new PeriodicTimer(times.PollEvery, time);
        try
        {
            do
                await Poll(mailbox.Address);
            while (await timer.WaitForNextTickAsync(stoppingToken));
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The mailbox waits.
        }
    }

    private async Task Poll(string address)
    {
        try
        {
            await grains.GetGrain<IMailboxGrain>(address).Poll();
        }
        catch (Exception failure)
        {
            // A silo that cannot call now can in a minute.
            LogNotPolled(logger, failure.GetType().Name);
        }
    }

    [LoggerMessage(6007, LogLevel.Warning, "The mailbox could not be asked for ({Reason}); it is tried again within a minute.")]
    private static partial void LogNotPolled(ILogger logger, string reason);
}
