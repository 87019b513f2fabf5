using System.Net;
using Orleans.Runtime;

namespace FteAgent.Engine;

/// <summary>The membership of a silo that is its whole cluster: nobody could take its grains over, so its lease never ends.</summary>
internal sealed class SoleMembership : IMembership
{
    private static readonly DateTimeOffset GenerationsBegin = new(2022, 1, 1, 0, 0, 0, TimeSpan.Zero);

    private readonly Member _member;
    private volatile ClusterView _view = ClusterView.None;

    public SoleMembership(IPEndPoint endpoint, string name)
    {
        // Seconds since 2022: a silo that restarts on the same port is told from the one before.
        Self = SiloAddress.New(endpoint, (int)(TimeProvider.System.GetUtcNow() - GenerationsBegin).TotalSeconds);
        _member = new(Self, name, MemberStatus.Active);
    }

    public SiloAddress Self { get; }

    public ClusterView View => _view;

    public bool HoldsLease => true;

    public event Action<ClusterView, ClusterView>? ViewChanged;

    /// <summary>Never happens.</summary>
    public event Action<SiloAddress> LeaseLost
    {
        add { }
        remove { }
    }

    public Task<ClusterView> AtLeast(long version, CancellationToken cancellationToken) => Task.FromResult(_view);

    public Task Join(CancellationToken cancellationToken) => Move(1, [_member]);

    public Task Leave(CancellationToken cancellationToken) => Move(2, [_member with { Status = MemberStatus.Leaving }]);

    public Task Retire(CancellationToken cancellationToken) => Move(3, []);

    private Task Move(long version, System.Collections.Immutable.ImmutableArray<Member> members)
    {
        var before = _view;
        if (before.Version >= version) return Task.CompletedTask;

        _view = new(version, members);
        ViewChanged?.Invoke(before, _view);
        return Task.CompletedTask;
    }
}
