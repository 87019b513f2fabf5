using System.Buffers.Text;
using System.Security.Cryptography;
using FteAgent.Channels;
using FteAgent.Customers;
using FteAgent.Operators;

namespace FteAgent.Api.Support;

/// <summary>
/// The token that opens one customer's conversation: the customer's id and its HMAC-SHA256 under the deployment's secret. It cannot
/// be guessed, needs no look-up, and a retried request gets the same one again.
/// </summary>
internal sealed class ConversationTokens(ISecretStore secrets) : IConversationTokens
{
    private const int IdBytes = 16;
    private const int SecretBytes = 32;
    private byte[]? secret;

    /// <summary>How many characters a token has.</summary>
    public static int Length { get; } = Base64Url.GetEncodedLength(IdBytes + HMACSHA256.HashSizeInBytes);

    /// <inheritdoc/>
    public async ValueTask<string> Issue(CustomerId customer, CancellationToken cancellationToken)
    {
        var bytes = new byte[IdBytes + HMACSHA256.HashSizeInBytes];
        customer.Value.TryWriteBytes(bytes);
        HMACSHA256.HashData(await Secret(cancellationToken), bytes.AsSpan(0, IdBytes), bytes.AsSpan(IdBytes));
        return Base64Url.EncodeToString(bytes);
    }

    /// <summary>Whose conversation a token opens; null for anything that we did not issue. Compares in constant time.</summary>
    public async ValueTask<CustomerId?> Read(string token, CancellationToken cancellationToken)
    {
        if (token.Length != Length || !Base64Url.IsValid(token))
            return null;
        var bytes = Base64Url.DecodeFromChars(token);
        // White space and padding are skipped when it is decoded, so the right length in characters may yet be too few bytes.
        if (bytes.Length != IdBytes + HMACSHA256.HashSizeInBytes)
            return null;
        var expected = HMACSHA256.HashData(await Secret(cancellationToken), bytes.AsSpan(0, IdBytes));
        return CryptographicOperations.FixedTimeEquals(expected, bytes.AsSpan(IdBytes)) ? new(new Guid(bytes.AsSpan(0, IdBytes))) : null;
    }

    private async ValueTask<byte[]> Secret(CancellationToken cancellationToken) =>
        secret ??= await secrets.GetOrCreate("conversation-token", SecretBytes, cancellationToken);
}
