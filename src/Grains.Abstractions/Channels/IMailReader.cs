using System.Collections.Immutable;

namespace FteAgent.Channels;

/// <summary>By which road a mail came in. It decides whose word about the sender counts.</summary>
public enum MailRoad
{
    /// <summary>A provider posted it to <c>/webhooks/email</c>.</summary>
    Webhook,

    /// <summary>It was read from our mailbox.</summary>
    Mailbox,
}

/// <summary>Makes a message of a mail. It reads only what it is given, and never fails on what a stranger wrote.</summary>
public interface IMailReader
{
    /// <summary>Reads a mail as it came over the wire (RFC 5322).</summary>
    /// <param name="raw">The whole mail.</param>
    /// <param name="road">By which road it came.</param>
    /// <param name="receivedAt">When it was first seen.</param>
    MailReading Read(ReadOnlyMemory<byte> raw, MailRoad road, DateTimeOffset receivedAt);

    /// <summary>Reads a mail that a provider has taken apart.</summary>
    /// <param name="fields">Its parts.</param>
    /// <param name="receivedAt">When it was first seen.</param>
    MailReading Read(MailFields fields, DateTimeOffset receivedAt);
}

/// <summary>What a mail turned out to be.</summary>
/// <param name="Message">The message; null when the mail was refused, or is the notice of a mail of ours that did not arrive.</param>
/// <param name="Bounce">What the mail says of a mail of ours that did not arrive.</param>
/// <param name="Refusal">Why it cannot be taken, in a sentence without the mail's own words.</param>
public sealed record MailReading(InboundMessage? Message, MailBounce? Bounce = null, string? Refusal = null);

/// <summary>A mail did not arrive (RFC 3464), which may be one of ours.</summary>
/// <param name="MessageId">The Message-ID of the mail that came back, without angle brackets.</param>
/// <param name="Status">The receiving side's code, such as <c>5.1.1</c>.</param>
/// <param name="IsFinal">Whether it will not be tried again.</param>
public sealed record MailBounce(string MessageId, string Status, bool IsFinal);

/// <summary>A mail in parts, as providers post it that do not pass on the mail itself.</summary>
/// <param name="ProviderId">The provider's own id of it.</param>
/// <param name="From">Who wrote it.</param>
/// <param name="FromName">What they call themselves.</param>
/// <param name="To">To whom.</param>
/// <param name="Subject">What it is about.</param>
/// <param name="Text">The plain text.</param>
/// <param name="Html">The HTML text.</param>
/// <param name="Headers">Its header fields, topmost first.</param>
/// <param name="Files">What is attached.</param>
public sealed record MailFields(
    string? ProviderId, string? From, string? FromName, string? To, string? Subject, string? Text, string? Html,
    ImmutableArray<KeyValuePair<string, string>> Headers, ImmutableArray<InboundFile> Files);
