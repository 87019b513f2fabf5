using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace FteAgent.Operators;

/// <summary>
/// Operators' keys and session tokens: 256 random bits each, shown once, kept as SHA-256 only. (A slow hash guards weak
/// secrets; these are not weak.)
/// </summary>
public static class OperatorKeys
{
    /// <summary>What a key begins with, so that scanners can find one that leaked.</summary>
    public const string Prefix = "fte_op_";

    /// <summary>The fewest characters a key from the environment may have.</summary>
    public const int ShortestGiven = 32;

    private const int SecretBytes = 32;

    /// <summary>Makes a new key.</summary>
    public static string NewKey() => Prefix + NewSecret();

    /// <summary>Makes a new random secret of 256 bits, in base64url.</summary>
    public static string NewSecret() => Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(SecretBytes));

    /// <summary>The form in which a secret is kept.</summary>
    public static byte[] Hash(string secret) => SHA256.HashData(Encoding.UTF8.GetBytes(secret));
}
