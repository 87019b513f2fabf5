using System.Buffers.Binary;
using System.Buffers.Text;
using System.Security.Cryptography;
using FteAgent.Channels;
using FteAgent.Customers;
using FteAgent.Operators;

namespace FteAgent.Api.Support;

/// <summary>
/// The tokens that open a customer's conversation: the customer's id and an HMAC-SHA256 under the deployment's secret. They cannot be guessed,
/// need no look-up, and a retried request gets the same one again. There are three kinds, and each is signed as what it is. The anonymous one is
/// given to whoever begins a conversation; the one of a mailed link is like it, and ends after a week; the proved one is given to whoever has shown
/// that an address is theirs, and it alone leads to wherever the customer goes on as one person with another.
/// </summary>
internal sealed class ConversationTokens(ISecretStore secrets, TimeProvider time) : IConversationTokens
{
    private const int IdBytes = 16;
    private const int HourBytes = 4;
    private const int SecretBytes = 32;
    private const int ProvedBytes = IdBytes + HMACSHA256.HashSizeInBytes;
    private const int LinkBytes = IdBytes + HourBytes + HMACSHA256.HashSizeInBytes;
    private static readonly TimeSpan LinkLasts = TimeSpan.FromDays(7);
    private byte[]? secret;

    /// <summary>How many characters a token has that lasts.</summary>
    public static int Length { get; } = Base64Url.GetEncodedLength(ProvedBytes);

    /// <summary>How many characters the token of a mailed link has.</summary>
    public static int LinkLength { get; } = Base64Url.GetEncodedLength(LinkBytes);

    private static ReadOnlySpan<byte> Anonymous => [];

    private static ReadOnlySpan<byte> Proved => "proved\n"u8;

    private static ReadOnlySpan<byte> Link => "link\n"u8;

    /// <summary>The token for whoever begins a conversation.</summary>
    public async ValueTask<string> Issue(CustomerId customer, CancellationToken cancellationToken)
    {
        var key = await Secret(cancellationToken);
        return Signed(key, Anonymous, Named(customer));
    }

    /// <summary>The token for whoever has shown that an address of this customer's is theirs.</summary>
    public async ValueTask<string> IssueProved(CustomerId customer, CancellationToken cancellationToken)
    {
        var key = await Secret(cancellationToken);
        return Signed(key, Proved, Named(customer));
    }

    /// <inheritdoc/>
    public async ValueTask<string> IssueLink(CustomerId customer, bool isProved, CancellationToken cancellationToken)
    {
        if (isProved)
            return await IssueProved(customer, cancellationToken);
        var key = await Secret(cancellationToken);
        var until = new byte[HourBytes];
        BinaryPrimitives.WriteUInt32BigEndian(until, (uint)((time.GetUtcNow() + LinkLasts).ToUnixTimeSeconds() / 3_600));
        return Signed(key, Link, [.. Named(customer), .. until]);
    }

    /// <summary>Who shows a token; null for anything that we did not issue, or that has ended. Compares in constant time.</summary>
    public async ValueTask<TokenHolder?> Read(string token, CancellationToken cancellationToken)
    {
        if ((token.Length != Length && token.Length != LinkLength) || !Base64Url.IsValid(token))
            return null;
        var bytes = Base64Url.DecodeFromChars(token);
        var key = await Secret(cancellationToken);
        // White space and padding are skipped when it is decoded, so the right length in characters may yet be too few bytes.
        switch (bytes.Length)
        {
            case ProvedBytes when IsSigned(key, Anonymous, bytes):
                return new(CustomerOf(bytes), IsProved: false);
            case ProvedBytes when IsSigned(key, Proved, bytes):
                return new(CustomerOf(bytes), IsProved: true);
            case LinkBytes when IsSigned(key, Link, bytes):
                var until = BinaryPrimitives.ReadUInt32BigEndian(bytes.AsSpan(IdBytes)) * 3_600L;
                return time.GetUtcNow().ToUnixTimeSeconds() < until ? new(CustomerOf(bytes), IsProved: false) : null;
            default:
                return null;
        }
    }

    private static byte[] Named(CustomerId customer) => customer.Value.ToByteArray();

    private static CustomerId CustomerOf(byte[] bytes) => new(new Guid(bytes.AsSpan(0, IdBytes)));

    private static string Signed(byte[] key, ReadOnlySpan<byte> kind, byte[] content) =>
        Base64Url.EncodeToString([.. content, .. HMACSHA256.HashData(key, (byte[])[.. kind, .. content])]);

    private static bool IsSigned(byte[] key, ReadOnlySpan<byte> kind, ReadOnlySpan<byte> token)
    {
        var content = token[..^HMACSHA256.HashSizeInBytes];
        return CryptographicOperations.FixedTimeEquals(HMACSHA256.HashData(key, (byte[])[.. kind, .. content]), token[^HMACSHA256.HashSizeInBytes..]);
    }

    private async ValueTask<byte[]> Secret(CancellationToken cancellationToken) =>
        secret ??= await secrets.GetOrCreate("conversation-token", SecretBytes, cancellationToken);
}

/// <summary>Who shows a conversation token.</summary>
/// <param name="Customer">The customer whom it names.</param>
/// <param name="IsProved">
/// Whether it was given for a proof that an address is theirs: such a one goes with them wherever they go on. Any other may have been shown to a
/// stranger, or come from one, and opens this customer's own conversation alone.
/// </param>
internal sealed record TokenHolder(CustomerId Customer, bool IsProved);
