using System.Collections.Immutable;
using System.Net;
using Orleans.Runtime;

namespace FteAgent.Engine;

/// <summary>
/// Where the members of one cluster are written down. It has the one clock by which leases are judged. Methods block: they are called
/// by the membership's own thread, which must not depend on a thread pool that others may have filled. Each throws
/// <see cref="MembershipStoreException"/> when the store cannot be reached in time; what was asked may have happened all the same.
/// </summary>
internal interface IMembershipStore : IDisposable
{
    /// <summary>
    /// Writes down a new incarnation as joining, with a lease, under a generation above all before it. Earlier incarnations at the same
    /// endpoint are struck out: one process at a time can listen there. The version becomes greater than <see cref="NewMember.KnownVersion"/>.
    /// </summary>
    SiloAddress Enter(NewMember member);

    /// <summary>Extends a member's lease, if it is still a member.</summary>
    Renewal Renew(SiloAddress self);

    /// <summary>All members, at one version.</summary>
    StoredView Read();

    /// <summary>Makes a joining member active, provided that the cluster is still at this version: so two that come at once see each other.</summary>
    ActivateOutcome Activate(SiloAddress self, long asOfVersion);

    /// <summary>Says that a member drains. False when it is no member.</summary>
    bool Leave(SiloAddress self);

    /// <summary>Strikes out a member that ends, or gives up joining.</summary>
    void Remove(SiloAddress self);

    /// <summary>
    /// Strikes out a member whose lease is over, provided that the evictor is active and holds its own, and that the store's clock
    /// reads no more than <paramref name="noLaterThan"/>: a clock that was set forward ends no leases. A joining member needs no such
    /// care, for no grain lives on it. False when anything of this does not hold (any more).
    /// </summary>
    bool Evict(SiloAddress victim, SiloAddress evictor, DateTimeOffset noLaterThan);
}

/// <summary>How far <see cref="IMembershipStore.Activate"/> came.</summary>
internal enum ActivateOutcome
{
    /// <summary>It is active.</summary>
    Done,

    /// <summary>The cluster has moved on: read it again, and ask again.</summary>
    VersionMoved,

    /// <summary>It is no member.</summary>
    NotMember,
}

/// <summary>An incarnation that wants to join.</summary>
/// <param name="Endpoint">Where the others reach it.</param>
/// <param name="Name">What its operators call it.</param>
/// <param name="Lease">How long its lease lasts; its renewals extend it by as much.</param>
/// <param name="KnownVersion">The greatest version that it has seen: a store put back to an earlier state does not give that version twice.</param>
/// <param name="KnownGeneration">The generation of its incarnation before, for the same reason; 0 if this is the first.</param>
internal sealed record NewMember(IPEndPoint Endpoint, string Name, TimeSpan Lease, long KnownVersion, int KnownGeneration);

/// <summary>What the store answers to a renewal.</summary>
/// <param name="IsMember">Whether the member still is one, and so has a new lease.</param>
/// <param name="Version">The cluster's version.</param>
/// <param name="StoreTime">When it was renewed, by the store's clock.</param>
/// <param name="Overdue">Members whose lease is over.</param>
internal readonly record struct Renewal(bool IsMember, long Version, DateTimeOffset StoreTime, ImmutableArray<SiloAddress> Overdue);

/// <summary>The members at one version, with what only the store knows of them.</summary>
internal sealed record StoredView(long Version, ImmutableArray<StoredMember> Members)
{
    public ClusterView ToView() => new(Version, [.. Members.Select(stored => stored.Member)]);
}

/// <summary>A member as the store has it.</summary>
/// <param name="Member">Who it is.</param>
/// <param name="LeaseLeft">How long its lease lasts yet; negative when it is over.</param>
/// <param name="StartedAt">When it entered.</param>
internal sealed record StoredMember(Member Member, TimeSpan LeaseLeft, DateTimeOffset StartedAt);

/// <summary>The membership store could not be asked, or did not answer in time.</summary>
internal sealed class MembershipStoreException(string message, Exception? cause = null) : Exception(message, cause);
