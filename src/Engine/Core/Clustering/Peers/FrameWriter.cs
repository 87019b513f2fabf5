using System.Buffers;
using System.Buffers.Binary;

namespace FteAgent.Engine;

/// <summary>
/// Frames one behind the other in a chain of segments. A frame whose payload fails to serialise, or is too large, leaves no trace. Not
/// safe for threads: <see cref="OutgoingQueue"/> locks around it.
/// </summary>
internal sealed class FrameWriter(int maxFrameBytes) : IBufferWriter<byte>
{
    /// <summary>The length of the rest, and the kind.</summary>
    public const int HeaderBytes = sizeof(int) + 1;

    private Segment? _first;
    private Segment? _last;
    private Segment? _spare;
    private int _frameBytes;

    /// <summary>Appends bytes that are no frame: the end of a handshake.</summary>
    public void Raw(ReadOnlySpan<byte> bytes)
    {
        bytes.CopyTo(Room(bytes.Length));
        _last!.Length += bytes.Length;
    }

    /// <summary>Appends one frame and gives its size, header and all.</summary>
    public int Frame<TState>(byte kind, TState state, Action<IBufferWriter<byte>, TState> write)
    {
        _frameBytes = 0;
        var header = Room(HeaderBytes);
        var (segment, start) = (_last!, _last!.Length);
        header[sizeof(int)] = kind;
        segment.Length += HeaderBytes;
        try
        {
            write(this, state);
            BinaryPrimitives.WriteInt32LittleEndian(segment.Bytes.AsSpan(start), _frameBytes + 1);
            return HeaderBytes + _frameBytes;
        }
        catch
        {
            Drop(segment, start);
            throw;
        }
    }

    /// <summary>Takes all that has been written, in order. The taker gives each segment back.</summary>
    public Segment? Take()
    {
        var taken = _first;
        (_first, _last) = (null, null);
        return taken;
    }

    /// <summary>Takes back a segment whose bytes are sent. One of the usual size is kept, so that a steady flow allocates nothing.</summary>
    public void GiveBack(Segment segment)
    {
        if (_spare is null && segment.Bytes.Length == Segment.UsualBytes)
        {
            (segment.Length, segment.Next) = (0, null);
            _spare = segment;
        }
        else
        {
            segment.Return();
        }
    }

    /// <summary>Forgets what was written.</summary>
    public void Clear()
    {
        for (var segment = Take(); segment is not null; segment = segment.Next) segment.Return();
        _spare?.Return();
        _spare = null;
    }

    void IBufferWriter<byte>.Advance(int count)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(count, _last!.Free);
        if (_frameBytes + (long)count + 1 > maxFrameBytes) throw new FrameTooLargeException(maxFrameBytes);
        _last.Length += count;
        _frameBytes += count;
    }

    Memory<byte> IBufferWriter<byte>.GetMemory(int sizeHint)
    {
        Room(sizeHint);
        return _last!.Bytes.AsMemory(_last.Length);
    }

    Span<byte> IBufferWriter<byte>.GetSpan(int sizeHint) => Room(sizeHint);

    private Span<byte> Room(int sizeHint)
    {
        if (_last is null || _last.Free < Math.Max(sizeHint, 1))
        {
            // Asked too much is no frame yet, but no memory is given beyond what a frame may have.
            if (sizeHint > maxFrameBytes) throw new FrameTooLargeException(maxFrameBytes);
            Append(sizeHint);
        }

        return _last!.Bytes.AsSpan(_last.Length);
    }

    private void Append(int atLeast)
    {
        var segment = _spare is not null && _spare.Free >= atLeast ? _spare : new Segment(atLeast);
        if (segment == _spare) _spare = null;
        if (_last is null) _first = segment;
        else _last.Next = segment;
        _last = segment;
    }

    private void Drop(Segment segment, int start)
    {
        for (var later = segment.Next; later is not null; later = later.Next) later.Return();
        (segment.Next, segment.Length, _last) = (null, start, segment);
    }
}

/// <summary>What a caller wanted to send is larger than a frame may be. Nothing of it was sent.</summary>
internal sealed class FrameTooLargeException(int limit) : Exception($"A call between silos may carry at most {limit} bytes.");
