using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Text;
using Microsoft.Extensions.Logging;
using Orleans.Runtime;

namespace FteAgent.Engine;

/// <inheritdoc cref="IPeers"/>
internal sealed partial class Peers : IPeers, IPeerOwner, IAsyncDisposable
{
    /// <summary>How long the others get to take what is queued, and to hang up, when this silo stops.</summary>
    private static readonly TimeSpan FarewellLimit = TimeSpan.FromSeconds(2);

    private readonly PeerSettings _settings;
    private readonly Func<SiloAddress> _self;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;
    private readonly PeerDialler _dialler;
    private readonly AcceptorHandshake _acceptor;
    private readonly PeerListener _listener;
    private readonly PeerProbes _probes = new();
    private readonly ConcurrentDictionary<SiloAddress, Peer> _peers = new();
    private readonly ConcurrentDictionary<PeerConnection, byte> _connections = new();
    private readonly CancellationTokenSource _stopping = new();
    private IPeerHandler? _handler;
    private ITimer? _ticks;
    private long _lastTick;

    /// <summary>Makes them; <see cref="Start"/> begins.</summary>
    /// <param name="settings">Where, what cluster, which limits.</param>
    /// <param name="self">This silo's address now: it changes when the silo joins as a new incarnation, and connections of the old one end.</param>
    /// <param name="time">The clock of all limits.</param>
    /// <param name="logger">Where failures are told.</param>
    public Peers(PeerSettings settings, Func<SiloAddress> self, TimeProvider time, ILogger<Peers> logger)
    {
        settings.Validate();
        (_settings, _self, _time, _logger) = (settings, self, time, logger);
        var proofs = new HandshakeProofs(settings.Options.ClusterSecret);
        Faults = new(logger, time);
        _dialler = new(settings, proofs, time);
        _acceptor = new(settings, proofs);
        _listener = new(settings, time, Faults, logger);
    }

    /// <summary>Where this silo listens, once started.</summary>
    public IPEndPoint? Endpoint => _listener.Endpoint;

    /// <summary>Connections that are in their handshake, coming in.</summary>
    public int HalfOpen => _listener.HalfOpen;

    /// <summary>What went wrong so far.</summary>
    public PeerFaults Faults { get; }

    /// <summary>The connections that are open.</summary>
    public IEnumerable<PeerConnection> Connections => _connections.Keys;

    /// <inheritdoc/>
    public Task Start(IPeerHandler handler, CancellationToken cancellationToken)
    {
        _handler = handler;
        _listener.Start(Greet);
        _lastTick = _time.GetTimestamp();
        var period = SilenceWatch.Period(_settings.Options);
        _ticks = _time.CreateTimer(static peers => ((Peers)peers!).Tick(), this, period, period);
        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public ValueTask<IPeerConnection> Connect(SiloAddress to, CancellationToken cancellationToken) =>
        _peers.TryGetValue(to, out var peer) && peer.Open is { } open && IsOurs(open) ? new(open) : new(Reach(to, cancellationToken));

    /// <inheritdoc/>
    public async Task<bool> Probe(SiloAddress silo, CancellationToken cancellationToken)
    {
        try
        {
            using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, _stopping.Token);
            var dialled = await _dialler.Dial(_self(), silo, DialPurpose.Probe, static () => 0, either.Token).ConfigureAwait(false);
            dialled.Socket.Dispose();
            return true;
        }
        catch (Exception exception) when (exception is HandshakeException or SocketException || (exception is OperationCanceledException && !cancellationToken.IsCancellationRequested))
        {
            Faults.HasFailed(silo.ToString(), Why(exception));
            return false;
        }
    }

    /// <inheritdoc/>
    public async Task<bool> RequestProbe(SiloAddress member, CancellationToken cancellationToken)
    {
        try
        {
            var connection = (PeerConnection)await Connect(member, cancellationToken).ConfigureAwait(false);
            return await _probes.Ask(connection, 2 * (_settings.Options.DialTimeout + _settings.Options.HandshakeTimeout), _time, cancellationToken).ConfigureAwait(false);
        }
        catch (PeerUnreachableException)
        {
            return false;
        }
    }

    /// <inheritdoc/>
    public void Forget(SiloAddress silo) => Forget(silo, "it is no member any more");

    /// <inheritdoc/>
    public async Task Stop(CancellationToken cancellationToken)
    {
        _listener.Stop();
        _stopping.Cancel();
        _ticks?.Dispose();

        using var limit = new CancellationTokenSource(FarewellLimit, _time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        await Task.WhenAll(_connections.Keys.Select(connection => connection.Finish("it stops", either.Token))).ConfigureAwait(false);
        foreach (var peer in _peers.Values) peer.Over();
    }

    /// <summary>Ends everything at once, as a crash would: what is queued is lost.</summary>
    public async ValueTask DisposeAsync()
    {
        _listener.Stop();
        _stopping.Cancel();
        _ticks?.Dispose();
        foreach (var peer in _peers.Values) peer.Over();
        foreach (var connection in _connections.Keys) connection.Close("this silo has stopped");
        await Task.WhenAll(_connections.Keys.Select(connection => connection.Ended)).ConfigureAwait(false);
    }

    void IPeerOwner.Received(PeerConnection from, byte kind, ReadOnlySpan<byte> payload)
    {
        if (kind < PeerProtocol.FirstOwnKind) _handler!.Received(from, kind, payload);
        else if (kind == PeerProtocol.Goodbye) from.Close($"the other end said: {Encoding.UTF8.GetString(payload[..Math.Min(payload.Length, PeerProtocol.MaxHandshakeBytes)])}");
        else if (kind == PeerProtocol.ProbeRequest) _probes.Requested(from, payload, () => Probe(from.Remote, CancellationToken.None));
        else if (kind == PeerProtocol.ProbeAnswer) _probes.Answered(from, payload);
    }

    void IPeerOwner.Failed(PeerConnection connection, Exception exception) => PeerLog.FrameFailed(_logger, connection.Remote.ToString(), exception);

    void IPeerOwner.Ended(PeerConnection connection, string reason)
    {
        _connections.TryRemove(connection, out _);
        if (_peers.TryGetValue(connection.Remote, out var peer)) peer.Ended(connection);
        PeerLog.Ended(_logger, connection.Remote.ToString(), reason);
        _handler!.Closed(connection, reason);
    }

    private void Tick()
    {
        var now = _time.GetTimestamp();
        var elapsed = _time.GetElapsedTime(_lastTick, now);
        _lastTick = now;
        foreach (var connection in _connections.Keys)
        {
            if (IsOurs(connection)) connection.Tick(elapsed);
            else connection.Close("this silo is a new incarnation");
        }
    }

    private void Forget(SiloAddress silo, string reason)
    {
        if (_peers.TryRemove(silo, out var peer)) peer.Over()?.Close(reason);
    }

    // A port belongs to one process: connections with earlier incarnations at the same endpoint are dead, whatever TCP still believes.
    private void Supersede(SiloAddress by)
    {
        foreach (var silo in _peers.Keys)
            if (silo.Generation < by.Generation && silo.Endpoint.Equals(by.Endpoint)) Forget(silo, "a newer incarnation has taken its place");
    }

    private Peer PeerOf(SiloAddress silo)
    {
        if (_peers.TryGetValue(silo, out var known)) return known;
        if (_peers.Count >= _settings.MaxPeers) throw new PeerUnreachableException($"This silo knows {_settings.MaxPeers} others already, which is its limit.");
        return _peers.GetOrAdd(silo, static (address, time) => new(address, time), _time);
    }

    private bool IsOurs(PeerConnection connection) => connection.Link.Local.Generation == _self().Generation;

    private static string Why(Exception exception) => exception switch
    {
        SocketException { SocketErrorCode: var code } => $"the network failed ({code})",
        OperationCanceledException => "it was given up",
        _ => exception.Message,
    };
}
