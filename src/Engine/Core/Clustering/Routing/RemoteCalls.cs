using System.Collections.Concurrent;
using FteAgent.Engine.CodeGeneration;
using Orleans.Runtime;
using Orleans.Serialization;

namespace FteAgent.Engine;

/// <summary>Calls from and to other silos. This file takes what they send; <c>RemoteCalls.Sending.cs</c> sends.</summary>
internal sealed partial class RemoteCalls : IPeerHandler
{
    private readonly Silo _silo;
    private readonly Cluster _cluster;
    private readonly IPeers _peers;
    private readonly OutgoingCalls _outgoing = new();
    private readonly Farewells _farewells;
    private readonly ConcurrentDictionary<(IPeerConnection Connection, ulong Id), GrainRequest> _cancellable = new();
    private readonly Allowance _fullQueues;
    private readonly CancellationTokenSource _stopping = new();

    public RemoteCalls(Silo silo, Cluster cluster, IPeers peers)
    {
        (_silo, _cluster, _peers) = (silo, cluster, peers);
        _farewells = new(this, cluster, peers);
        _fullQueues = new(silo.Time.Messaging);
        cluster.Gone += peers.Forget;
    }

    public Task Start(CancellationToken cancellationToken) => _peers.Start(this, cancellationToken);

    /// <summary>Asks all members to send no more calls here, and waits until none is on its way.</summary>
    public Task SayFarewell(CancellationToken cancellationToken) => _farewells.Say(cancellationToken);

    /// <summary>Sends what is queued and hangs up.</summary>
    public Task Stop(CancellationToken cancellationToken)
    {
        _stopping.Cancel();
        return _peers.Stop(cancellationToken);
    }

    /// <summary>Hangs up at once, as a crash would.</summary>
    public async Task Crash()
    {
        await _stopping.CancelAsync().ConfigureAwait(false);
        if (_peers is IAsyncDisposable disposable) await disposable.DisposeAsync().ConfigureAwait(false);
    }

    /// <summary>Ends all connections: they were made by an incarnation that is over.</summary>
    public void HangUp()
    {
        foreach (var member in _cluster.View.Members) _peers.Forget(member.Address);
    }

    /// <summary>A call that was taken from another silo has its response.</summary>
    public void Settled(RemoteCaller caller)
    {
        if (caller.MayCancel) _cancellable.TryRemove((caller.Connection, caller.Id), out _);
    }

    /// <summary>A call was taken that this silo cannot run: its caller is to send it again, by a view of at least the version here.</summary>
    public void Refuse(GrainRequest request, RemoteCaller caller)
    {
        InFlightCalls.Leave(request);
        Settled(caller);
        Post(caller.Connection, FrameKind.Redirect, (caller.Id, _cluster.View.Version), CallFrames.WriteNumbers);
    }

    void IPeerHandler.Received(IPeerConnection from, byte kind, ReadOnlySpan<byte> payload)
    {
        switch (kind)
        {
            case FrameKind.Request:
                TakeRequest(from, payload);
                break;
            case FrameKind.Response:
                TakeResponse(from, payload);
                break;
            case FrameKind.Redirect:
                if (CallFrames.ReadNumbers(payload) is var (redirected, version) && _outgoing.Take(redirected, from) is { } refused) _ = SendAgain(refused, version);
                break;
            case FrameKind.Cancel:
                if (_cancellable.TryRemove((from, CallFrames.ReadNumbers(payload).Id), out var cancelled)) cancelled.CancelByCaller(new(canceled: true));
                break;
            case FrameKind.Farewell:
                _farewells.Heard(from, CallFrames.ReadNumbers(payload).Version);
                break;
            case FrameKind.FarewellSeen:
                _farewells.Seen(from);
                break;
        }
    }

    void IPeerHandler.Closed(IPeerConnection connection, string reason)
    {
        _farewells.Closed(connection);
        foreach (var request in _outgoing.TakeSent(connection))
        {
            request.Fail(new SiloUnavailableException(
                $"The connection to {connection.Remote} closed ({reason}) before it could respond to {request}. Whether the call ran is not known."));
        }

        foreach (var key in _cancellable.Keys)
            if (ReferenceEquals(key.Connection, connection)) _cancellable.TryRemove(key, out _);
    }

    private void TakeRequest(IPeerConnection from, ReadOnlySpan<byte> payload)
    {
        var header = RequestHeader.Read(payload);
        var caller = header.Id == 0 ? null : new RemoteCaller(this, from, header.Id);
        GrainRequest request;
        try
        {
            request = Wire.ReadRequest(payload[RequestHeader.Length..], _silo.References, caller);
        }
        catch (SerializerException exception)
        {
            // Of another release, perhaps: its caller hears of it, and the connection is none the worse.
            Log.CallUnreadable(_silo.Logger, from.Remote.ToString(), exception);
            if (caller is not null) Post(from, FrameKind.Response, (header.Id, (Exception)exception), WriteFailure);
            return;
        }

        request.Outgoing.Redirects = header.Hops + 1;
        if (caller is null && header.Hops >= MaxRedirects)
        {
            Log.OneWayLost(_silo.Logger, request.ToString());
            return;
        }

        if (caller is not null) _silo.Dispatcher.Enter(request, TimeSpan.FromMilliseconds(header.TimeLeft));
        if (caller is not null && request.Cancellation is not null)
        {
            caller.MayCancel = true;
            _cancellable[(from, header.Id)] = request;
        }

        if (header.View > _cluster.View.Version) _ = RunByView(request, header.View);
        else Run(request);
    }

    private void TakeResponse(IPeerConnection from, ReadOnlySpan<byte> payload)
    {
        var id = System.Buffers.Binary.BinaryPrimitives.ReadUInt64LittleEndian(payload);
        if (_outgoing.Take(id, from) is { } request) Wire.ReadResponse(payload[sizeof(ulong)..], request, _silo.References);
    }

    /// <summary>Runs a call that was sent by a newer view than this silo's: by the older one it might wrongly think itself the owner, or not.</summary>
    private async Task RunByView(GrainRequest request, long version)
    {
        try
        {
            using var limit = new CancellationTokenSource(RefreshLimit, _silo.Time.Membership);
            using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, _stopping.Token);
            await _cluster.AtLeast(version, either.Token).ConfigureAwait(false);
        }
        catch (Exception exception) when (exception is OperationCanceledException or SiloUnavailableException)
        {
            // The view cannot be had now. The caller is told below to ask again.
        }

        if (_cluster.View.Version < version && request.Sink is RemoteCaller caller) Refuse(request, caller);
        else Run(request);
    }

    private void Run(GrainRequest request)
    {
        if (request.Sink is RemoteCaller caller && !_cluster.Incarnation.MayAct) Refuse(request, caller);
        else _silo.Dispatcher.Deliver(request);
    }
}
