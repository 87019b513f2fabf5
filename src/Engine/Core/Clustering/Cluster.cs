using Orleans;
using Orleans.Runtime;

namespace FteAgent.Engine;

/// <summary>This silo's place in its cluster: which incarnation it is, which view it acts by, and which grains are its own.</summary>
internal sealed class Cluster
{
    /// <summary>Why an activation ends whose grain has another owner.</summary>
    public static readonly DeactivationReason Moved = new(DeactivationReasonCode.Migrating, "Another silo owns the grain now.");

    private readonly Silo _silo;
    private readonly IMembership _membership;
    private readonly Lock _gate = new();
    private volatile Incarnation _incarnation;
    private volatile Rendezvous _placement;
    private TaskCompletionSource _viewMoved = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public Cluster(Silo silo, IMembership membership)
    {
        (_silo, _membership) = (silo, membership);
        _incarnation = new(SiloAddress.New(membership.Self.Endpoint, gen: 0), membership);
        _incarnation.End();
        _placement = new(ClusterView.None);
        membership.ViewChanged += (_, view) => Adopt(view);
        membership.LeaseLost += OnLeaseLost;
    }

    /// <summary>The life that this silo leads now. Ended while it is out of its cluster.</summary>
    public Incarnation Incarnation => _incarnation;

    /// <summary>The view that this silo acts by.</summary>
    public ClusterView View => _placement.View;

    /// <summary>Whether another silo could take this one's grains over.</summary>
    public bool HasOthers
    {
        get
        {
            foreach (var member in View.Active)
                if (!member.Address.Equals(_incarnation.Address)) return true;

            return false;
        }
    }

    /// <summary>Members that were in the view before and are not now.</summary>
    public event Action<SiloAddress>? Gone;

    public static SiloUnavailableException LeaseWasLost(SiloAddress silo) => new($"Silo {silo} has lost its lease, and with it all that it was doing.");

    public bool Owns(GrainId id) => ReferenceEquals(OwnerOf(id), _incarnation.Address);

    /// <summary>The silo that a grain lives on, by this silo's view; null where there is none. Where it is this one, the very address of the incarnation.</summary>
    public SiloAddress? OwnerOf(GrainId id) => id.Type == SiloControl.Type ? SiloControl.AddressOf(id, View, _incarnation.Address) : _placement.OwnerOf(id);

    public async Task Join(CancellationToken cancellationToken)
    {
        await _membership.Join(cancellationToken).ConfigureAwait(false);
        Adopt(_membership.View);
    }

    public async Task Leave(CancellationToken cancellationToken)
    {
        await _membership.Leave(cancellationToken).ConfigureAwait(false);
        Adopt(_membership.View);
    }

    public Task Retire(CancellationToken cancellationToken) => _membership.Retire(cancellationToken);

    /// <summary>Waits until this silo acts by a view of at least this version.</summary>
    public async Task AtLeast(long version, CancellationToken cancellationToken) =>
        Adopt(await _membership.AtLeast(version, cancellationToken).ConfigureAwait(false));

    /// <summary>Waits until the view moves, but no longer than this.</summary>
    public async Task UntilMoved(long fromVersion, TimeSpan limit)
    {
        var moved = Volatile.Read(ref _viewMoved).Task;
        if (View.Version != fromVersion) return;

        using var over = new CancellationTokenSource();
        await Task.WhenAny(moved, Task.Delay(limit, _silo.Time.Membership, over.Token)).ConfigureAwait(false);
        await over.CancelAsync().ConfigureAwait(false);
    }

    /// <summary>Ends this silo's life at once, as a crash would.</summary>
    public void Crash()
    {
        _incarnation.End();
        (_membership as IDisposable)?.Dispose();
    }

    private void Adopt(ClusterView view)
    {
        ClusterView before;
        TaskCompletionSource moved;
        lock (_gate)
        {
            before = _placement.View;
            if (view.Version <= before.Version) return;

            // A view in which the incarnation that has ended is still active may come late: it is over all the same.
            if (_incarnation.HasEnded && _membership.HoldsLease && _membership.Self is var self && !self.Equals(_incarnation.Address) && view.Find(self) is { Status: MemberStatus.Active })
                _incarnation = new(self, _membership);

            _placement = new(view, _incarnation.Address);
            moved = _viewMoved;
            _viewMoved = new(TaskCreationOptions.RunContinuationsAsynchronously);
        }

        moved.TrySetResult();
        foreach (var member in before.Members)
            if (view.Find(member.Address) is null) Gone?.Invoke(member.Address);

        // Whoever tells of views must not wait for what a hundred thousand activations have to do.
        ThreadPool.UnsafeQueueUserWorkItem(static cluster => cluster._silo.Catalog.HandOver(cluster.Owns, Moved), this, preferLocal: false);
    }

    private void OnLeaseLost(SiloAddress self)
    {
        // First the end, then the rest: whoever activates a grain from now on sees it.
        var incarnation = _incarnation;
        if (!incarnation.Address.Equals(self)) return;

        incarnation.End();
        _silo.Abandon(LeaseWasLost(incarnation.Address));
    }
}
