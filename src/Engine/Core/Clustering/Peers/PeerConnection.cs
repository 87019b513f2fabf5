using System.Buffers;
using System.Net.Sockets;
using System.Text;
using Orleans.Runtime;

namespace FteAgent.Engine;

/// <summary>One connection after its handshake: frames out by whoever calls, in one flush at a time; frames in by one loop.</summary>
internal sealed class PeerConnection : IPeerConnection, IThreadPoolWorkItem
{
    private readonly Socket _socket;
    private readonly OutgoingQueue _queue;
    private readonly IPeerOwner _owner;
    private readonly int _maxFrameBytes;
    private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private string? _reason;
    private string? _farewell;

    public PeerConnection(PeerLink link, Socket socket, ClusteringOptions options, TimeProvider time, IPeerOwner owner)
    {
        (Link, _socket, _owner, _maxFrameBytes) = (link, socket, owner, options.MaxFrameBytes);
        _queue = new(options.MaxFrameBytes, options.MaxQueuedBytes, options.QueueTimeout, time);
        Watch = new(options);
        socket.NoDelay = true;
    }

    public PeerLink Link { get; }

    public SiloAddress Remote => Link.Remote;

    public bool IsOpen => Volatile.Read(ref _reason) is null;

    /// <summary>Done when the connection is closed and everybody concerned has been told.</summary>
    public Task Ended => _ended.Task;

    /// <summary>Who notices that nothing comes or goes any more.</summary>
    public SilenceWatch Watch { get; }

    /// <summary>Bytes that wait to be sent.</summary>
    public int QueuedBytes => _queue.QueuedBytes;

    /// <summary>Whether bytes have come that were not read yet: then it is this silo that is slow, as one whose threads are all busy.</summary>
    public bool HasUnread
    {
        get
        {
            try
            {
                return _socket.Available > 0;
            }
            catch (Exception exception) when (exception is SocketException or ObjectDisposedException)
            {
                return false;
            }
        }
    }

    /// <summary>Puts the end of the handshake before all frames. Before anybody else knows this connection.</summary>
    public void Precede(ReadOnlySpan<byte> endOfHandshake) => _queue.Raw(endOfHandshake);

    /// <summary>Begins to read, and to send what waits.</summary>
    public void Begin()
    {
        if (_queue.BeginFlush()) ThreadPool.UnsafeQueueUserWorkItem(this, preferLocal: false);
        ThreadPool.UnsafeQueueUserWorkItem(static connection => _ = connection.ReadAll(), this, preferLocal: false);
    }

    /// <inheritdoc/>
    public ValueTask<bool> Send<TState>(byte kind, TState state, Action<IBufferWriter<byte>, TState> write)
    {
        switch (_queue.TryWrite(kind, state, write))
        {
            case Written.Yes:
                return new(true);
            case Written.YesAndFlush:
                StartFlush();
                return new(true);
            case Written.Closed:
                return new(false);
            default:
                return SendWhenThereIsRoom(kind, state, write);
        }
    }

    /// <summary>Sends a frame of the connection's own if there is room: such frames are worth no waiting.</summary>
    public void Note(byte kind, ReadOnlyMemory<byte> payload = default)
    {
        if (_queue.TryWrite(kind, payload, static (writer, bytes) => writer.Write(bytes.Span)) == Written.YesAndFlush) StartFlush();
    }

    /// <summary>Time has passed: says that this silo lives, or notices that the other does not.</summary>
    public void Tick(TimeSpan elapsed)
    {
        switch (Watch.Tick(elapsed, _queue.QueuedBytes > 0))
        {
            case Silence.SayAlive:
                Note(PeerProtocol.Ping);
                break;
            case Silence.NothingCame when !HasUnread:
                Close("it was silent for too long");
                break;
            case Silence.NothingTaken:
                Close("it took nothing for too long");
                break;
        }
    }

    /// <summary>Ends the connection at once. What is queued is lost.</summary>
    public void Close(string reason)
    {
        if (Interlocked.CompareExchange(ref _reason, reason, null) is not null) return;

        _queue.Close();
        _socket.Dispose();
    }

    /// <summary>Ends the connection after all that is queued has been sent, with a word why, and waits until the other end has hung up.</summary>
    public async Task Finish(string reason, CancellationToken cancellationToken)
    {
        Volatile.Write(ref _farewell, reason);
        Note(PeerProtocol.Goodbye, Encoding.UTF8.GetBytes(reason));
        try
        {
            await Ended.WaitAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            Close(reason);
        }
    }

    void IThreadPoolWorkItem.Execute() => _ = Flush();

    private async ValueTask<bool> SendWhenThereIsRoom<TState>(byte kind, TState state, Action<IBufferWriter<byte>, TState> write)
    {
        var written = await _queue.Write(kind, state, write).ConfigureAwait(false);
        if (written == Written.YesAndFlush) StartFlush();
        return written is Written.Yes or Written.YesAndFlush;
    }

    // To the end of the pool's line, not at once: whoever stands in that line now may have something to send too, and one flush covers it.
    private void StartFlush() => ThreadPool.UnsafeQueueUserWorkItem(this, preferLocal: false);

    private async Task Flush()
    {
        try
        {
            while (_queue.Take() is { } first)
            {
                for (Segment? segment = first, next; segment is not null; segment = next)
                {
                    // Read first: whoever takes a segment back may use it again at once.
                    next = segment.Next;
                    await Send(segment.Bytes.AsMemory(0, segment.Length)).ConfigureAwait(false);
                    _queue.Sent(segment);
                }
            }
        }
        catch (Exception exception) when (exception is SocketException or ObjectDisposedException)
        {
            Close(Reason(exception));
        }
    }

    private async ValueTask Send(ReadOnlyMemory<byte> bytes)
    {
        while (bytes.Length > 0)
        {
            var sent = await _socket.SendAsync(bytes, SocketFlags.None, CancellationToken.None).ConfigureAwait(false);
            Watch.Sent();
            bytes = bytes[sent..];
        }
    }

    private async Task ReadAll()
    {
        using (var frames = new FrameReader(_maxFrameBytes))
        {
            try
            {
                while (IsOpen)
                {
                    var count = await _socket.ReceiveAsync(frames.Free, SocketFlags.None, CancellationToken.None).ConfigureAwait(false);
                    if (count == 0)
                    {
                        Close(Volatile.Read(ref _farewell) ?? "the other end hung up");
                        break;
                    }

                    Watch.Received();
                    frames.Received(count);
                    while (IsOpen && frames.TryRead(out var kind, out var payload)) _owner.Received(this, kind, payload);
                    Watch.Taken();
                }
            }
            catch (Exception exception) when (exception is SocketException or ObjectDisposedException or InvalidDataException)
            {
                Close(Reason(exception));
            }
            catch (Exception exception)
            {
                _owner.Failed(this, exception);
                Close("a frame could not be taken");
            }
        }

        _owner.Ended(this, _reason!);
        _ended.TrySetResult();
    }

    private static string Reason(Exception exception) => exception switch
    {
        SocketException { SocketErrorCode: var code } => $"the network failed ({code})",
        InvalidDataException => exception.Message,
        _ => "it was closed here",
    };
}
