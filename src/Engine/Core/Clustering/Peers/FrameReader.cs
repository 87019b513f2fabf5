using System.Buffers;
using System.Buffers.Binary;

namespace FteAgent.Engine;

/// <summary>Cuts what comes from the network into frames. It holds one buffer, which grows only for a frame that does not fit and never beyond the limit.</summary>
internal sealed class FrameReader(int maxFrameBytes) : IDisposable
{
    private const int UsualBytes = 64 * 1024;

    private byte[] _buffer = ArrayPool<byte>.Shared.Rent(UsualBytes);
    private int _start;
    private int _end;

    /// <summary>Where the next bytes go.</summary>
    public Memory<byte> Free => _buffer.AsMemory(_end);

    /// <summary>Says that so many bytes have come.</summary>
    public void Received(int count) => _end += count;

    /// <summary>The next whole frame; its payload is good until the next call. Throws <see cref="InvalidDataException"/> on a length that no silo sends.</summary>
    public bool TryRead(out byte kind, out ReadOnlySpan<byte> payload)
    {
        kind = 0;
        payload = default;
        var available = _end - _start;
        if (available < FrameWriter.HeaderBytes)
        {
            MakeRoom(FrameWriter.HeaderBytes);
            return false;
        }

        var length = BinaryPrimitives.ReadInt32LittleEndian(_buffer.AsSpan(_start));
        if (length < 1 || length > maxFrameBytes) throw new InvalidDataException($"it sent a frame of {length} bytes, of which at most {maxFrameBytes} are allowed");

        if (available < sizeof(int) + length)
        {
            MakeRoom(sizeof(int) + length);
            return false;
        }

        kind = _buffer[_start + sizeof(int)];
        payload = _buffer.AsSpan(_start + FrameWriter.HeaderBytes, length - 1);
        _start += sizeof(int) + length;
        return true;
    }

    public void Dispose()
    {
        ArrayPool<byte>.Shared.Return(_buffer);
        _buffer = [];
    }

    // Moves what is left to the front, of a buffer in which the frame has room and which is no larger than it must be.
    private void MakeRoom(int frame)
    {
        var (left, size) = (_end - _start, Math.Max(frame, UsualBytes));
        if (size > _buffer.Length || _buffer.Length > 2 * size)
        {
            var buffer = ArrayPool<byte>.Shared.Rent(size);
            _buffer.AsSpan(_start, left).CopyTo(buffer);
            ArrayPool<byte>.Shared.Return(_buffer);
            _buffer = buffer;
        }
        else if (_start > 0)
        {
            _buffer.AsSpan(_start, left).CopyTo(_buffer);
        }

        (_start, _end) = (0, left);
    }
}
