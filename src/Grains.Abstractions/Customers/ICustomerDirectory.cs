using System.Collections.Immutable;
using FteAgent.Conversations;

namespace FteAgent.Customers;

/// <summary>Knows who is who. Identity is never guessed: only a proved identifier finds an existing customer.</summary>
public interface ICustomerDirectory
{
    /// <summary>
    /// After how many days a phone number from which nobody wrote proves nothing of its owner any more: the shortest time after which carriers
    /// give a number to somebody else (USA: 47 CFR 52.15(f)(1)(ii), 45 days).
    /// </summary>
    const int NumberKeptDays = 45;

    /// <summary>For how many days it is known which messages were erased with their customers: as long as anything that brings messages keeps them.</summary>
    const int ErasedKeptDays = 7;

    /// <summary>
    /// Finds the customer who owns the proved <paramref name="identifier"/>, or makes one, in one race-free step:
    /// parallel calls with one identifier all get the same customer. A phone number that was silent for <see cref="NumberKeptDays"/> is a new
    /// customer's; the one before keeps it as a remark. Throws <see cref="ArgumentException"/> when the identifier is not proved.
    /// </summary>
    /// <param name="identifier">What the caller has proved.</param>
    /// <param name="profile">What a new customer said of themselves; an existing one's empty name and missing address are filled from it.</param>
    /// <param name="cancellationToken">Ends the call early.</param>
    Task<CustomerId> Resolve(CustomerIdentifier identifier, CustomerProfile profile, CancellationToken cancellationToken);

    /// <summary>
    /// The same on behalf of a message that a channel brings. Null where the message was erased with a customer within <see cref="ErasedKeptDays"/>: what
    /// carries messages may bring one again, and then it must neither begin a customer anew nor be taken as new by whoever owns the identifier.
    /// </summary>
    /// <param name="identifier">What the channel has proved.</param>
    /// <param name="profile">What a new customer said of themselves.</param>
    /// <param name="brought">The message.</param>
    /// <param name="cancellationToken">Ends the call early.</param>
    Task<CustomerId?> Resolve(CustomerIdentifier identifier, CustomerProfile profile, MessageId brought, CancellationToken cancellationToken);

    /// <summary>Whether this message was erased with a customer within <see cref="ErasedKeptDays"/>; for one whose customer is known without being resolved.</summary>
    Task<bool> WasErased(MessageId brought, CancellationToken cancellationToken);

    /// <summary>Fills an existing customer's empty name and missing address from what they said of themselves. It proves nothing.</summary>
    Task Fill(CustomerId customer, CustomerProfile profile, CancellationToken cancellationToken);

    /// <summary>One customer, or null. One who was merged into another is still themselves, and says so.</summary>
    Task<Customer?> Find(CustomerId id, CancellationToken cancellationToken);

    /// <summary>
    /// Customers whose name or identifier contains the words, latest seen first; at most <paramref name="limit"/> (1 to 100). Those who were merged
    /// are one: they are found by what any of them is known by, and listed as the one with whom contact goes on.
    /// </summary>
    Task<ImmutableArray<Customer>> Search(string query, int limit, CancellationToken cancellationToken);
}

/// <summary>What a customer said of themselves. None of it proves anything.</summary>
/// <param name="Name">How they want to be called; empty when unknown.</param>
/// <param name="Email">The address they gave, in lower case.</param>
public sealed record CustomerProfile(string Name, string? Email = null);

/// <summary>A customer as operators see them.</summary>
/// <param name="Id">The customer.</param>
/// <param name="Name">Their name; empty when unknown.</param>
/// <param name="Identifiers">How they can be recognised, proved or not: also as whoever was merged with them.</param>
/// <param name="CreatedAt">When they first wrote.</param>
/// <param name="LastSeenAt">When they last wrote.</param>
/// <param name="MergedInto">With whom contact goes on; null for a customer who was not merged into another.</param>
public sealed record Customer(
    CustomerId Id, string Name, ImmutableArray<CustomerIdentifier> Identifiers, DateTimeOffset CreatedAt, DateTimeOffset LastSeenAt,
    CustomerId? MergedInto = null)
{
    /// <summary>The email address they gave or proved, if any.</summary>
    public string? Email => First(IdentifierKind.Email);

    /// <summary>The phone number they gave or proved, if any, in E.164 form.</summary>
    public string? Phone => First(IdentifierKind.Phone);

    private string? First(IdentifierKind kind) => Identifiers.Where(i => i.Kind == kind).OrderByDescending(i => i.Proved).FirstOrDefault()?.Value;
}
