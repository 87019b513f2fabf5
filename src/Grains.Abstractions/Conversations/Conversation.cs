using System.Collections.Immutable;
using FteAgent.Customers;
using FteAgent.Tickets;

namespace FteAgent.Conversations;

/// <summary>
/// Everything that a decision about one customer's conversation may look at. One value, replaced as a whole by each commit.
/// </summary>
/// <param name="Customer">Whose it is.</param>
/// <param name="Version">Rises by one with each commit; 0 before the first.</param>
/// <param name="Epoch">Rises when a draft in the making must be dropped: a message joined, or a person took over.</param>
/// <param name="LastSequence">The last message's place.</param>
/// <param name="Exchange">The exchange being answered, if any.</param>
/// <param name="Handoff">The person who has the conversation, if any.</param>
/// <param name="Escalation">The open need for a person, if any.</param>
/// <param name="Tickets">The matters that are not closed, oldest first; the last of the customer's own is the current one.</param>
/// <param name="QuietCloseAt">When silence will count as the customer's consent.</param>
/// <param name="CoolDownAt">When the last cool-down notice was given.</param>
/// <param name="Recent">
/// The latest messages, oldest first: <see cref="RecentLimit"/>, or more while more are still to be decided (at most <see cref="UndecidedLimit"/>).
/// </param>
/// <param name="DecidedThrough">The last message that an exchange has settled or an operator has taken over.</param>
/// <param name="MergedInto">The customer who turned out to be this one too: what arrives here goes on there. What is open here is still ended here.</param>
/// <param name="HasEarlier">Whether others' conversations were merged into this one: what was said there was said before.</param>
/// <param name="IsGone">This customer was erased: nothing is taken for them.</param>
/// <param name="Parted">
/// How often a merge was undone of those who are this customer. What was proved before that leads nobody to where the customer goes on by now.
/// </param>
[GenerateSerializer, Immutable, Alias("fte.conversation")]
public sealed record Conversation(
    [property: Id(0)] CustomerId Customer,
    [property: Id(1)] long Version,
    [property: Id(2)] long Epoch,
    [property: Id(3)] long LastSequence,
    [property: Id(4)] Exchange? Exchange,
    [property: Id(5)] Handoff? Handoff,
    [property: Id(6)] Escalation? Escalation,
    [property: Id(7)] ImmutableArray<Ticket> Tickets,
    [property: Id(8)] DateTimeOffset? QuietCloseAt,
    [property: Id(9)] DateTimeOffset? CoolDownAt,
    [property: Id(10)] ImmutableArray<Message> Recent,
    [property: Id(11)] long DecidedThrough = 0,
    [property: Id(12)] CustomerId? MergedInto = null,
    [property: Id(13)] bool HasEarlier = false,
    [property: Id(14)] bool IsGone = false,
    [property: Id(15)] long Parted = 0)
{
    /// <summary>Whose it is, and nobody's words: an engine may write what it passes on to its log.</summary>
    public override string ToString() => $"conversation {Customer}";

    /// <summary>How many messages are kept at hand; older ones stay in the record.</summary>
    public const int RecentLimit = 60;

    /// <summary>How many messages are kept at hand when all of them are still to be decided.</summary>
    public const int UndecidedLimit = 1_000;

    /// <summary>Whether the customer knows of a matter: it is theirs, or a person has written to them in one that only the team was called to.</summary>
    public bool KnowsOf(Ticket ticket) =>
        !ticket.IsToLookAt || Recent.Any(message => message.TicketId == ticket.Id && message is { Kind: MessageKind.Text, Author.Kind: ActorKind.Operator });

    /// <summary>A conversation in which nothing has been said yet.</summary>
    public static Conversation New(CustomerId customer) => new(customer, 0, 0, 0, null, null, null, [], null, null, []);

    /// <summary>
    /// What was said here while it was joined with another's conversation that was parted from it since. Looked for only where
    /// <see cref="Parted"/> says that there may be any.
    /// </summary>
    [Id(16)]
    public ImmutableArray<HiddenPart> Hidden { get; init; } = [];

    /// <summary>
    /// The matter at hand, if one is not closed. What another opened while the two were joined is theirs, and what an operator opened is left to people:
    /// nothing goes on under either.
    /// </summary>
    public Ticket? CurrentTicket
    {
        get
        {
            for (var i = Tickets.Length - 1; i >= 0; i--)
                if (Tickets[i] is { MayBeAnothers: false, OpenedByOperator: false })
                    return Tickets[i];
            return null;
        }
    }

    /// <summary>When a promise about time runs out: the first answer's, a person's acknowledgement, or a holder's reply.</summary>
    public DateTimeOffset? SlaDueAt
    {
        get
        {
            var due = Escalation?.AckDue;
            if (Handoff?.ReplyDue is { } reply && (due is null || reply < due))
                due = reply;
            foreach (var ticket in Tickets)
                if (ticket.FirstResponseDue is { } first && (due is null || first < due))
                    due = first;
            return due;
        }
    }

    /// <summary>Whether what stands at this place may be another's, who was parted from this customer.</summary>
    public bool IsHidden(long sequence) => !Hidden.IsDefaultOrEmpty && Hidden.Any(part => part.Holds(sequence));
}
