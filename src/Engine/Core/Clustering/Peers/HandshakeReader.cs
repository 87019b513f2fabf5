using System.Buffers.Binary;
using System.Text;
using Orleans.Runtime;

namespace FteAgent.Engine;

/// <summary>Reads the body of one handshake message. Bytes behind what is known are left: a newer silo may say more.</summary>
internal ref struct HandshakeReader(ReadOnlySpan<byte> message)
{
    private ReadOnlySpan<byte> _rest = message[HandshakeWriter.HeaderBytes..];

    public byte Byte() => Take(1)[0];

    public ushort UInt16() => BinaryPrimitives.ReadUInt16BigEndian(Take(sizeof(ushort)));

    public long Int64() => BinaryPrimitives.ReadInt64BigEndian(Take(sizeof(long)));

    public byte[] Bytes(int count) => Take(count).ToArray();

    public string Text(int limit)
    {
        var length = UInt16();
        return length <= limit ? Encoding.UTF8.GetString(Take(length)) : throw Malformed();
    }

    public SiloAddress Address()
    {
        var text = Text(PeerProtocol.MaxAddressBytes);
        try
        {
            return SiloAddress.FromParsableString(text);
        }
        catch (FormatException)
        {
            throw Malformed();
        }
    }

    private ReadOnlySpan<byte> Take(int count)
    {
        if (count > _rest.Length) throw Malformed();

        var taken = _rest[..count];
        _rest = _rest[count..];
        return taken;
    }

    private static HandshakeException Malformed() => new("the handshake was malformed");
}
