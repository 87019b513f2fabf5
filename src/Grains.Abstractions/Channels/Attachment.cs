using System.Collections.Immutable;
using FteAgent.Conversations;
using FteAgent.Customers;

namespace FteAgent.Channels;

/// <summary>What kind of thing came with a message.</summary>
public enum AttachmentKind
{
    /// <summary>A file that the customer attached; we keep it.</summary>
    File,

    /// <summary>The whole text of a mail, with its quotes and signature.</summary>
    Original,

    /// <summary>A file that the channel keeps; only its address is known here.</summary>
    Link,
}

/// <summary>A file as it arrives.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Name">Its name, without any folder; at most 255 characters.</param>
/// <param name="MediaType">Its media type as the sender calls it, such as <c>image/png</c>.</param>
/// <param name="Size">Its size in bytes, also when it was too large to keep.</param>
/// <param name="Content">Its bytes; null for a link, and for what is larger than <see cref="Attachment.SizeLimit"/>.</param>
/// <param name="Url">Where the channel keeps it.</param>
public sealed record InboundFile(AttachmentKind Kind, string Name, string MediaType, long Size, ReadOnlyMemory<byte>? Content, string? Url = null);

/// <summary>A file that came with a message, without its bytes.</summary>
/// <param name="Message">The message.</param>
/// <param name="Place">Its place among that message's: 0, 1, 2 …</param>
/// <param name="Kind">What it is.</param>
/// <param name="Name">Its name as the customer gave it. Never a path to write to.</param>
/// <param name="MediaType">Its media type as the sender calls it. Never a reason to show it in a page.</param>
/// <param name="Size">Its size in bytes.</param>
/// <param name="IsKept">Whether its bytes are here.</param>
/// <param name="Url">Where the channel keeps it.</param>
public sealed record Attachment(MessageId Message, int Place, AttachmentKind Kind, string Name, string MediaType, long Size, bool IsKept, string? Url)
{
    /// <summary>The largest file that is kept, in bytes.</summary>
    public const int SizeLimit = 10 * 1024 * 1024;

    /// <summary>How many files of one message are kept.</summary>
    public const int CountLimit = 20;
}

/// <summary>Keeps what came with messages.</summary>
public interface IAttachments
{
    /// <summary>Keeps the files of a message, before the message itself is accepted: whatever survives a crash of the record has them where it has the message. Repeated, it changes nothing.</summary>
    Task Save(CustomerId customer, MessageId message, ImmutableArray<InboundFile> files, CancellationToken cancellationToken);

    /// <summary>
    /// The files of these messages which are a person's, of whichever of the customers who are this person; those of one message in their order.
    /// </summary>
    Task<ImmutableArray<Attachment>> List(CustomerId customer, ImmutableArray<MessageId> messages, CancellationToken cancellationToken);

    /// <summary>A file's bytes with what is known of it; null when it is not there, not kept, or another person's.</summary>
    Task<(Attachment Attachment, byte[] Content)?> Open(CustomerId customer, MessageId message, int place, CancellationToken cancellationToken);
}
