using System.Buffers.Binary;
using System.Buffers.Text;
using System.Collections.Frozen;
using System.Security.Cryptography;
using FteAgent.Channels;
using FteAgent.Conversations;
using FteAgent.Customers;
using FteAgent.Operators;

namespace FteAgent.Api.Support;

/// <summary>
/// The tokens that open a customer's conversation: the customer's id and an HMAC-SHA256 under the deployment's secret. They cannot be guessed,
/// need no look-up, and a retried request gets the same one again. There are two kinds, and each is signed as what it is. The anonymous one is
/// given to whoever begins a conversation; the proved one to whoever has shown that an address is theirs, and it alone leads to wherever the
/// customer goes on as one person with another, until a merge of theirs is undone. Either may be that of a mailed link, which ends after a week.
/// </summary>
internal sealed class ConversationTokens(ISecretStore secrets, TimeProvider time) : IConversationTokens
{
    private const int IdBytes = 16;
    private const int HourBytes = 4;
    private const int PartedBytes = 8;
    private const int SecretBytes = 32;
    // No two kinds are of one length: the pages know by it which of two to keep (frontend/lib/private-link.ts).
    private const int AnonymousBytes = IdBytes + HMACSHA256.HashSizeInBytes;
    private const int LinkBytes = IdBytes + HourBytes + HMACSHA256.HashSizeInBytes;
    private const int ProvedBytes = IdBytes + PartedBytes + HMACSHA256.HashSizeInBytes;
    private const int ProvedLinkBytes = IdBytes + PartedBytes + HourBytes + HMACSHA256.HashSizeInBytes;
    private static readonly TimeSpan LinkLasts = TimeSpan.FromDays(7);
    private byte[]? secret;

    private static readonly FrozenSet<int> Lengths =
        ((int[])[AnonymousBytes, LinkBytes, ProvedBytes, ProvedLinkBytes]).Select(Base64Url.GetEncodedLength).ToFrozenSet();

    private static ReadOnlySpan<byte> Anonymous => [];

    private static ReadOnlySpan<byte> Proved => "proved\n"u8;

    private static ReadOnlySpan<byte> Link => "link\n"u8;

    private static ReadOnlySpan<byte> ProvedLink => "proved link\n"u8;

    /// <summary>Whether a text may be a token, by its length alone.</summary>
    public static bool MayBe(string token) => Lengths.Contains(token.Length);

    /// <summary>The token for whoever begins a conversation.</summary>
    public async ValueTask<string> Issue(CustomerId customer, CancellationToken cancellationToken)
    {
        var key = await Secret(cancellationToken);
        return Signed(key, Anonymous, Named(customer));
    }

    /// <summary>The token for whoever has shown, in this customer's conversation, that an address is theirs.</summary>
    /// <param name="customer">
    /// In whose conversation, and not with whom contact goes on: parted from those again, they are left with what they had before.
    /// </param>
    /// <param name="parted">How often a merge of theirs was undone: <see cref="Conversation.Parted"/>.</param>
    /// <param name="cancellationToken">Ends the call early.</param>
    public async ValueTask<string> IssueProved(CustomerId customer, long parted, CancellationToken cancellationToken)
    {
        var key = await Secret(cancellationToken);
        return Signed(key, Proved, [.. Named(customer), .. Counted(parted)]);
    }

    /// <inheritdoc/>
    public async ValueTask<string> IssueLink(CustomerId customer, long? parted, CancellationToken cancellationToken)
    {
        var key = await Secret(cancellationToken);
        var until = new byte[HourBytes];
        BinaryPrimitives.WriteUInt32BigEndian(until, (uint)((time.GetUtcNow() + LinkLasts).ToUnixTimeSeconds() / 3_600));
        return parted is { } known
            ? Signed(key, ProvedLink, [.. Named(customer), .. Counted(known), .. until])
            : Signed(key, Link, [.. Named(customer), .. until]);
    }

    /// <summary>Who shows a token; null for anything that we did not issue, or that has ended. Compares in constant time.</summary>
    public async ValueTask<TokenHolder?> Read(string token, CancellationToken cancellationToken)
    {
        if (!MayBe(token) || !Base64Url.IsValid(token))
            return null;
        var bytes = Base64Url.DecodeFromChars(token);
        var key = await Secret(cancellationToken);
        // White space and padding are skipped when it is decoded, so the right length in characters may yet be too few bytes.
        switch (bytes.Length)
        {
            case AnonymousBytes when IsSigned(key, Anonymous, bytes):
                return new(CustomerOf(bytes), null);
            case LinkBytes when IsSigned(key, Link, bytes):
                return HasEnded(bytes.AsSpan(IdBytes)) ? null : new(CustomerOf(bytes), null);
            case ProvedBytes when IsSigned(key, Proved, bytes):
                return new(CustomerOf(bytes), PartedOf(bytes));
            case ProvedLinkBytes when IsSigned(key, ProvedLink, bytes):
                return HasEnded(bytes.AsSpan(IdBytes + PartedBytes)) ? null : new(CustomerOf(bytes), PartedOf(bytes));
            default:
                return null;
        }
    }

    private static byte[] Named(CustomerId customer) => customer.Value.ToByteArray();

    private static CustomerId CustomerOf(byte[] bytes) => new(new Guid(bytes.AsSpan(0, IdBytes)));

    private static byte[] Counted(long parted)
    {
        var bytes = new byte[PartedBytes];
        BinaryPrimitives.WriteInt64BigEndian(bytes, parted);
        return bytes;
    }

    private static long PartedOf(byte[] bytes) => BinaryPrimitives.ReadInt64BigEndian(bytes.AsSpan(IdBytes));

    private bool HasEnded(ReadOnlySpan<byte> until) =>
        time.GetUtcNow().ToUnixTimeSeconds() >= BinaryPrimitives.ReadUInt32BigEndian(until) * 3_600L;

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
/// <param name="Parted">
/// How often a merge of theirs had been undone when it was given for a proof that an address is theirs; null where it was given for none.
/// </param>
internal sealed record TokenHolder(CustomerId Customer, long? Parted)
{
    /// <summary>
    /// Whether it leads wherever its customer goes on. What was given for no proof may have been shown to a stranger, or come from one. What was
    /// given before a merge was undone may be with the person of the other side: it opens this customer's own conversation alone, as any other.
    /// </summary>
    public bool Follows(Conversation own) => Parted == own.Parted;
}
