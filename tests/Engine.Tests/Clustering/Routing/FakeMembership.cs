using System.Collections.Immutable;

namespace FteAgent.Engine.Tests.Clustering.Routing;

/// <summary>A membership whose views and lease the test hands out, one silo at a time.</summary>
internal sealed class FakeMembership(SiloAddress self) : IMembership
{
    private readonly Lock _gate = new();
    private readonly List<(long Version, TaskCompletionSource<ClusterView> Reached)> _waiting = [];
    private ClusterView _view = ClusterView.None;

    public SiloAddress Self { get; private set; } = self;

    public ClusterView View => _view;

    public bool HoldsLease { get; set; } = true;

    /// <summary>The versions that have been asked for and not been had.</summary>
    public ImmutableArray<long> Asked
    {
        get
        {
            lock (_gate)
                return [.. _waiting.Select(waiting => waiting.Version)];
        }
    }

    /// <summary>Run when the silo takes back its row.</summary>
    public Action? Retiring { get; set; }

    public event Action<ClusterView, ClusterView>? ViewChanged;

    public event Action<SiloAddress>? LeaseLost;

    public void See(ClusterView view)
    {
        var before = _view;
        _view = view;
        ViewChanged?.Invoke(before, view);
        lock (_gate)
        {
            foreach (var waiting in _waiting.Where(waiting => waiting.Version <= view.Version)) waiting.Reached.TrySetResult(view);
            _waiting.RemoveAll(waiting => waiting.Version <= view.Version);
        }
    }

    public void Lose()
    {
        HoldsLease = false;
        LeaseLost?.Invoke(Self);
    }

    public void Return(SiloAddress incarnation, ClusterView view)
    {
        (Self, HoldsLease) = (incarnation, true);
        See(view);
    }

    public async Task<ClusterView> AtLeast(long version, CancellationToken cancellationToken)
    {
        var reached = new TaskCompletionSource<ClusterView>(TaskCreationOptions.RunContinuationsAsynchronously);
        lock (_gate)
        {
            if (_view.Version >= version) return _view;

            _waiting.Add((version, reached));
        }

        return await reached.Task.WaitAsync(cancellationToken);
    }

    public Task Join(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task Leave(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task Retire(CancellationToken cancellationToken)
    {
        Retiring?.Invoke();
        return Task.CompletedTask;
    }
}
