using System.Buffers.Binary;
using System.ComponentModel;
using System.Runtime.CompilerServices;
using System.Text;
using Orleans.Serialization;

namespace FteAgent.Engine.CodeGeneration;

/// <summary>Reads one message, whose bytes may be anybody's: nothing is believed before it is checked.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public ref struct WireReader
{
    private readonly ReadOnlySpan<byte> _from;
    private readonly ReadContext _context;
    private int _position;
    private int _depth;

    /// <summary>The number of the value that begins next, or <see cref="ReadContext.NoNumber"/>.</summary>
    private int _pending = ReadContext.NoNumber;

    internal WireReader(ReadOnlySpan<byte> from, ReadContext context)
    {
        _from = from;
        _context = context;
    }

    internal readonly ReadContext Context => _context;

    internal readonly int Remaining => _from.Length - _position;

    internal readonly int Position => _position;

    /// <summary>Begins an object, and gives its number, by which others in the message refer to it.</summary>
    public int BeginObject(WireKind kind)
    {
        Expect(kind, WireKind.Object);
        return Enter();
    }

    /// <summary>Makes an object known before its members are read, for they may refer to it.</summary>
    public readonly void Record(int number, object value)
    {
        if (number != ReadContext.NoNumber) _context.Record(number, value);
    }

    /// <summary>The tag of the next field, or a smaller number where there is none.</summary>
    public uint NextField()
    {
        if ((uint)_position >= (uint)_from.Length) throw Truncated();
        uint tag = _from[_position++];
        if (tag >= 0x80)
        {
            _position--;
            var wide = ReadVarint();
            if (wide > uint.MaxValue) throw Malformed("a tag is too large");
            tag = (uint)wide;
        }

        return tag is <= WireTag.NextLevel or >= WireTag.FirstField ? tag : throw Malformed("a tag has no meaning");
    }

    /// <summary>Steps over a field that is not known here: a newer silo wrote it.</summary>
    public void SkipField(uint tag) => Skip((WireKind)(tag & 7));

    /// <summary>Ends an object, past what types above it have that are not known here.</summary>
    public void EndObject(uint tag)
    {
        while (tag != WireTag.End)
        {
            if (tag >= WireTag.FirstField) SkipField(tag);
            tag = NextField();
        }

        _depth--;
    }

    /// <summary>Goes down one level. What is nested within gets no number that was meant for this.</summary>
    internal int Enter()
    {
        if (++_depth > WireLimits.Depth) throw Malformed($"it is nested deeper than {WireLimits.Depth} levels");

        var number = _pending;
        _pending = ReadContext.NoNumber;
        return number;
    }

    internal void Leave() => _depth--;

    internal readonly void Expect(WireKind kind, WireKind expected)
    {
        if (kind != expected) throw Malformed($"there is {kind} where {expected} belongs");
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal byte ReadByte()
    {
        if ((uint)_position >= (uint)_from.Length) throw Truncated();
        return _from[_position++];
    }

    internal WireKind ReadItemKind() => ReadByte() is var kind && kind <= (byte)WireKind.Extended ? (WireKind)kind : throw Malformed("an item's kind has no meaning");

    internal ulong ReadVarint()
    {
        if (_position < _from.Length && _from[_position] is var only and < 0x80)
        {
            _position++;
            return only;
        }

        ulong value = 0;
        for (var shift = 0; shift < 64; shift += 7)
        {
            var part = ReadByte();
            if (shift == 63 && part > 1) break;

            value |= (ulong)(part & 0x7F) << shift;
            if (part < 0x80) return value;
        }

        throw Malformed("a number is longer than 64 bits");
    }

    internal long ReadSigned()
    {
        var value = ReadVarint();
        return (long)(value >> 1) ^ -(long)(value & 1);
    }

    internal uint ReadFixed4() => BinaryPrimitives.ReadUInt32LittleEndian(Take(4));

    internal ulong ReadFixed8() => BinaryPrimitives.ReadUInt64LittleEndian(Take(8));

    internal UInt128 ReadFixed16() => BinaryPrimitives.ReadUInt128LittleEndian(Take(16));

    /// <summary>A length and the bytes, where they are.</summary>
    internal ReadOnlySpan<byte> ReadBytes()
    {
        var length = ReadVarint();
        return length <= (ulong)Remaining ? Take((int)length) : throw Truncated();
    }

    internal string ReadText()
    {
        var bytes = ReadBytes();
        return bytes.Length == 0 ? "" : Encoding.UTF8.GetString(bytes);
    }

    internal ReadOnlySpan<byte> Take(int length)
    {
        if (Remaining < length) throw Truncated();
        var taken = _from.Slice(_position, length);
        _position += length;
        return taken;
    }

    /// <summary>What follows a tag of the kind Extended, if it is a value: its kind, whether it has a type, and its number is pending.</summary>
    internal byte BeginExtended()
    {
        var at = _position;
        var extension = ReadByte();
        if (extension is Extension.Null or Extension.Reference) return extension;

        var flags = extension & 0xF;
        var isMeaningful = flags is > 0 and <= (Extension.Numbered | Extension.Typed) && extension >> Extension.KindShift < (int)WireKind.Extended;
        if (!isMeaningful) throw Malformed("what should say more about a value has no meaning");

        if ((flags & Extension.Numbered) != 0) _pending = _context.Begin(at);
        return extension;
    }

    /// <summary>Whether the value that begins here says of what type it is.</summary>
    internal readonly bool TellsType() => _position < _from.Length && (_from[_position] & Extension.Typed) != 0;

    internal int TakePending()
    {
        var number = _pending;
        _pending = ReadContext.NoNumber;
        return number;
    }

    internal void SetPending(int number) => _pending = number;

    /// <summary>Goes to where a value began that was stepped over, and gives the way back.</summary>
    internal int GoTo(int position)
    {
        var back = _position;
        _position = position;
        return back;
    }

    internal void Skip(WireKind kind)
    {
        switch (kind)
        {
            case WireKind.Varint: ReadVarint(); break;
            case WireKind.Fixed4: Take(4); break;
            case WireKind.Fixed8: Take(8); break;
            case WireKind.Fixed16: Take(16); break;
            case WireKind.Bytes: ReadBytes(); break;
            case WireKind.Object:
                Enter();
                EndObject(NextField());
                break;
            case WireKind.List: ListHead.Skip(ref this); break;
            case WireKind.Extended: SkipExtended(); break;
        }
    }

    private void SkipExtended()
    {
        var extension = BeginExtended();
        TakePending();
        switch (extension)
        {
            case Extension.Null: break;
            case Extension.Reference: ReadVarint(); break;
            default:
                if ((extension & Extension.Typed) != 0) TypeNames.Skip(ref this);
                Skip((WireKind)(extension >> Extension.KindShift));
                break;
        }
    }

    internal readonly SerializerException Malformed(string why) => new($"A message cannot be read: at byte {_position} {why}.");

    private readonly SerializerException Truncated() => new($"A message cannot be read: it ends at byte {_from.Length}, in the middle of a value.");
}
