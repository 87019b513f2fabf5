using System.Buffers.Binary;
using System.ComponentModel;
using System.Runtime.CompilerServices;
using System.Text;
using Orleans.Serialization;

namespace FteAgent.Engine.CodeGeneration;

/// <summary>Writes one message into memory that is used again for the next.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public ref struct WireWriter
{
    private const int LongestVarint = 10;
    private const int BytesPerChar = 3;

    /// <summary>As many characters as surely have a length of one byte.</summary>
    private const int ShortText = 127 / BytesPerChar;

    private readonly WriteContext _context;
    private Span<byte> _span;
    private int _position;
    private int _depth;

    internal WireWriter(WriteContext context)
    {
        _context = context;
        _span = context.Buffer;
    }

    internal readonly ReadOnlySpan<byte> Written => _span[.._position];

    internal readonly WriteContext Context => _context;

    /// <summary>Begins an object: fields follow.</summary>
    public void BeginObject() => Enter();

    /// <summary>The fields of the type above follow.</summary>
    public void NextLevel() => WriteByte(WireTag.NextLevel);

    /// <summary>Ends an object.</summary>
    public void EndObject()
    {
        WriteByte(WireTag.End);
        _depth--;
    }

    internal void Enter()
    {
        if (++_depth > WireLimits.Depth)
            throw new SerializerException($"A value is nested deeper than {WireLimits.Depth} levels. Is it a chain, or a cycle of values marked [Immutable]?");
    }

    internal void Leave() => _depth--;

    internal void WriteTag(uint tag)
    {
        if (tag < 0x80) WriteByte((byte)tag);
        else WriteVarint(tag);
    }

    internal void WriteNull(uint field)
    {
        WriteTag(field | (uint)WireKind.Extended);
        WriteByte(Extension.Null);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal void WriteByte(byte value)
    {
        if (_position >= _span.Length) Grow(1);
        _span[_position++] = value;
    }

    internal void WriteVarint(ulong value)
    {
        if (_span.Length - _position < LongestVarint) Grow(LongestVarint);
        var span = _span;
        var position = _position;
        while (value >= 0x80)
        {
            span[position++] = (byte)(value | 0x80);
            value >>= 7;
        }

        span[position++] = (byte)value;
        _position = position;
    }

    /// <summary>Small numbers, below zero or above, take few bytes.</summary>
    internal void WriteSigned(long value) => WriteVarint((ulong)((value << 1) ^ (value >> 63)));

    internal void WriteFixed4(uint value) => BinaryPrimitives.WriteUInt32LittleEndian(Take(4), value);

    internal void WriteFixed8(ulong value) => BinaryPrimitives.WriteUInt64LittleEndian(Take(8), value);

    internal void WriteFixed16(UInt128 value) => BinaryPrimitives.WriteUInt128LittleEndian(Take(16), value);

    internal void WriteBytes(ReadOnlySpan<byte> value)
    {
        WriteVarint((uint)value.Length);
        value.CopyTo(Take(value.Length));
    }

    internal void WriteText(ReadOnlySpan<char> value)
    {
        if (value.Length <= ShortText)
        {
            Reserve(1 + value.Length * BytesPerChar);
            var length = Encoding.UTF8.GetBytes(value, _span[(_position + 1)..]);
            _span[_position] = (byte)length;
            _position += 1 + length;
            return;
        }

        var count = Encoding.UTF8.GetByteCount(value);
        WriteVarint((uint)count);
        Encoding.UTF8.GetBytes(value, Take(count));
    }

    /// <summary>Room for bytes of a known number.</summary>
    internal Span<byte> Take(int length)
    {
        Reserve(length);
        var taken = _span.Slice(_position, length);
        _position += length;
        return taken;
    }

    /// <summary>Forgets what was written; for a message that could not be finished.</summary>
    internal void Reset()
    {
        _context.Forget();
        (_position, _depth) = (0, 0);
    }

    private void Reserve(int length)
    {
        if (_span.Length - _position < length) Grow(length);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private void Grow(int length)
    {
        var needed = (long)_position + length;
        if (needed > WireLimits.MessageLength) throw new SerializerException($"A message is larger than {WireLimits.MessageLength} bytes.");

        _span = _context.Enlarge(_position, (int)needed);
    }
}
