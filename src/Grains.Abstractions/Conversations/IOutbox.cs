using System.Collections.Immutable;
using FteAgent.Customers;

namespace FteAgent.Conversations;

/// <summary>What was decided and is still to be sent. At least once, in order for each conversation and destination.</summary>
public interface IOutbox
{
    /// <summary>
    /// Claims what this conversation has to send now: for each destination the unsent items in order, stopping before one that is
    /// not due yet or claimed by another. The claim ends by itself after <paramref name="lease"/>, and
    /// sooner when <see cref="IDutyRoster"/> finds that its claimer, an incarnation of a silo, is gone.
    /// </summary>
    Task<ImmutableArray<OutboxItem>> Claim(CustomerId customer, string claimedBy, TimeSpan lease, CancellationToken cancellationToken);

    /// <summary>Whether the claim still holds; asked just before each send, and makes the lease whole again.</summary>
    Task<bool> Holds(Guid item, string claimedBy, TimeSpan lease, CancellationToken cancellationToken);

    /// <summary>Marks an item as sent. Returns false when the claim was lost meanwhile.</summary>
    Task<bool> MarkSent(Guid item, string claimedBy, CancellationToken cancellationToken);

    /// <summary>
    /// Gives a failed item back, to be tried again after <paramref name="retryIn"/>, or for ever (dead) when that is null.
    /// A dead item no longer holds up those after it.
    /// </summary>
    /// <param name="item">Which.</param>
    /// <param name="claimedBy">By whom it was claimed.</param>
    /// <param name="cause">Why, in words without customer text.</param>
    /// <param name="retryIn">When to try again.</param>
    /// <param name="cancellationToken">Ends the call early.</param>
    Task MarkFailed(Guid item, string claimedBy, string cause, TimeSpan? retryIn, CancellationToken cancellationToken);

    /// <summary>
    /// Gives a claimed item back untried, to be claimed again after <paramref name="retryIn"/>: it counts as no attempt, and holds up those
    /// after it. Nothing happens where the claim was lost meanwhile.
    /// </summary>
    Task GiveBack(Guid item, string claimedBy, TimeSpan retryIn, CancellationToken cancellationToken);
}
