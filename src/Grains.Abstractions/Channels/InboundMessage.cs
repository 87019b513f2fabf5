using System.Collections.Immutable;
using FteAgent.Conversations;
using FteAgent.Customers;
using FteAgent.Tickets;

namespace FteAgent.Channels;

/// <summary>What a channel brings, in one shape for all of them: what arrives by a webhook, by a mailbox or by Kafka is this before it is anything else.</summary>
/// <param name="Channel">The channel it came by.</param>
/// <param name="ChannelMessageId">The channel's own id: what redeliveries are recognised by. At most 998 characters.</param>
/// <param name="Sender">Who wrote it.</param>
/// <param name="Text">What they wrote, without quotes and signatures; may be empty.</param>
/// <param name="ReceivedAt">When it was first seen.</param>
public sealed record InboundMessage(Channel Channel, string ChannelMessageId, Sender Sender, string Text, DateTimeOffset ReceivedAt)
{
    /// <summary>The longest <see cref="ChannelMessageId"/>: one line of a mail's header (RFC 5322, section 2.1.1).</summary>
    public const int IdLimit = 998;

    /// <summary>How many bytes it may have in UTF-8: an entry of an index in the record has room for 2,704, with all that stands beside it.</summary>
    public const int IdBytesLimit = 2_000;

    /// <summary>The message's id, where whoever saw it first has minted one; else it follows from the channel's own.</summary>
    public MessageId? Id { get; init; }

    /// <summary>Whose it is, where the channel knows: a conversation's token was shown. They are in the record already.</summary>
    public CustomerId? Customer { get; init; }

    /// <summary>
    /// Whether it is for this very customer's conversation alone: whoever wrote it has shown nothing that would lead them to where the customer
    /// goes on by now, as one person with another.
    /// </summary>
    public bool OwnOnly { get; init; }

    /// <summary>
    /// Where a token shows who wrote it: how often a merge of the customer's had been undone when that was given. It is <see cref="OwnOnly"/> where
    /// one has been undone since. Null where none shows it.
    /// </summary>
    public long? Parted { get; init; }

    /// <summary>
    /// Whether its sender was told already that it is taken, as by a road that answers before the record does. Nobody can be told otherwise then, so
    /// what their conversation refuses is kept for a person.
    /// </summary>
    public bool WasAcknowledged { get; init; }

    /// <summary>By what the customer is known, where that is not the address they wrote from: a browser's session, an id of another system.</summary>
    public CustomerIdentifier? Identity { get; init; }

    /// <summary>An email address that they gave beside it. It proves nothing.</summary>
    public string? Email { get; init; }

    /// <summary>The ticket's public id if the message opens a matter; minted once, so that whoever asks is told before it is in the record.</summary>
    public TicketId? TicketId { get; init; }

    /// <summary>What it is about, where the channel says so.</summary>
    public string? Subject { get; init; }

    /// <summary>What the support form adds.</summary>
    public SupportForm? Form { get; init; }

    /// <summary>Which of our addresses it was sent to; empty where there is only one.</summary>
    public string Recipient { get; init; } = "";

    /// <summary>How the channel can continue the thread; null where it has none.</summary>
    public MailThread? Thread { get; init; }

    /// <summary>Files, and what was left out of <see cref="Text"/>.</summary>
    public ImmutableArray<InboundFile> Files { get; init; } = [];

    /// <summary>
    /// Why nobody waits for an answer (<c>auto_reply</c>, <c>bounce</c>, <c>list</c>, <c>own</c>): it is recorded, shown to operators, and never
    /// answered. Null for a person's message.
    /// </summary>
    public string? Automatic { get; init; }

    /// <summary>
    /// Why nobody waits for an answer if this one answers a mail of ours, though it may be a person's otherwise; whether it does the record knows.
    /// </summary>
    public string? AutomaticIfAnswer { get; init; }

    /// <summary>What else the channel or the producer says; shown to operators, never decided upon. At most 20 entries of 200 characters.</summary>
    public ImmutableSortedDictionary<string, string> Metadata { get; init; } = ImmutableSortedDictionary<string, string>.Empty;
}

/// <summary>Who wrote a message.</summary>
/// <param name="Kind">What kind of address.</param>
/// <param name="Address">The address in its normal form: an email address in lower case, a phone number in E.164.</param>
/// <param name="Proved">Whether the channel vouches for it: a DMARC pass, a provider's signature. Else whoever writes starts a customer of their own.</param>
/// <param name="Name">What they call themselves; empty when unknown. It proves nothing.</param>
public sealed record Sender(IdentifierKind Kind, string Address, bool Proved, string Name = "");

/// <summary>Where a mail stands in its thread (RFC 5322, section 3.6.4). Ids are without angle brackets.</summary>
/// <param name="MessageId">The mail's own Message-ID; null when it bore none.</param>
/// <param name="References">In-Reply-To and References, oldest first, each once; at most 50.</param>
public sealed record MailThread(string? MessageId, ImmutableArray<string> References)
{
    /// <summary>How many references are kept: the oldest ones between the first and the latest are dropped.</summary>
    public const int ReferenceLimit = 50;
}
