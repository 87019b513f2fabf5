using System.Buffers;

namespace FteAgent.Engine;

/// <summary>
/// What waits to be sent by one connection. Any thread writes, under a short lock; one flush takes all that has gathered. When it is
/// full, writers wait for room in turn, and are refused in the end.
/// </summary>
internal sealed class OutgoingQueue(int maxFrameBytes, int maxQueuedBytes, TimeSpan timeout, TimeProvider time)
{
    /// <summary>How many writers may wait for room. Each is a call that somebody made: more of them means that this silo drowns, and waiting makes it worse.</summary>
    public const int MaxWaiting = 10_000;

    private readonly Lock _gate = new();
    private readonly FrameWriter _frames = new(maxFrameBytes);
    private List<TaskCompletionSource> _waiting = [];
    private int _queuedBytes;
    private bool _flushing;
    private bool _closed;

    /// <summary>Written and not yet taken by the network.</summary>
    public int QueuedBytes => Volatile.Read(ref _queuedBytes);

    /// <summary>Appends bytes that are no frame. Only before the first flush.</summary>
    public void Raw(ReadOnlySpan<byte> bytes)
    {
        lock (_gate)
        {
            _frames.Raw(bytes);
            _queuedBytes += bytes.Length;
        }
    }

    /// <summary>Writes a frame if there is room.</summary>
    public Written TryWrite<TState>(byte kind, TState state, Action<IBufferWriter<byte>, TState> write)
    {
        lock (_gate)
        {
            if (_closed) return Written.Closed;
            if (_queuedBytes >= maxQueuedBytes || _waiting.Count > 0) return Written.NoRoom;

            _queuedBytes += _frames.Frame(kind, state, write);
            if (_flushing) return Written.Yes;

            _flushing = true;
            return Written.YesAndFlush;
        }
    }

    /// <summary>Writes a frame as soon as there is room; <see cref="Written.NoRoom"/> when there was none for too long.</summary>
    public async ValueTask<Written> Write<TState>(byte kind, TState state, Action<IBufferWriter<byte>, TState> write)
    {
        var start = time.GetTimestamp();
        while (TryWrite(kind, state, write) is var written)
        {
            if (written != Written.NoRoom) return written;
            if (Room() is not { } room || timeout - time.GetElapsedTime(start) is not { Ticks: > 0 } left) break;

            try
            {
                await room.WaitAsync(left, time).ConfigureAwait(false);
            }
            catch (TimeoutException)
            {
                break;
            }
        }

        return Written.NoRoom;
    }

    /// <summary>Starts a flush unless one is running.</summary>
    public bool BeginFlush()
    {
        lock (_gate)
        {
            if (_closed || _flushing) return false;
            return _flushing = true;
        }
    }

    /// <summary>All that has gathered; null, and the flush over, when that is nothing.</summary>
    public Segment? Take()
    {
        lock (_gate)
        {
            var taken = _closed ? null : _frames.Take();
            if (taken is null) _flushing = false;
            return taken;
        }
    }

    /// <summary>Takes back a segment that has been sent.</summary>
    public void Sent(Segment segment)
    {
        List<TaskCompletionSource>? waiting = null;
        lock (_gate)
        {
            _queuedBytes -= segment.Length;
            if (_closed) segment.Return();
            else _frames.GiveBack(segment);

            // Not at the first free byte: a queue that hovers at its limit would wake everybody for each frame.
            if (_waiting.Count > 0 && _queuedBytes <= maxQueuedBytes / 2) (waiting, _waiting) = (_waiting, []);
        }

        Wake(waiting);
    }

    /// <summary>Takes no more frames, forgets those that wait and lets all writers go.</summary>
    public void Close()
    {
        List<TaskCompletionSource> waiting;
        lock (_gate)
        {
            _closed = true;
            _frames.Clear();
            (waiting, _waiting) = (_waiting, []);
        }

        Wake(waiting);
    }

    private Task? Room()
    {
        lock (_gate)
        {
            if (_closed || (_queuedBytes < maxQueuedBytes && _waiting.Count == 0)) return Task.CompletedTask;
            if (_waiting.Count >= MaxWaiting) return null;

            var room = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            _waiting.Add(room);
            return room.Task;
        }
    }

    private static void Wake(List<TaskCompletionSource>? waiting)
    {
        if (waiting is null) return;
        foreach (var writer in waiting) writer.TrySetResult();
    }
}

/// <summary>What became of a frame.</summary>
internal enum Written
{
    /// <summary>It is queued, and a flush that will take it is running.</summary>
    Yes,

    /// <summary>It is queued, and the writer is the one to start a flush.</summary>
    YesAndFlush,

    /// <summary>The queue is full.</summary>
    NoRoom,

    /// <summary>The connection is closed.</summary>
    Closed,
}
