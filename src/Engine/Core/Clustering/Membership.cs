using System.Net;
using Microsoft.Extensions.Logging;
using Orleans.Runtime;

namespace FteAgent.Engine;

/// <summary>What a membership is made of.</summary>
internal sealed record MembershipParts
{
    public required ClusteringOptions Options { get; init; }

    public required IMembershipStore Store { get; init; }

    /// <summary>Where the others reach this silo. Asked for when it joins: by then it listens.</summary>
    public required Func<IPEndPoint> Endpoint { get; init; }

    public required string Name { get; init; }

    /// <summary>Asks an active member whether it reaches this silo: <see cref="IPeers.RequestProbe"/>.</summary>
    public required Func<SiloAddress, CancellationToken, Task<bool>> RequestProbe { get; init; }

    public required TimeProvider Time { get; init; }

    public required ILogger Logger { get; init; }

    public required IMembershipDriver Driver { get; init; }

    public Random Random { get; init; } = Random.Shared;
}

/// <summary>
/// This silo's membership, kept up by leases. This file is what others ask of it, from any thread; what the membership's own thread
/// does is in <c>Membership.Steps.cs</c>.
/// </summary>
internal sealed partial class Membership : IMembership, IDisposable
{
    /// <summary>No timestamp is less: a lease that "ends" here is over.</summary>
    private const long NoLease = long.MinValue;

    private readonly MembershipParts _parts;
    private readonly TimeProvider _time;
    private readonly Lock _gate = new();
    private readonly List<(long Version, TaskCompletionSource<ClusterView> Reached)> _waiting = [];
    private volatile SiloAddress? _self;
    private volatile ClusterView _view = ClusterView.None;
    private long _holdsUntil = NoLease;
    private Wish? _join;
    private Wish? _leave;
    private Wish? _retire;
    private volatile bool _viewAsked;
    private volatile bool _ended;

    public Membership(MembershipParts parts)
    {
        (_parts, _time) = (parts, parts.Time);
        _right = new(parts.Options.Lease, parts.Options.RenewPeriod, parts.Time);
    }

    public event Action<ClusterView, ClusterView>? ViewChanged;

    public event Action<SiloAddress>? LeaseLost;

    /// <summary>Before the first <see cref="Join"/> the generation is 0.</summary>
    public SiloAddress Self => _self ?? SiloAddress.New(_parts.Endpoint(), 0);

    public ClusterView View => _view;

    public bool HoldsLease
    {
        get
        {
            while (true)
            {
                var until = Volatile.Read(ref _holdsUntil);
                if (until == NoLease || _ended) return false;
                if (_time.GetTimestamp() < until) return true;

                // Whoever sees it over ends it: a renewal that arrives just after must not make it true again, for what was seen may
                // have been acted upon already. Should it be longer by now, it was renewed in time: look again.
                if (Interlocked.CompareExchange(ref _holdsUntil, NoLease, until) == until) return false;
            }
        }
    }

    public Task Join(CancellationToken cancellationToken)
    {
        var wish = new Wish(_time.GetTimestamp());
        lock (_gate)
        {
            if (_join is not null) throw new InvalidOperationException("A silo joins once; it comes back by itself when it has lost its lease.");

            _join = wish;
        }

        _parts.Driver.Start(Step);
        return wish.Wait(cancellationToken, onCancelled: Dispose);
    }

    public Task Leave(CancellationToken cancellationToken) => Ask(ref _leave, cancellationToken);

    public Task Retire(CancellationToken cancellationToken) => Ask(ref _retire, cancellationToken);

    public async Task<ClusterView> AtLeast(long version, CancellationToken cancellationToken)
    {
        if (_view is { } view && view.Version >= version) return view;

        var reached = new TaskCompletionSource<ClusterView>(TaskCreationOptions.RunContinuationsAsynchronously);
        lock (_gate)
        {
            if (_view.Version >= version) return _view;
            if (_ended) throw Ended();

            _waiting.Add((version, reached));
            _viewAsked = true;
        }

        _parts.Driver.Wake();
        try
        {
            return await reached.Task.WaitAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            lock (_gate)
                _waiting.RemoveAll(waiting => waiting.Reached == reached);
            throw;
        }
    }

    /// <summary>Ends at once, without a word to the others, as a process that is killed: they will evict it.</summary>
    public void Dispose()
    {
        Volatile.Write(ref _holdsUntil, NoLease);
        End();
        _parts.Driver.Dispose();
    }

    private Task Ask(ref Wish? wish, CancellationToken cancellationToken)
    {
        Wish asked;
        lock (_gate)
        {
            asked = wish ??= new(_time.GetTimestamp());
            if (_ended || _join is null) asked.Grant();
        }

        _parts.Driver.Wake();
        return asked.Wait(cancellationToken, onCancelled: null);
    }

    /// <summary>Nothing is kept up from here on; whoever waits is told.</summary>
    private void End()
    {
        List<(long Version, TaskCompletionSource<ClusterView> Reached)> waiting;
        lock (_gate)
        {
            if (_ended) return;

            _ended = true;
            waiting = [.. _waiting];
            _waiting.Clear();
        }

        foreach (var (_, reached) in waiting) reached.TrySetException(Ended());
        _join?.Fail(Ended());
        _leave?.Grant();
        _retire?.Grant();
    }

    private static SiloUnavailableException Ended() => new("This silo has left its cluster.");

    /// <summary>Something that the membership's thread is to bring about.</summary>
    private sealed class Wish(long since)
    {
        private readonly TaskCompletionSource _granted = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public long Since => since;

        public bool IsSettled => _granted.Task.IsCompleted;

        public void Grant() => _granted.TrySetResult();

        public void Fail(Exception exception) => _granted.TrySetException(exception);

        /// <summary>Done as soon as it is granted; where it can be cancelled, a moment later, on another thread.</summary>
        public Task Wait(CancellationToken cancellationToken, Action? onCancelled) =>
            cancellationToken.CanBeCanceled ? WaitOrCancel(cancellationToken, onCancelled) : _granted.Task;

        private async Task WaitOrCancel(CancellationToken cancellationToken, Action? onCancelled)
        {
            try
            {
                await _granted.Task.WaitAsync(cancellationToken).ConfigureAwait(false);
            }
            catch (OperationCanceledException) when (!_granted.Task.IsCompleted)
            {
                onCancelled?.Invoke();
                throw;
            }
        }
    }
}
