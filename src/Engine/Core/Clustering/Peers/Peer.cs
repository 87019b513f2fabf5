using Orleans.Runtime;

namespace FteAgent.Engine;

/// <summary>
/// One other silo as seen from here: the connection to it if there is one, the attempt to make one, and how long to hold back after
/// failures. The rules for two silos that dial each other are here, and docs/engine/connections.md says why they lose nothing.
/// </summary>
internal sealed class Peer(SiloAddress remote, TimeProvider time)
{
    /// <summary>How long to hold back after the first failure; it doubles with each.</summary>
    public static readonly TimeSpan FirstBackoff = TimeSpan.FromMilliseconds(50);

    /// <summary>The longest to hold back.</summary>
    public static readonly TimeSpan LongestBackoff = TimeSpan.FromSeconds(1);

    private readonly Lock _gate = new();
    private PeerConnection? _link;
    private DialAttempt? _attempt;
    private TaskCompletionSource? _linked;
    private long _lastTaken;
    private int _failures;
    private long _failedAt;
    private bool _over;

    public SiloAddress Remote { get; } = remote;

    /// <summary>The connection, if it is open.</summary>
    public PeerConnection? Open => Volatile.Read(ref _link) is { IsOpen: true } link ? link : null;

    /// <summary>The attempt that is under way, or a new one. Null when a connection has come up meanwhile.</summary>
    public DialAttempt? Join(Func<DialAttempt, Task<PeerConnection>> dial)
    {
        lock (_gate)
        {
            if (Open is not null) return null;
            if (_attempt is not null || _over) return _attempt ?? throw new PeerUnreachableException($"{Remote} is no member any more.");

            _attempt = new();

            // On the pool, without the caller's context: the attempt is everybody's, and outlives the call that began it.
            using var suppressed = ExecutionContext.IsFlowSuppressed() ? default(IDisposable) : ExecutionContext.SuppressFlow();
            var attempt = _attempt;
            attempt.Outcome = Task.Run(() => dial(attempt));
            return attempt;
        }
    }

    /// <summary>How long an attempt that begins now must hold back.</summary>
    public TimeSpan Backoff()
    {
        lock (_gate)
        {
            if (_failures == 0) return TimeSpan.Zero;

            var whole = Math.Min(LongestBackoff.TotalMilliseconds, FirstBackoff.TotalMilliseconds * Math.Pow(2, Math.Min(_failures, 16) - 1));

            // Jittered, so that silos which lost each other at the same instant do not collide for ever.
            var left = TimeSpan.FromMilliseconds(whole * (0.5 + (Random.Shared.NextDouble() / 2))) - time.GetElapsedTime(_failedAt);
            return left > TimeSpan.Zero ? left : TimeSpan.Zero;
        }
    }

    /// <summary>Asked by an attempt just before it proves itself: from then on the other silo may count on it.</summary>
    public long Commit(DialAttempt attempt)
    {
        lock (_gate)
        {
            if (_attempt != attempt || Open is not null) throw new HandshakeException(HandshakeVerdict.Crossed.InWords(), HandshakeVerdict.Crossed);

            attempt.Committed = true;
            return _lastTaken;
        }
    }

    /// <summary>An attempt has made its connection. Gives the one that counts.</summary>
    public PeerConnection Complete(DialAttempt attempt, PeerConnection made)
    {
        lock (_gate)
        {
            if (Open is { } link) return link;
            if (_over || _attempt != attempt) throw new HandshakeException(HandshakeVerdict.Unavailable.InWords());

            Take(made);
            return made;
        }
    }

    /// <summary>The attempt is over, well or not.</summary>
    public void End(DialAttempt attempt, bool failed)
    {
        lock (_gate)
        {
            if (_attempt == attempt) _attempt = null;
            if (!failed || Open is not null) return;

            _failures++;
            _failedAt = time.GetTimestamp();
        }
    }

    /// <summary>
    /// The other silo has dialled and proved itself: whether its connection is the one that counts. If it is, <paramref name="replaced"/>
    /// is the one that it takes the place of, to be closed.
    /// </summary>
    public HandshakeVerdict Accept(PeerConnection made, long lastTaken, out PeerConnection? replaced)
    {
        replaced = null;
        DialAttempt? given;
        lock (_gate)
        {
            if (_over) return HandshakeVerdict.Unavailable;
            if (Open is { } link)
            {
                // Dialled from here: the other silo had it and lost it, if it says so. If it does not say so, it spoke before it had seen it.
                if (link.Link.DialledHere && lastTaken != link.Link.DialNumber) return HandshakeVerdict.Crossed;

                // Dialled from there: a later dial means that the earlier was given up.
                if (!link.Link.DialledHere && made.Link.DialNumber <= link.Link.DialNumber) return HandshakeVerdict.Superseded;
                replaced = link;
            }
            else if (_attempt is { Committed: true } && made.Link.Local.CompareTo(Remote) < 0)
            {
                // Both have proved themselves to each other at once: the smaller one's connection counts, at both ends.
                return HandshakeVerdict.Crossed;
            }

            (given, _attempt) = (_attempt, null);
            _lastTaken = made.Link.DialNumber;
            Take(made);
        }

        given?.GiveUp();
        return HandshakeVerdict.Accepted;
    }

    /// <summary>Waits for a connection that the other silo is making; null when none comes.</summary>
    public async Task<PeerConnection?> Arrival(TimeSpan limit, CancellationToken cancellationToken)
    {
        Task arrival;
        lock (_gate)
        {
            if (Open is { } link) return link;
            arrival = (_linked ??= new(TaskCreationOptions.RunContinuationsAsynchronously)).Task;
        }

        try
        {
            await arrival.WaitAsync(limit, time, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception exception) when (exception is TimeoutException or OperationCanceledException)
        {
            // It may have come at the last instant.
        }

        return Open;
    }

    /// <summary>The connection has ended.</summary>
    public void Ended(PeerConnection connection)
    {
        lock (_gate)
        {
            if (_link == connection) _link = null;
        }
    }

    /// <summary>No connection to this silo is wanted any more. Gives the one that there is.</summary>
    public PeerConnection? Over()
    {
        DialAttempt? attempt;
        PeerConnection? link;
        lock (_gate)
        {
            _over = true;
            (attempt, _attempt) = (_attempt, null);
            link = _link;
            _linked?.TrySetResult();
        }

        attempt?.GiveUp();
        return link;
    }

    private void Take(PeerConnection made)
    {
        _link = made;
        _failures = 0;
        _linked?.TrySetResult();
        _linked = null;
    }
}
