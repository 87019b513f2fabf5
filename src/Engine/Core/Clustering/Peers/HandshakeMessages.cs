using Orleans.Runtime;

namespace FteAgent.Engine;

/// <summary>The first message, from the dialler: who, to whom, what for.</summary>
internal sealed record Hello(ushort OldestVersion, ushort NewestVersion, DialPurpose Purpose, string ClusterId, SiloAddress From, SiloAddress To, long DialNumber, byte[] Nonce)
{
    public byte[] Write()
    {
        var writer = new HandshakeWriter();
        writer.UInt16(OldestVersion);
        writer.UInt16(NewestVersion);
        writer.Byte((byte)Purpose);
        writer.Text(ClusterId);
        writer.Address(From);
        writer.Address(To);
        writer.Int64(DialNumber);
        writer.Bytes(Nonce);
        return writer.Done();
    }

    public static Hello Read(ReadOnlySpan<byte> message)
    {
        var reader = new HandshakeReader(message);
        return new(reader.UInt16(), reader.UInt16(), (DialPurpose)reader.Byte(), reader.Text(PeerProtocol.MaxClusterIdBytes),
            reader.Address(), reader.Address(), reader.Int64(), reader.Bytes(PeerProtocol.NonceBytes));
    }
}

/// <summary>The second message, from the acceptor: the version taken (0: none in common), who it is, and what to prove knowledge upon.</summary>
internal sealed record Challenge(ushort Version, SiloAddress Self, byte[] Nonce)
{
    public byte[] Write()
    {
        var writer = new HandshakeWriter();
        writer.UInt16(Version);
        writer.Address(Self);
        writer.Bytes(Nonce);
        return writer.Done();
    }

    public static Challenge Read(ReadOnlySpan<byte> message)
    {
        var reader = new HandshakeReader(message);
        return new(reader.UInt16(), reader.Address(), reader.Bytes(PeerProtocol.NonceBytes));
    }
}

/// <summary>
/// The third message, from the dialler: the number of the last connection that the acceptor dialled and the dialler took (0: none),
/// by which the acceptor tells a connection that broke from one that the dialler has not seen yet; and the proof.
/// </summary>
internal sealed record DiallerProof(long LastTaken, byte[] Proof)
{
    public byte[] Write()
    {
        var writer = new HandshakeWriter();
        writer.Int64(LastTaken);
        writer.Bytes(Proof);
        return writer.Done();
    }

    public static DiallerProof Read(ReadOnlySpan<byte> message)
    {
        var reader = new HandshakeReader(message);
        return new(reader.Int64(), reader.Bytes(PeerProtocol.ProofBytes));
    }
}

/// <summary>The last message, from the acceptor: its decision, and its own proof over all that was said and decided.</summary>
internal sealed record AcceptorProof(HandshakeVerdict Verdict, byte[] Proof)
{
    public byte[] Write()
    {
        var writer = new HandshakeWriter();
        writer.Byte((byte)Verdict);
        writer.Bytes(Proof);
        return writer.Done();
    }

    public static AcceptorProof Read(ReadOnlySpan<byte> message)
    {
        var reader = new HandshakeReader(message);
        return new((HandshakeVerdict)reader.Byte(), reader.Bytes(PeerProtocol.ProofBytes));
    }
}
