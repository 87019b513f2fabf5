using System.Buffers;
using System.Buffers.Binary;
using FteAgent.Engine.CodeGeneration;
using Orleans.Runtime;
using Orleans.Serialization;

namespace FteAgent.Engine;

/// <summary>How a call is sent, and sent again until a silo takes it or its caller's time is over.</summary>
internal sealed partial class RemoteCalls
{
    /// <summary>A call that two silos send to and fro for longer than this many times fails: their views do not meet.</summary>
    public const int MaxRedirects = 32;

    /// <summary>How long a refresh of the view may hold up a call that came by a newer one.</summary>
    private static readonly TimeSpan RefreshLimit = TimeSpan.FromSeconds(2);

    /// <summary>How long a call waits before it tries the same view again.</summary>
    private static readonly TimeSpan ShortestPause = TimeSpan.FromMilliseconds(10);
    private static readonly TimeSpan LongestPause = TimeSpan.FromMilliseconds(200);

    private static readonly Action<IBufferWriter<byte>, (RemoteCalls Calls, GrainRequest Request)> WriteRequest =
        static (to, state) => state.Calls.Write(to, state.Request);

    private static readonly Action<IBufferWriter<byte>, (ulong Id, Exception Failure)> WriteFailure = static (to, state) =>
    {
        BinaryPrimitives.WriteUInt64LittleEndian(to.GetSpan(sizeof(ulong)), state.Id);
        to.Advance(sizeof(ulong));
        Wire.WriteFailure(to, state.Failure);
    };

    /// <summary>Sends a call to the silo that owns its grain. Returns at once; should it not go by the way that is open, it is sent by another, later.</summary>
    public void Send(GrainRequest request, SiloAddress owner)
    {
        var sending = TrySend(request, owner);
        if (!sending.IsCompletedSuccessfully || !sending.Result) _ = KeepSending(request, sending);
    }

    /// <summary>
    /// Sends a frame whose sender does not wait. Should it be the response to <paramref name="caller"/> and never fit into a frame, the
    /// caller hears of that in its place: it would wait in vain, and then call again what has run.
    /// </summary>
    public void Post<TState>(
        IPeerConnection connection, byte kind, TState state, Action<IBufferWriter<byte>, TState> write, RemoteCaller? caller = null)
    {
        ValueTask<bool> sending;
        try
        {
            sending = connection.Send(kind, state, write);
        }
        catch (Exception exception)
        {
            sending = ValueTask.FromException<bool>(exception);
        }

        if (!sending.IsCompletedSuccessfully || !sending.Result) _ = Watch(connection, sending, caller);
    }

    /// <summary>The caller has cancelled a call, or its time is over: its grain is told.</summary>
    public static void Cancel(GrainRequest request)
    {
        if (request.Outgoing is { IsSent: true, Connection: { } connection, Owner: { } calls, Id: var id })
            calls.Post(connection, FrameKind.Cancel, (id, 0L), CallFrames.WriteNumbers);
    }

    private async Task Watch(IPeerConnection connection, ValueTask<bool> sending, RemoteCaller? caller)
    {
        try
        {
            // Whoever waits at the other end of a connection that has closed is told so there. A full one has no room for words about it.
            if (!await sending.ConfigureAwait(false) && connection.IsOpen && _fullQueues.Take() is { } unsaid)
                Log.QueueFull(_silo.Logger, connection.Remote.ToString(), unsaid);
        }
        catch (Exception exception)
        {
            Log.FrameLost(_silo.Logger, connection.Remote.ToString(), exception);
            if (caller is not null) Post(connection, FrameKind.Response, (caller.Id, (Exception)caller.Lost(exception)), WriteFailure);
        }
        finally
        {
            caller?.Release();
        }
    }

    /// <summary>True when the call is on its way, or can never be; false when it may be tried again.</summary>
    private ValueTask<bool> TrySend(GrainRequest request, SiloAddress owner)
    {
        try
        {
            var connecting = _peers.Connect(owner, _stopping.Token);
            return connecting.IsCompletedSuccessfully ? TrySend(request, connecting.Result) : Connected(request, connecting);
        }
        catch (Exception exception)
        {
            return ValueTask.FromException<bool>(exception);
        }
    }

    private async ValueTask<bool> Connected(GrainRequest request, ValueTask<IPeerConnection> connecting) =>
        await TrySend(request, await connecting.ConfigureAwait(false)).ConfigureAwait(false);

    private ValueTask<bool> TrySend(GrainRequest request, IPeerConnection connection)
    {
        if (request.IsCompleted) return new(true);
        if (_farewells.Forbids(connection)) return new(false);

        if (request.IsOneWay) request.Outgoing.Connection = connection;
        else _outgoing.Enter(request, connection);
        request.Outgoing.Owner = this;
        var sending = connection.Send(FrameKind.Request, (this, request), WriteRequest);
        return sending.IsCompletedSuccessfully ? new(Sent(request, sending.Result)) : Sent(request, sending);
    }

    private static async ValueTask<bool> Sent(GrainRequest request, ValueTask<bool> sending)
    {
        var taken = false;
        try
        {
            taken = await sending.ConfigureAwait(false);
        }
        finally
        {
            if (!taken) OutgoingCalls.Leave(request);
        }

        return Sent(request, taken);
    }

    private static bool Sent(GrainRequest request, bool taken)
    {
        if (!taken) OutgoingCalls.Leave(request);
        else if (request.Cancellation is { CallerToken.IsCancellationRequested: true }) Cancel(request);
        return taken;
    }

    /// <summary>Runs while the connection's queue is held: what is true here is true when the bytes are queued.</summary>
    private void Write(IBufferWriter<byte> to, GrainRequest request)
    {
        if (_farewells.Forbids(request.Outgoing.Connection)) throw new FarewellException();

        var header = new RequestHeader(
            request.IsOneWay ? 0 : request.Outgoing.Id, _cluster.View.Version, _silo.Dispatcher.TimeLeft(request),
            (byte)request.Outgoing.Redirects);
        CallFrames.Write(to, header, request);
        request.Outgoing.IsSent = true;
    }

    private async Task KeepSending(GrainRequest request, ValueTask<bool> sending)
    {
        var started = _silo.Time.Messaging.GetTimestamp();
        var pause = ShortestPause;
        while (true)
        {
            var version = _cluster.View.Version;
            try
            {
                if (await sending.ConfigureAwait(false)) return;
            }
            catch (Exception exception) when (exception is PeerUnreachableException or FarewellException or OperationCanceledException)
            {
                OutgoingCalls.Leave(request);
                if (_stopping.IsCancellationRequested)
                {
                    request.Fail(new SiloUnavailableException($"The silo is stopping. The call was {request}."));
                    return;
                }
            }
            catch (Exception exception)
            {
                // An argument that cannot cross, or a frame too large: no other silo could take it either.
                OutgoingCalls.Leave(request);
                request.Fail(exception is FrameTooLargeException ? new SerializerException($"{request} could not be sent: {exception.Message}") : exception);
                return;
            }

            // A member that cannot be reached will be seen to live again, or be struck out: either way it is worth asking again. The
            // caller's own limit ends it; for a call that nobody waits for, the same limit is kept here.
            await _cluster.UntilMoved(version, pause).ConfigureAwait(false);
            pause = pause * 2 < LongestPause ? pause * 2 : LongestPause;
            if (request.IsCompleted) return;
            if (request.IsOneWay && _silo.Dispatcher.IsOverdue(started))
            {
                Log.OneWayLost(_silo.Logger, request.ToString());
                return;
            }

            if (_cluster.OwnerOf(request.Target) is not { } owner || ReferenceEquals(owner, _cluster.Incarnation.Address))
            {
                _silo.Dispatcher.Deliver(request);
                return;
            }

            sending = TrySend(request, owner);
        }
    }

    /// <summary>A silo would not run a call. It has not run, so that it may be sent again.</summary>
    private async Task SendAgain(GrainRequest request, long version)
    {
        // Where the other's view is no newer, it has lost its lease or its way to the store: there is nothing to learn, only to wait, and
        // the caller's own limit ends that.
        var before = _cluster.View.Version;
        if (version <= before)
        {
            await _cluster.UntilMoved(before, LongestPause).ConfigureAwait(false);
        }
        else if (++request.Outgoing.Redirects > MaxRedirects)
        {
            request.Fail(new SiloUnavailableException($"{request} was sent on {MaxRedirects} times, and no silo would take it."));
            return;
        }
        else
        {
            try
            {
                using var limit = new CancellationTokenSource(RefreshLimit, _silo.Time.Membership);
                await _cluster.AtLeast(version, limit.Token).ConfigureAwait(false);
            }
            catch (Exception exception) when (exception is OperationCanceledException or SiloUnavailableException)
            {
                // By the old view once more: should it still be wrong, the call comes back here.
            }
        }

        if (!request.IsCompleted) _silo.Dispatcher.Deliver(request);
    }
}

/// <summary>The silo at the other end has said that it leaves: nothing of the frame was sent.</summary>
internal sealed class FarewellException : Exception;
