using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace FteAgent.Engine;

/// <summary>
/// Proofs that a silo knows the cluster's secret. Each covers all that both have said, both nonces among it, so a recording proves
/// nothing; and each bears the role of its maker, so that nobody can be shown his own proof.
/// </summary>
internal sealed class HandshakeProofs(string? secret)
{
    // Silos without a secret prove that they have none: one that has one refuses them, and they it.
    private readonly byte[] _key = Encoding.UTF8.GetBytes(secret ?? "no secret");

    public byte[] OfDialler(byte[] hello, byte[] challenge, long lastTaken)
    {
        Span<byte> taken = stackalloc byte[sizeof(long)];
        BinaryPrimitives.WriteInt64BigEndian(taken, lastTaken);
        return Prove("FteAgent silo connection, dialler"u8, hello, challenge, taken);
    }

    public byte[] OfAcceptor(byte[] hello, byte[] challenge, byte[] diallerProof, HandshakeVerdict verdict) =>
        Prove("FteAgent silo connection, acceptor"u8, hello, challenge, [(byte)verdict, .. diallerProof]);

    public static bool Match(byte[] expected, byte[] given) => CryptographicOperations.FixedTimeEquals(expected, given);

    private byte[] Prove(ReadOnlySpan<byte> role, byte[] hello, byte[] challenge, ReadOnlySpan<byte> last)
    {
        using var mac = IncrementalHash.CreateHMAC(HashAlgorithmName.SHA256, _key);
        Append(mac, role);
        Append(mac, hello);
        Append(mac, challenge);
        Append(mac, last);
        return mac.GetHashAndReset();
    }

    // Each part goes in with its length, so that no two different conversations hash the same bytes.
    private static void Append(IncrementalHash mac, ReadOnlySpan<byte> part)
    {
        Span<byte> length = stackalloc byte[sizeof(int)];
        BinaryPrimitives.WriteInt32BigEndian(length, part.Length);
        mac.AppendData(length);
        mac.AppendData(part);
    }
}
