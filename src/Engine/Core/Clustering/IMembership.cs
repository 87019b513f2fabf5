using Orleans.Runtime;

namespace FteAgent.Engine;

/// <summary>This silo's membership in its cluster: who else is in, and whether this silo may act.</summary>
internal interface IMembership
{
    /// <summary>This incarnation's address. A silo that lost its lease joins again as a new one.</summary>
    SiloAddress Self { get; }

    /// <summary>The newest view known here.</summary>
    ClusterView View { get; }

    /// <summary>
    /// Whether this silo may run grain turns now. One comparison of the monotonic clock: it turns false at the very instant the lease
    /// ends, whatever this process was kept from doing meanwhile.
    /// </summary>
    bool HoldsLease { get; }

    /// <summary>
    /// The view moved: the one before and the new one. Called in order of version, by one thread at a time; handlers return quickly.
    /// </summary>
    event Action<ClusterView, ClusterView> ViewChanged;

    /// <summary>The lease of this incarnation is over: nothing that it had in memory counts any more. Called once for each incarnation, before the next joins.</summary>
    event Action<SiloAddress> LeaseLost;

    /// <summary>Waits until the view has at least this version, reading it at once where it has not.</summary>
    Task<ClusterView> AtLeast(long version, CancellationToken cancellationToken);

    /// <summary>Joins: returns when this silo is active. Throws with one sentence when it cannot within the join timeout.</summary>
    Task Join(CancellationToken cancellationToken);

    /// <summary>Says that this silo drains; the view moves, and the others route around it. It keeps its lease until <see cref="Retire"/>.</summary>
    Task Leave(CancellationToken cancellationToken);

    /// <summary>Leaves for good. Renewals end.</summary>
    Task Retire(CancellationToken cancellationToken);
}
