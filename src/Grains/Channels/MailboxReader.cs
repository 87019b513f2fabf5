using System.Collections.Immutable;
using FteAgent.Conversations;
using Microsoft.Extensions.Logging;

namespace FteAgent.Channels;

/// <summary>Reads a mailbox on from its place: what arrived since then, or, where the provider has forgotten, everything recent.</summary>
internal sealed partial class MailboxReader(IMailbox mailbox, IMailboxCursors cursors, MailIntake intake, TimeProvider time, ILogger logger)
{
    /// <summary>Mails whose taking is remembered, so that they are not fetched again. Forgotten ones are fetched, and known in the record.</summary>
    private const int TakenLimit = 10_000;

    /// <summary>A mail that fails by itself is tried so often, and then left where it is.</summary>
    private const int MailAttempts = 3;

    /// <summary>So many mails are read anew at most where the provider has forgotten the place.</summary>
    private const int RecentLimit = 20_000;

    /// <summary>Where it was never noted, or long ago, when the mailbox was last read.</summary>
    private static readonly TimeSpan RecentFor = TimeSpan.FromDays(14);

    /// <summary>The provider's clock and ours, and a mail that took its time inside the provider.</summary>
    private static readonly TimeSpan Overlap = TimeSpan.FromHours(6);

    private readonly HashSet<string> taken = new(StringComparer.Ordinal);
    private readonly Queue<string> takenInOrder = new();
    private readonly Dictionary<string, int> failed = new(StringComparer.Ordinal);

    /// <summary>The mailbox.</summary>
    public IMailbox Mailbox => mailbox;

    /// <summary>The place up to which this reader knows that it was read.</summary>
    public long ReadUpTo { get; private set; } = long.MinValue;

    /// <summary>Whether what went wrong has nothing to do with a mail, and is tried again as it was.</summary>
    public static bool MayPass(Exception failure) =>
        failure is MailboxUnavailableException or RecordUnavailableException or TimeoutException or OrleansException or OperationCanceledException;

    /// <summary>Reads on. Returns whether everything was read; false when the time was up first.</summary>
    /// <exception cref="MailboxUnavailableException">The provider did not answer as it should; what was read counts.</exception>
    /// <exception cref="RecordUnavailableException">Nothing can be stored now; what was stored counts.</exception>
    public async Task<bool> Read(TimeSpan limit, CancellationToken cancellationToken)
    {
        if (await cursors.Find(mailbox.Address, cancellationToken) is not { } cursor)
        {
            // What lay there before is its owner's; nobody waits for an answer to last year's mails.
            var now = await mailbox.Position(cancellationToken);
            if (await cursors.Move(mailbox.Address, null, now, cancellationToken))
                ReadUpTo = now;
            LogFirst(logger);
            return true;
        }

        ReadUpTo = Math.Max(ReadUpTo, cursor.Position);
        var until = time.GetUtcNow() + limit;
        var place = cursor.Position;
        for (string? page = null; ;)
        {
            if (await mailbox.Since(cursor.Position, page, cancellationToken) is not { } news)
                return await ReadAnew(cursor, place, limit, cancellationToken);
            if (!await Take(news.Mails, until, cancellationToken))
                return false;
            if (!await Move(place, news.Position, cancellationToken))
                return true;
            place = news.Position;
            page = news.NextPage;
            if (page is null)
                return true;
        }
    }

    /// <summary>The provider has forgotten the place. Where its history stands is asked first, so that what arrives meanwhile is read after it.</summary>
    private async Task<bool> ReadAnew(MailboxCursor cursor, long place, TimeSpan limit, CancellationToken cancellationToken)
    {
        LogForgotten(logger);
        var now = await mailbox.Position(cancellationToken);
        var oldest = time.GetUtcNow() - RecentFor;
        var since = cursor.ReadAt - Overlap is var read && read > oldest ? read : oldest;
        var latestFirst = new List<string>();
        string? page = null;
        do
        {
            var recent = await mailbox.Recent(since, page, cancellationToken);
            latestFirst.AddRange(recent.Mails);
            page = recent.NextPage;
        }
        while (page is not null && latestFirst.Count < RecentLimit);

        latestFirst.Reverse();
        if (!await Take([.. latestFirst], time.GetUtcNow() + limit, cancellationToken))
            return false;
        await Move(place, now, cancellationToken);
        return true;
    }

    /// <summary>False when somebody else has read on: what they read is theirs to go on with.</summary>
    private async Task<bool> Move(long from, long to, CancellationToken cancellationToken)
    {
        var moved = await cursors.Move(mailbox.Address, from, to, cancellationToken);
        if (moved)
            ReadUpTo = to;
        return moved;
    }

    private async Task<bool> Take(ImmutableArray<string> mails, DateTimeOffset until, CancellationToken cancellationToken)
    {
        foreach (var mail in mails)
        {
            if (taken.Contains(mail))
                continue;
            await Take(mail, cancellationToken);
            Remember(mail);
            // Looked at after a mail and not before one, so that every turn gets on, however slow the provider is.
            if (time.GetUtcNow() >= until)
                return false;
        }

        return true;
    }

    private async Task Take(string mail, CancellationToken cancellationToken)
    {
        try
        {
            if (await mailbox.Fetch(mail, cancellationToken) is { } raw && await intake.Take(raw, MailRoad.Mailbox, cancellationToken) is { } refusal)
                LogRefused(logger, mail, refusal);
        }
        catch (Exception failure) when (!MayPass(failure))
        {
            // One mail that cannot be read must not hold up all that come after it.
            var attempts = failed[mail] = failed.GetValueOrDefault(mail) + 1;
            if (attempts < MailAttempts)
                throw new MailboxUnavailableException($"a mail could not be read: {failure.GetType().Name}");
            LogLeft(logger, mail, attempts, failure.GetType().Name);
        }

        failed.Remove(mail);
    }

    private void Remember(string mail)
    {
        if (!taken.Add(mail))
            return;
        takenInOrder.Enqueue(mail);
        if (takenInOrder.Count > TakenLimit)
            taken.Remove(takenInOrder.Dequeue());
    }

    [LoggerMessage(6003, LogLevel.Information, "The mailbox is read for the first time: what arrives from now on is taken.")]
    private static partial void LogFirst(ILogger logger);

    [LoggerMessage(6004, LogLevel.Warning, "The provider has forgotten how far the mailbox was read; everything recent is read anew.")]
    private static partial void LogForgotten(ILogger logger);

    [LoggerMessage(6005, LogLevel.Warning, "Mail {Mail} was not taken: {Reason}")]
    private static partial void LogRefused(ILogger logger, string mail, string reason);

    [LoggerMessage(6006, LogLevel.Error, "Mail {Mail} cannot be read and is left in the mailbox after {Attempts} attempts ({Reason}).")]
    private static partial void LogLeft(ILogger logger, string mail, int attempts, string reason);
}
