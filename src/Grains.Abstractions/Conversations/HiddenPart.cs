using System.Collections.Immutable;
using FteAgent.Customers;
using FteAgent.Tickets;

namespace FteAgent.Conversations;

/// <summary>
/// What was said in a conversation while it was joined with another. It may be that other's: whoever has not shown that they are the conversation's
/// person is never shown it, also not after the two were parted, and after that nothing is answered out of it.
/// </summary>
/// <param name="After">The last place before it.</param>
/// <param name="Through">The last place of it; <see cref="long.MaxValue"/> while they are joined.</param>
/// <param name="Since">When they were joined.</param>
/// <param name="Until">When they were parted; <see cref="DateTimeOffset.MaxValue"/> while they are joined.</param>
[GenerateSerializer, Immutable, Alias("fte.hidden-part")]
public sealed record HiddenPart(
    [property: Id(0)] long After, [property: Id(1)] long Through, [property: Id(2)] DateTimeOffset Since, [property: Id(3)] DateTimeOffset Until)
{
    /// <summary>What was said in this customer's conversation while others were merged into them.</summary>
    public static ImmutableArray<HiddenPart> Of(CustomerId customer, ImmutableArray<CustomerMerge> merges) =>
    [
        .. merges
            .Where(merge => merge.Into == customer)
            .Select(merge => new HiddenPart(
                merge.IntoSequence, merge.UndoneSequence ?? long.MaxValue, merge.At, merge.UndoneAt ?? DateTimeOffset.MaxValue)),
    ];

    /// <summary>Whether what stands at this place was said in it.</summary>
    public bool Holds(long sequence) => sequence > After && sequence <= Through;

    /// <summary>
    /// Whether a matter was opened in it, so that its subject may be another's words: by its time, or by the first message of it that is at hand, since
    /// a message may be received before two are joined and taken after.
    /// </summary>
    public bool Opened(Ticket ticket, ImmutableArray<Message> messages) =>
        (ticket.OpenedAt > Since && ticket.OpenedAt < Until)
        || (messages.FirstOrDefault(message => message.TicketId == ticket.Id) is { } first && Holds(first.Sequence));
}
