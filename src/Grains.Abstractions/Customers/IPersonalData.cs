using System.Collections.Immutable;
using FteAgent.Conversations;

namespace FteAgent.Customers;

/// <summary>
/// What the law lets a person ask for: a copy of everything that is kept of them, and its erasure. Both take in whoever they were merged with,
/// and both are audited.
/// </summary>
public interface IPersonalData
{
    /// <summary>Writes everything that is kept of a person as one JSON document, attachments in base64. False when there is no such customer.</summary>
    Task<bool> Export(CustomerId customer, string by, Stream destination, CancellationToken cancellationToken);

    /// <summary>
    /// Erases everything that is kept of a person, in one transaction. Done again it finds nothing and notes nothing new. What remains is that
    /// it was done, by whom and when, under the customer's id alone.
    /// </summary>
    Task<Erasure> Erase(CustomerId customer, string by, CancellationToken cancellationToken);

    /// <summary>
    /// Erases exactly these, as an erasure before a restore did: whoever else they are merged with by now is parted from them first. Who came
    /// after that erasure has begun anew, if under the same session and so the same id, and stays.
    /// </summary>
    /// <param name="customers">Whom.</param>
    /// <param name="erasedAt">When they were erased before.</param>
    /// <param name="messages">Their messages: whoever brings one again, as a mailbox that is read anew after the restore, begins no customer with it.</param>
    /// <param name="by">Who does it again.</param>
    /// <param name="cancellationToken">Ends the call early.</param>
    Task<Erasure> EraseAgain(
        ImmutableArray<CustomerId> customers, DateTimeOffset erasedAt, ImmutableArray<MessageId> messages, string by, CancellationToken cancellationToken);

    /// <summary>All erasures, earliest first: after a restore they are done again.</summary>
    Task<ImmutableArray<Erasure>> Erasures(CancellationToken cancellationToken);

    /// <summary>
    /// Erases customers of whom nothing was heard for this long and with whom nothing is open; at most <paramref name="limit"/>.
    /// Of several silos that ask at the same moment one does it. Whoever asks calls <see cref="Scrub"/> when they have asked for the last time.
    /// </summary>
    Task<Forgotten> EraseOlderThan(TimeSpan age, int limit, CancellationToken cancellationToken);

    /// <summary>Sees to it that nothing which <see cref="EraseOlderThan"/> has erased is left in the record's own files.</summary>
    Task Scrub(CancellationToken cancellationToken);
}

/// <summary>An erasure.</summary>
/// <param name="Customers">Who: the person's ids; none where there was nobody to erase.</param>
/// <param name="By">Who did it.</param>
/// <param name="At">When.</param>
/// <param name="Rows">How many rows were erased.</param>
/// <param name="Messages">The ids of what they had written, for as long as those are known (<see cref="ICustomerDirectory.ErasedKeptDays"/>).</param>
/// <param name="Articles">How many approved articles went with them; 0 where it is told later.</param>
public sealed record Erasure(
    ImmutableArray<CustomerId> Customers, string By, DateTimeOffset At, long Rows, ImmutableArray<MessageId> Messages, int Articles = 0);

/// <summary>What was forgotten since nothing was heard of somebody for long.</summary>
/// <param name="People">How many people.</param>
/// <param name="Articles">How many approved articles had been learned from them.</param>
public sealed record Forgotten(int People, int Articles);
