using Microsoft.Extensions.Logging;

namespace FteAgent.Channels;

/// <summary>
/// Reads a mailbox on from its place: what arrived since then, or, where the provider has forgotten, everything recent. A mail that cannot be taken
/// holds up no other: it is come back to while they go on, and the place stays before it until it is taken or left.
/// </summary>
internal sealed partial class MailboxReader(IMailbox mailbox, IMailboxCursors cursors, MailIntake intake, MailboxMetrics metrics, TimeProvider time, ILogger logger)
{
    /// <summary>So many mails in a row that fail by what may pass are no fault of theirs: the provider or the record is away.</summary>
    private const int AwayAfter = 3;

    /// <summary>Where it was never noted, or long ago, when the mailbox was last read.</summary>
    private static readonly TimeSpan RecentFor = TimeSpan.FromDays(14);

    /// <summary>The provider's clock and ours, and a mail that took its time inside the provider.</summary>
    private static readonly TimeSpan Overlap = TimeSpan.FromHours(6);

    private readonly TakenMails taken = new();
    private readonly FailedMails failed = new(time);

    /// <summary>The place in the record, as this reader left it; null when it does not know.</summary>
    private long? noted;

    /// <summary>What is read anew, turn by turn; null while the provider remembers.</summary>
    private RecentMails? anew;

    private DateTimeOffset until;
    private int failedInARow;
    private Exception? lastFailure;

    /// <summary>The mailbox.</summary>
    public IMailbox Mailbox => mailbox;

    /// <summary>The place up to which this reader has read; mails that failed may stand before it.</summary>
    public long ReadUpTo { get; private set; } = long.MinValue;

    /// <summary>Whether what went wrong may have nothing to do with a mail, and is tried again as it was.</summary>
    public static bool MayPass(Exception failure) =>
        failure is MailboxUnavailableException or Conversations.RecordUnavailableException or TimeoutException or OrleansException or OperationCanceledException;

    /// <summary>Reads on. Returns whether everything was read that can be now; false when the time was up first.</summary>
    /// <exception cref="MailboxUnavailableException">The provider did not answer as it should; what was read counts.</exception>
    /// <exception cref="Conversations.RecordUnavailableException">Nothing can be stored now; what was stored counts.</exception>
    public async Task<bool> Read(TimeSpan limit, CancellationToken cancellationToken)
    {
        if (await cursors.Find(mailbox.Address, cancellationToken) is not { } cursor)
            return await First(cancellationToken);
        if (noted != cursor.Position)
            StartAt(cursor.Position);
        until = time.GetUtcNow() + limit;
        (failedInARow, lastFailure) = (0, null);
        failed.Begin();

        // One of those that failed, so that what is new does not keep them waiting for ever; the others after it, so that they do not keep it.
        var isRead = await Again(1, cancellationToken)
            && await (anew is null ? ReadOn(cursor, cancellationToken) : ReadAnew(cursor, cancellationToken))
            && await Again(int.MaxValue, cancellationToken);
        // Nothing went through: whoever has the mailbox read is to know.
        return lastFailure is null || failed.HasWorked ? isRead : throw lastFailure;
    }

    private async Task<bool> First(CancellationToken cancellationToken)
    {
        // What lay there before is its owner's; nobody waits for an answer to last year's mails.
        var now = await mailbox.Position(cancellationToken);
        if (await cursors.Move(mailbox.Address, null, now, cancellationToken))
            StartAt(now);
        LogFirst(logger);
        return true;
    }

    private void StartAt(long place)
    {
        (noted, ReadUpTo, anew) = (place, place, null);
        failed.Forget();
    }

    private async Task<bool> ReadOn(MailboxCursor cursor, CancellationToken cancellationToken)
    {
        var from = ReadUpTo;
        for (string? page = null; ;)
        {
            if (await mailbox.Since(from, page, cancellationToken) is not { } news)
                return await ReadAnew(cursor, cancellationToken);
            foreach (var mail in news.Mails)
                if (!await Take(mail, cancellationToken))
                    return false;
            ReadUpTo = Math.Max(ReadUpTo, news.Position);
            if (!await Move(cancellationToken) || (page = news.NextPage) is null)
                return true;
        }
    }

    /// <summary>The provider has forgotten the place. Where its history stands is asked first, so that what arrives meanwhile is read after it.</summary>
    private async Task<bool> ReadAnew(MailboxCursor cursor, CancellationToken cancellationToken)
    {
        if (anew is null)
        {
            LogForgotten(logger);
            var oldest = time.GetUtcNow() - RecentFor;
            anew = new(await mailbox.Position(cancellationToken), cursor.ReadAt - Overlap is var read && read > oldest ? read : oldest);
        }

        while (!anew.IsListed)
        {
            if (!await List(anew, cancellationToken))
                return false;
        }

        while (anew.Next is { } mail)
        {
            var goesOn = await Take(mail, cancellationToken);
            anew.Advance();
            if (!goesOn)
                return false;
        }

        ReadUpTo = Math.Max(ReadUpTo, anew.Position);
        anew = null;
        await Move(cancellationToken);
        return true;
    }

    /// <summary>Lists one more page of what is recent. False when the time is up.</summary>
    private async Task<bool> List(RecentMails recent, CancellationToken cancellationToken)
    {
        try
        {
            if (recent.Add(await mailbox.Recent(recent.Since, recent.Page, cancellationToken)))
                LogLeftOut(logger, RecentMails.Limit);
        }
        catch (MailboxUnavailableException) when (recent.Page is not null)
        {
            // A page of long ago may not hold any more, so it begins at the first.
            anew = null;
            throw;
        }

        return time.GetUtcNow() < until;
    }

    /// <summary>Comes back to mails that failed and whose time has come. False when the time was up first.</summary>
    private async Task<bool> Again(int atMost, CancellationToken cancellationToken)
    {
        if (noted is null)
            return true;
        var due = failed.Due(atMost);
        foreach (var mail in due)
            if (!await TakeNow(mail, cancellationToken))
                return false;
        if (due.Count > 0)
            await Move(cancellationToken);
        return true;
    }

    private Task<bool> Take(string mail, CancellationToken cancellationToken) =>
        taken.Contains(mail) || failed.Contains(mail) ? Task.FromResult(true) : TakeNow(mail, cancellationToken);

    /// <summary>Takes a mail, or notes that it failed. False when the time is up.</summary>
    private async Task<bool> TakeNow(string mail, CancellationToken cancellationToken)
    {
        try
        {
            using var fetched = await mailbox.Fetch(mail, cancellationToken);
            var refusal = fetched is null ? null : await intake.Take(fetched.Raw, MailRoad.Mailbox, cancellationToken);
            if (refusal is not null)
                LogRefused(logger, mail, refusal);
            // Neither what is gone nor what is refused says that anything can be stored.
            failed.Remove(mail, wasStored: fetched is not null && refusal is null);
            Leave();
            taken.Add(mail);
            failedInARow = 0;
        }
        catch (Exception failure) when (!cancellationToken.IsCancellationRequested)
        {
            Failed(mail, failure);
        }

        // Looked at after a mail and not before one, so that every turn gets on, however slow the provider is.
        return time.GetUtcNow() < until;
    }

    private void Failed(string mail, Exception failure)
    {
        var mayPass = MayPass(failure);
        if (mayPass)
            lastFailure = failure;
        var reason = failure is MailboxUnavailableException ? failure.Message : failure.GetType().Name;
        if (!failed.Add(mail, ReadUpTo, reason, isItsOwn: !mayPass))
            throw failure;
        Leave();
        if (failed.Contains(mail) && (!mayPass || failed.HasWorked))
            LogFailed(logger, mail, reason);
        if (mayPass && ++failedInARow >= AwayAfter)
            throw failure;
    }

    private void Leave()
    {
        foreach (var (mail, attempts, reason) in failed.TakeLeft())
        {
            taken.Add(mail);
            metrics.Leaves();
            LogLeft(logger, mail, attempts, reason);
        }
    }

    /// <summary>
    /// Moves the place on, up to the first mail that failed. False when somebody else has read on: what they read is theirs to go on with.
    /// </summary>
    private async Task<bool> Move(CancellationToken cancellationToken)
    {
        var to = Math.Min(ReadUpTo, failed.Place ?? long.MaxValue);
        var moved = await cursors.Move(mailbox.Address, noted, to, cancellationToken);
        noted = moved ? to : null;
        return moved;
    }

    [LoggerMessage(6003, LogLevel.Information, "The mailbox is read for the first time: what arrives from now on is taken.")]
    private static partial void LogFirst(ILogger logger);

    [LoggerMessage(6004, LogLevel.Warning, "The provider has forgotten how far the mailbox was read; everything recent is read anew.")]
    private static partial void LogForgotten(ILogger logger);

    [LoggerMessage(6005, LogLevel.Warning, "Mail {Mail} was not taken: {Reason}")]
    private static partial void LogRefused(ILogger logger, string mail, string reason);

    [LoggerMessage(6006, LogLevel.Error, "Mail {Mail} cannot be read and is left in the mailbox after {Attempts} attempts ({Reason}).")]
    private static partial void LogLeft(ILogger logger, string mail, int attempts, string reason);

    [LoggerMessage(6008, LogLevel.Warning, "Mail {Mail} could not be taken ({Reason}); others go on, and it is come back to.")]
    private static partial void LogFailed(ILogger logger, string mail, string reason);

    [LoggerMessage(6009, LogLevel.Error, "More than {Limit} mails are recent in the mailbox; the latest of them are read, and the others are left there.")]
    private static partial void LogLeftOut(ILogger logger, int limit);
}
