using System.Collections.Immutable;
using FteAgent.Customers;
using FteAgent.Tickets;

namespace FteAgent.Conversations;

/// <summary>A message as it reaches the conversation, the same shape from every channel.</summary>
/// <param name="Id">Minted once, before the first attempt.</param>
/// <param name="TicketId">Minted with it; used if the message opens a new matter.</param>
/// <param name="Channel">The channel it came by.</param>
/// <param name="ChannelMessageId">The channel's own id, or the client's: what redeliveries are recognised by.</param>
/// <param name="Text">The words; may be empty.</param>
/// <param name="ReceivedAt">When it was first seen.</param>
/// <param name="Form">What the support form adds; null for a chat message.</param>
/// <param name="Attachments">The names of attached files.</param>
/// <param name="Subject">What it is about, where the channel says so; names the matter if it opens one.</param>
/// <param name="Automatic">
/// Why nobody waits for an answer (<c>auto_reply</c>, <c>bounce</c>, <c>list</c>, <c>own</c>): it is recorded and never answered. <see cref="Loop"/>
/// may be a person's all the same, and calls one. Null for a person's message.
/// </param>
/// <param name="Linking">
/// How it ended where the customer gave a code or asked for one: it is answered at once, nobody else looks at it, and its words are not kept.
/// Null for a message.
/// </param>
/// <param name="OwnOnly">It is taken in this very conversation or not at all: whoever wrote it may not follow it to where it goes on.</param>
/// <param name="Loops">So many mails came from this unproved address that it seems to be a machine: a person looks, and nothing is answered.</param>
/// <param name="Parted">
/// Where whoever wrote it has shown who they are by a token: how often a merge of the customer's had been undone when that was given. It is taken
/// as <paramref name="OwnOnly"/> where one has been undone since. Null where nothing says so.
/// </param>
/// <param name="Unproved">
/// It answers a mail of ours, or goes on in a thread, from an address that nobody has shown to be this person's since others were merged with them; or
/// it was written on a page whose conversation was merged before it came to its turn. It is kept for whoever has the conversation, and nobody but a
/// person answers it.
/// </param>
[GenerateSerializer, Immutable, Alias("fte.incoming-message")]
public sealed record IncomingMessage(
    [property: Id(0)] MessageId Id,
    [property: Id(1)] TicketId TicketId,
    [property: Id(2)] Channel Channel,
    [property: Id(3)] string ChannelMessageId,
    [property: Id(4)] string Text,
    [property: Id(5)] DateTimeOffset ReceivedAt,
    [property: Id(6)] SupportForm? Form,
    [property: Id(7)] ImmutableArray<string> Attachments,
    [property: Id(8)] string? Subject = null,
    [property: Id(9)] string? Automatic = null,
    [property: Id(10)] LinkOutcome? Linking = null,
    [property: Id(11)] bool OwnOnly = false,
    [property: Id(12)] bool Loops = false,
    [property: Id(13)] long? Parted = null,
    [property: Id(14)] bool Unproved = false)
{
    /// <summary>Whether it is taken in this customer's own conversation or not at all.</summary>
    public bool StaysIn(Conversation own) => OwnOnly || (Parted is { } parted && parted != own.Parted);

    /// <summary>Why a mail is not answered that came from an unproved address after many others: <see cref="Automatic"/>.</summary>
    public const string Loop = "loop";

    /// <summary>Whether it came beyond what is answered of one unproved address.</summary>
    public bool IsBeyondLimit => Loops || Automatic is Loop;
}

/// <summary>What the support form says beside the message. A form always opens a matter of its own.</summary>
/// <param name="Subject">At least 5, at most 200 characters.</param>
/// <param name="Category">As chosen.</param>
/// <param name="Priority">As chosen.</param>
[GenerateSerializer, Immutable, Alias("fte.support-form")]
public sealed record SupportForm(
    [property: Id(0)] string Subject,
    [property: Id(1)] TicketCategory Category,
    [property: Id(2)] TicketPriority Priority);

/// <summary>What came of a customer's wish to write from another address as well.</summary>
public enum LinkOutcome
{
    /// <summary>A code is on its way there.</summary>
    CodeSent,

    /// <summary>Too many codes were sent, or wait.</summary>
    TooMany,

    /// <summary>Nothing can be sent there: the address is none, or this deployment has no such channel.</summary>
    Unreachable,

    /// <summary>The code was right, and the address is theirs.</summary>
    Proved,

    /// <summary>The code was right, and what they wrote from there belongs together with this.</summary>
    Merged,

    /// <summary>The code was right, and whether both are one person is for somebody to decide.</summary>
    NeedsPerson,

    /// <summary>The code was not right.</summary>
    Wrong,

    /// <summary>The code was right, but the address is none of this conversation's, and whoever gave it has not shown that they are its person.</summary>
    OtherAddress,
}

/// <summary>How an incoming message was taken.</summary>
public enum AcceptOutcome
{
    /// <summary>It is in the record now.</summary>
    Stored,

    /// <summary>It was in the record already: the ids are those of the first delivery.</summary>
    Duplicate,

    /// <summary>Its channel message id was used before, for other words.</summary>
    Conflict,

    /// <summary>There is no such customer any more: nothing was stored.</summary>
    NoCustomer,

    /// <summary>The conversation goes on elsewhere, where whoever wrote may not follow it: nothing was stored.</summary>
    Elsewhere,
}

/// <summary>The durable answer to a delivery.</summary>
/// <param name="Outcome">How it was taken.</param>
/// <param name="MessageId">The message, as first delivered.</param>
/// <param name="Sequence">Its place in the conversation.</param>
/// <param name="TicketId">The matter it belongs to.</param>
/// <param name="ResponseDue">When the first answer is promised.</param>
[GenerateSerializer, Immutable, Alias("fte.accepted")]
public sealed record Accepted(
    [property: Id(0)] AcceptOutcome Outcome,
    [property: Id(1)] MessageId MessageId,
    [property: Id(2)] long Sequence,
    [property: Id(3)] TicketId TicketId,
    [property: Id(4)] DateTimeOffset ResponseDue)
{
    /// <summary>With whom contact goes on for whoever has just shown, by a code in this message, that an address is theirs; null for any other message.</summary>
    [Id(5)]
    public CustomerId? Proved { get; init; }

    /// <summary>Whether it was kept for operators alone, since nobody has shown that its writer is who the conversation is with.</summary>
    [Id(6)]
    public bool IsForOperators { get; init; }
}
