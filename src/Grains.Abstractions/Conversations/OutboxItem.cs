using FteAgent.Customers;

namespace FteAgent.Conversations;

/// <summary>
/// Something to be sent, written in the commit that decided it. Its id never changes, so a receiver can recognise a repeated send.
/// </summary>
/// <param name="Id">The stable id that every send bears.</param>
/// <param name="Customer">Whose conversation it comes from.</param>
/// <param name="Destination">The sender that takes it: <c>web</c>, <c>escalations</c> …</param>
/// <param name="Sequence">Its place among this conversation's items for that destination; assigned by the store in the commit, sent in this order.</param>
/// <param name="Payload">What to send, as the sender understands it (JSON).</param>
/// <param name="CreatedAt">When it was decided.</param>
/// <param name="Attempts">How often sending was tried and has ended, well or not.</param>
/// <param name="Trace">Where it was decided, for traces; null while none are taken.</param>
/// <param name="Wait">How long after the commit it is sent at the earliest.</param>
public sealed record OutboxItem(
    Guid Id, CustomerId Customer, string Destination, long Sequence, string Payload, DateTimeOffset CreatedAt, int Attempts = 0,
    string? Trace = null, TimeSpan Wait = default);
