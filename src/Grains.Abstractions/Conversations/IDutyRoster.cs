using System.Collections.Immutable;
using FteAgent.Customers;

namespace FteAgent.Conversations;

/// <summary>
/// What nobody may forget. Each conversation row carries the time of its earliest open duty (exchange, unsent delivery, running
/// promise, quiet-close), derived by the store on the database's clock; a constraint forbids an open duty without a time.
/// </summary>
public interface IDutyRoster
{
    /// <summary>Says that this incarnation of a silo is alive. Called each second.</summary>
    Task Renew(string incarnation, CancellationToken cancellationToken);

    /// <summary>Says that this incarnation has ended in good order: what it left open may be taken over at once.</summary>
    Task Retire(string incarnation, CancellationToken cancellationToken);

    /// <summary>
    /// Claims up to <paramref name="limit"/> conversations (at most 100) with a duty that is due, or whose exchange is worked by an
    /// incarnation unseen for <see cref="UnseenAfter"/>. What such an incarnation had claimed to send is free, and due, from then on. A claimed one is not handed out again until its back-off has passed
    /// (1, 2, 4 … 60 s while the same duty stays open). On the way a little of what the record keeps for a time only, and whose time is over, is taken away.
    /// </summary>
    Task<ImmutableArray<DueConversation>> ClaimDue(int limit, CancellationToken cancellationToken);

    /// <summary>After so long without a sign of life a silo's exchanges and deliveries are taken over.</summary>
    static readonly TimeSpan UnseenAfter = TimeSpan.FromSeconds(3);
}

/// <summary>A conversation that must be looked at.</summary>
/// <param name="Customer">Whose.</param>
/// <param name="GoneWorker">The incarnation that worked its exchange and is not seen any more; null when it is alive or there is no exchange.</param>
public readonly record struct DueConversation(CustomerId Customer, string? GoneWorker);
