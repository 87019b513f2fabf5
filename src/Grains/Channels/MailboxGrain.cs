using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace FteAgent.Channels;

/// <summary>
/// Reads a mailbox from the place up to which it was read, whatever brought it here. The place moves on when every mail before it is in the
/// record: nothing is lost when it is cut off, and what is read again is known again.
/// </summary>
/// <remarks>
/// Unlike a conversation it waits for the network, and nobody waits for it: its calls are one-way, and each turn is short. What is left goes on in
/// a turn of its own.
/// </remarks>
internal sealed partial class MailboxGrain(IServiceProvider services, MailboxTimes times, TimeProvider time, ILogger<MailboxGrain> logger) : Grain, IMailboxGrain
{
    /// <summary>Gmail's watch holds for a week and asks to be renewed each day.</summary>
    private static readonly TimeSpan WatchEvery = TimeSpan.FromDays(1);

    /// <summary>A watch that could not be had is asked for again after this.</summary>
    private static readonly TimeSpan WatchAgain = TimeSpan.FromMinutes(10);

    private readonly MailboxReader? reader = services.GetService<IMailbox>() is { } mailbox
        ? new(
            mailbox, services.GetRequiredService<IMailboxCursors>(), services.GetRequiredService<MailIntake>(), services.GetRequiredService<MailboxMetrics>(), time,
            logger)
        : null;

    private DateTimeOffset? endedAt;
    private DateTimeOffset watchAt;

    /// <inheritdoc/>
    public Task Wake(long position) =>
        // What a push tells late, twice or out of order was read with the one before.
        reader is null || position <= reader.ReadUpTo ? Task.CompletedTask : Read(reader);

    /// <inheritdoc/>
    public Task Poll() =>
        // Several silos poll, each at its own moment; one of them is enough.
        reader is null || time.GetUtcNow() - endedAt < times.PollEvery * 0.75 ? Task.CompletedTask : Read(reader);

    private async Task Read(MailboxReader mails)
    {
        try
        {
            await Watch(mails.Mailbox);
            if (await mails.Read(times.TurnFor, CancellationToken.None))
                endedAt = time.GetUtcNow();
            else
                await GrainFactory.GetGrain<IMailboxGrain>(this.GetPrimaryKeyString()).Wake(long.MaxValue);
        }
        catch (Exception failure) when (MailboxReader.MayPass(failure))
        {
            // The mails are still there; the next poll finds them.
            LogNotRead(logger, failure is MailboxUnavailableException ? failure.Message : failure.GetType().Name);
        }
    }

    /// <summary>Asks to be told of what arrives, and again before that ends. Whether or not it can be had, the mailbox is asked each minute.</summary>
    private async Task Watch(IMailbox mailbox)
    {
        var now = time.GetUtcNow();
        if (now < watchAt)
            return;
        watchAt = now + WatchAgain;
        try
        {
            var until = await mailbox.Watch(CancellationToken.None);
            watchAt = now + RenewAfter(until - now);
            if (until <= now)
                LogNotWatched(logger, "the watch that it gave had ended already");
        }
        catch (Exception failure) when (MailboxReader.MayPass(failure))
        {
            LogNotWatched(logger, failure is MailboxUnavailableException ? failure.Message : failure.GetType().Name);
        }
    }

    /// <summary>At half its time where it ends sooner than Google says, so that a renewal that fails is tried again before it does.</summary>
    private static TimeSpan RenewAfter(TimeSpan? holds) => (holds / 2) switch
    {
        null => WatchEvery,
        { } half when half > WatchEvery => WatchEvery,
        { } half when half < WatchAgain => WatchAgain,
        { } half => half,
    };

    [LoggerMessage(6001, LogLevel.Warning, "The mailbox could not be read ({Reason}); it is tried again within a minute.")]
    private static partial void LogNotRead(ILogger logger, string reason);

    [LoggerMessage(6002, LogLevel.Warning, "The mailbox's provider was asked in vain to tell of what arrives ({Reason}); it is asked again in ten minutes, and the mailbox is read each minute.")]
    private static partial void LogNotWatched(ILogger logger, string reason);
}
