using System.Collections.Immutable;

namespace FteAgent.Channels;

/// <summary>A mailbox at a provider that keeps mails and a history of what arrived. Everything here may be asked again.</summary>
public interface IMailbox
{
    /// <summary>Its address, in lower case.</summary>
    string Address { get; }

    /// <summary>Where its history stands now.</summary>
    /// <exception cref="MailboxUnavailableException">The provider did not answer as it should.</exception>
    Task<long> Position(CancellationToken cancellationToken);

    /// <summary>What arrived after a place in its history, oldest first; null when the provider does not remember so far back.</summary>
    /// <param name="position">The place.</param>
    /// <param name="page">Which page of it: null for the first, else <see cref="MailboxNews.NextPage"/> of the one before.</param>
    /// <param name="cancellationToken">Ends the call early.</param>
    /// <exception cref="MailboxUnavailableException">The provider did not answer as it should.</exception>
    Task<MailboxNews?> Since(long position, string? page, CancellationToken cancellationToken);

    /// <summary>What arrived after a time and is still there, latest first. <see cref="MailboxNews.Position"/> means nothing here.</summary>
    /// <exception cref="MailboxUnavailableException">The provider did not answer as it should.</exception>
    Task<MailboxNews> Recent(DateTimeOffset since, string? page, CancellationToken cancellationToken);

    /// <summary>A mail as it came over the wire; null when it is gone, or no longer one that arrived for us.</summary>
    /// <exception cref="MailboxUnavailableException">The provider did not answer as it should.</exception>
    /// <exception cref="InvalidDataException">This mail cannot be read, and would not be the next time.</exception>
    Task<FetchedMail?> Fetch(string mail, CancellationToken cancellationToken);

    /// <summary>Asks to be told of what arrives; says until when that holds, or null where telling is not set up.</summary>
    /// <exception cref="MailboxUnavailableException">The provider did not answer as it should.</exception>
    Task<DateTimeOffset?> Watch(CancellationToken cancellationToken);
}

/// <summary>A mail in memory, which is free for others when this is disposed of.</summary>
/// <param name="raw">The mail as it came over the wire.</param>
/// <param name="room">The room that it takes (<see cref="IMailMemory"/>); null for one so small that it needs none.</param>
public sealed class FetchedMail(ReadOnlyMemory<byte> raw, IDisposable? room = null) : IDisposable
{
    /// <summary>The mail as it came over the wire.</summary>
    public ReadOnlyMemory<byte> Raw { get; } = raw;

    /// <inheritdoc/>
    public void Dispose() => room?.Dispose();
}

/// <summary>A page of what arrived.</summary>
/// <param name="Mails">The provider's ids of the mails.</param>
/// <param name="NextPage">The next page; null on the last.</param>
/// <param name="Position">The place in the history up to which this page goes; on a page of nothing, where it began.</param>
public sealed record MailboxNews(ImmutableArray<string> Mails, string? NextPage, long Position);

/// <summary>The mailbox's provider did not answer as it should; it may work later.</summary>
[GenerateSerializer, Alias("fte.mailbox-unavailable")]
public sealed class MailboxUnavailableException : Exception
{
    /// <summary>Says what happened, without addresses and without the provider's words.</summary>
    public MailboxUnavailableException(string cause)
        : base(cause)
    {
    }
}

/// <summary>Remembers how far each mailbox was read, in the record: a backup holds the messages and the place together.</summary>
public interface IMailboxCursors
{
    /// <summary>How far it was read; null when it never was.</summary>
    Task<MailboxCursor?> Find(string address, CancellationToken cancellationToken);

    /// <summary>
    /// Notes that it was read up to <paramref name="to"/>. False, and nothing is noted, when it does not stand at <paramref name="from"/> any
    /// more: somebody else has read on.
    /// </summary>
    /// <param name="address">Which mailbox, in lower case.</param>
    /// <param name="from">Where it stood; null when it was never read.</param>
    /// <param name="to">Up to where it was read now.</param>
    /// <param name="cancellationToken">Ends the call early.</param>
    Task<bool> Move(string address, long? from, long to, CancellationToken cancellationToken);
}

/// <summary>How far a mailbox was read.</summary>
/// <param name="Position">The place in its history.</param>
/// <param name="ReadAt">When it was last read to the end of what was there.</param>
public sealed record MailboxCursor(long Position, DateTimeOffset ReadAt);
