using System.Collections.Immutable;
using FteAgent.Answering;
using FteAgent.Tickets;

namespace FteAgent.Conversations;

/// <summary>What kind of entry a message is.</summary>
public enum MessageKind
{
    /// <summary>Said to the other side.</summary>
    Text,

    /// <summary>An operator's private note: customers never see it.</summary>
    Note,

    /// <summary>Something happened that both sides should see.</summary>
    Notice,
}

/// <summary>What a notice says.</summary>
public enum Notice
{
    /// <summary>A person was asked for.</summary>
    Escalated,

    /// <summary>An operator took the conversation.</summary>
    Claimed,

    /// <summary>The operator gave it back to the assistant.</summary>
    HandedBack,

    /// <summary>The matter was settled.</summary>
    Resolved,

    /// <summary>The matter was closed.</summary>
    Closed,

    /// <summary>Many messages in a short time: nothing is lost, the answer comes together.</summary>
    CoolDown,

    /// <summary>Nobody was free in time: when a person will answer.</summary>
    AnswerExpected,
}

/// <summary>One utterance or notice of the conversation. Never changed once committed.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Sequence">Its place in this conversation: 1, 2, 3 … without gaps.</param>
/// <param name="Author">Who says it.</param>
/// <param name="Kind">What kind of entry it is.</param>
/// <param name="Text">The words, at most 10,000 characters; may be empty when a customer sent none.</param>
/// <param name="At">When it was received or committed.</param>
/// <param name="Channel">The channel it came or goes by.</param>
/// <param name="TicketId">The matter it belongs to.</param>
/// <param name="Citations">The quotes that carry an answer.</param>
/// <param name="Footer">The closing line that the form of reply asks for.</param>
/// <param name="Sentiment">0 (angry) to 1 (happy), for a customer's message.</param>
/// <param name="Notice">What a notice says.</param>
/// <param name="ChannelMessageId">The channel's own id, unique in its channel, for a message that came in.</param>
/// <param name="Rule">The rule that decided this reply or escalation.</param>
/// <param name="Model">The model that wrote it.</param>
/// <param name="Exchange">The exchange that it answers.</param>
[GenerateSerializer, Immutable, Alias("fte.message")]
public sealed record Message(
    [property: Id(0)] MessageId Id,
    [property: Id(1)] long Sequence,
    [property: Id(2)] Actor Author,
    [property: Id(3)] MessageKind Kind,
    [property: Id(4)] string Text,
    [property: Id(5)] DateTimeOffset At,
    [property: Id(6)] Channel Channel,
    [property: Id(7)] TicketId? TicketId,
    [property: Id(8)] ImmutableArray<Citation> Citations,
    [property: Id(9)] string? Footer = null,
    [property: Id(10)] double? Sentiment = null,
    [property: Id(11)] Notice? Notice = null,
    [property: Id(12)] string? ChannelMessageId = null,
    [property: Id(13)] string? Rule = null,
    [property: Id(14)] string? Model = null,
    [property: Id(15)] ExchangeId? Exchange = null)
{
    /// <summary>Its id, and nobody's words: an engine may write what it passes on to its log.</summary>
    public override string ToString() => $"message {Id}";

    /// <summary>Whether the customer may see it.</summary>
    public bool IsPublic => Kind != MessageKind.Note;
}
