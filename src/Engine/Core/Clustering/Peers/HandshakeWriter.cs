using System.Buffers.Binary;
using System.Text;
using Orleans.Runtime;

namespace FteAgent.Engine;

/// <summary>Builds one handshake message: magic, length of the body, body.</summary>
internal ref struct HandshakeWriter
{
    /// <summary>Magic and the length of the body.</summary>
    public const int HeaderBytes = 6;

    private readonly byte[] _bytes;
    private int _at;

    public HandshakeWriter()
    {
        _bytes = new byte[PeerProtocol.MaxHandshakeBytes];
        PeerProtocol.Magic.CopyTo(_bytes);
        _at = HeaderBytes;
    }

    public void Byte(byte value) => _bytes[_at++] = value;

    public void UInt16(ushort value)
    {
        BinaryPrimitives.WriteUInt16BigEndian(_bytes.AsSpan(_at), value);
        _at += sizeof(ushort);
    }

    public void Int64(long value)
    {
        BinaryPrimitives.WriteInt64BigEndian(_bytes.AsSpan(_at), value);
        _at += sizeof(long);
    }

    public void Bytes(ReadOnlySpan<byte> value)
    {
        value.CopyTo(_bytes.AsSpan(_at));
        _at += value.Length;
    }

    public void Text(string value)
    {
        var length = Encoding.UTF8.GetBytes(value, _bytes.AsSpan(_at + sizeof(ushort)));
        UInt16((ushort)length);
        _at += length;
    }

    public void Address(SiloAddress value) => Text(value.ToParsableString());

    /// <summary>The whole message.</summary>
    public readonly byte[] Done()
    {
        BinaryPrimitives.WriteUInt16BigEndian(_bytes.AsSpan(PeerProtocol.Magic.Length), (ushort)(_at - HeaderBytes));
        return _bytes[.._at];
    }
}
