using System.Collections.Immutable;
using System.Globalization;
using FteAgent.Conversations;
using FteAgent.Customers;

namespace FteAgent.Api.Live;

/// <summary>
/// A conversation that is followed, and how its events are numbered. A customer who was merged into another follows that one's conversation,
/// whose places are others than those of their own: there an event's id also bears a mark of whose conversation it counts in.
/// </summary>
/// <param name="Own">Who follows.</param>
/// <param name="Shown">Whose conversation is shown.</param>
internal sealed record FollowedConversation(CustomerId Own, CustomerId Shown)
{
    private const int MarkLength = 8;

    /// <summary>
    /// Whether whoever follows may see this customer's own conversation alone: what is said in it while it is joined with another is not theirs to see.
    /// </summary>
    public bool OwnOnly { get; init; }

    /// <summary>Whether it goes on where they may not follow.</summary>
    public bool IsElsewhere { get; init; }

    /// <summary>How often a merge of the shown one's customer had been undone: with each, what may be followed is looked at anew.</summary>
    public long Parted { get; init; }

    /// <summary>What was said while it was joined with another, and is not theirs to see; empty where all is.</summary>
    public ImmutableArray<HiddenPart> Hidden { get; init; } = [];

    /// <summary>Whether this message is theirs to see.</summary>
    public bool Shows(Message message) => !IsHidden(message.Sequence);

    /// <summary>The place of the last message that is theirs to see; 0 for none.</summary>
    public long EndOf(Conversation conversation)
    {
        var end = conversation.LastSequence;
        while (IsHidden(end))
            end = Hidden.First(part => part.Holds(end)).After;
        return end;
    }

    /// <summary>How it stands, as far as that is theirs to see.</summary>
    public StateView State(Conversation conversation) =>
        IsElsewhere ? StateView.Elsewhere(conversation, EndOf(conversation)) : StateView.ForCustomer(conversation);

    /// <summary>Their own.</summary>
    public static FollowedConversation Of(CustomerId own) => new(own, own);

    /// <summary>The id of the event at this place.</summary>
    public string EventId(long sequence) => Own == Shown
        ? sequence.ToString(CultureInfo.InvariantCulture)
        : string.Create(CultureInfo.InvariantCulture, $"{sequence}.{Mark}");

    /// <summary>The place from which to go on; 0 for the beginning, null where the id counts in another conversation.</summary>
    public long? After(string lastEventId)
    {
        var dot = lastEventId.IndexOf('.', StringComparison.Ordinal);
        var (digits, mark) = dot < 0 ? (lastEventId, "") : (lastEventId[..dot], lastEventId[(dot + 1)..]);
        // What we never gave out counts nowhere, and starts from the beginning.
        if (!long.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out var sequence) || sequence == 0
            || (dot >= 0 && (mark.Length != MarkLength || !mark.All(char.IsAsciiHexDigitLower))))
            return 0;
        return mark == (Own == Shown ? "" : Mark) ? sequence : null;
    }

    // Enough to tell two conversations of one person apart. It opens nothing.
    private string Mark => Shown.ToString()[^MarkLength..];

    private bool IsHidden(long sequence) => Hidden.Any(part => part.Holds(sequence));
}
