using System.Security.Cryptography;
using System.Text;
using FteAgent.Conversations;
using Microsoft.AspNetCore.Http;

namespace FteAgent.Api.Problems;

/// <summary>
/// The client's own id of a request: sent again with it, the request is done once and answered alike (IETF draft-ietf-httpapi-idempotency-key-header).
/// It should be a random UUID.
/// </summary>
internal static class IdempotencyKey
{
    public const string Header = "Idempotency-Key";

    /// <summary>Reads the header; false when it is there but no good.</summary>
    public static bool TryRead(HttpRequest request, out string? key)
    {
        key = request.Headers[Header].ToString() is { Length: > 0 } value ? value.Trim('"') : null;
        return key is null || IsGood(key);
    }

    /// <summary>400: the key is no good.</summary>
    public static BadHeaderException Invalid() =>
        new($"{Header} must have {RequestLimits.KeyShortest} to {RequestLimits.KeyLongest} visible ASCII characters; use a random UUID.");

    /// <summary>The id that a key stands for within a scope; a new one where there is no key.</summary>
    public static CommandId Command(HttpRequest request, string scope, TimeProvider time)
    {
        if (!TryRead(request, out var key))
            throw Invalid();
        return Command(key, scope, time);
    }

    /// <summary>The same for a key that was read elsewhere.</summary>
    public static CommandId Command(string? key, string scope, TimeProvider time) =>
        key is null ? CommandId.Mint(time) : new(new Guid(SHA256.HashData(Encoding.UTF8.GetBytes($"{scope}\n{key}")).AsSpan(0, 16)));

    /// <summary>Whether a key is long enough not to be guessed, and harmless.</summary>
    public static bool IsGood(string key) => key.Length is >= RequestLimits.KeyShortest and <= RequestLimits.KeyLongest && key.All(c => c is > ' ' and <= '~');

    /// <summary>A key as it is kept: hashed, so that the record holds none.</summary>
    public static string Hash(string key) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(key)));
}

/// <summary>A header is no good; the sentence is ours and may be shown, which the framework's own may not.</summary>
internal sealed class BadHeaderException(string sentence) : BadHttpRequestException(sentence);
