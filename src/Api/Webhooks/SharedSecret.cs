using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Http;

namespace FteAgent.Api.Webhooks;

/// <summary>A secret that a provider sends with each request, compared in a time that tells nothing of it.</summary>
internal sealed class SharedSecret(string value)
{
    private const string Bearer = "Bearer ";
    private const string Basic = "Basic ";

    /// <summary>Longer than any password in a URL; more is not decoded.</summary>
    private const int Longest = 2_000;

    private readonly byte[] hash = SHA256.HashData(Encoding.UTF8.GetBytes(value));

    /// <summary>Whether this is it.</summary>
    public bool Is(string? given) => CryptographicOperations.FixedTimeEquals(SHA256.HashData(Encoding.UTF8.GetBytes(given ?? "")), hash);

    /// <summary>Whether a request bears it: behind <c>Bearer</c>, or as the password of Basic authentication, as which providers send what a URL holds.</summary>
    public bool IsIn(HttpRequest request) => Is(InHeader(request.Headers.Authorization.ToString()));

    private static string? InHeader(string header)
    {
        if (header.Length > Longest)
            return null;
        if (header.StartsWith(Bearer, StringComparison.OrdinalIgnoreCase))
            return header[Bearer.Length..].Trim();
        return header.StartsWith(Basic, StringComparison.OrdinalIgnoreCase) ? Password(header[Basic.Length..].Trim()) : null;
    }

    /// <summary>What follows the first colon (RFC 7617, section 2).</summary>
    private static string? Password(string encoded)
    {
        var bytes = new byte[encoded.Length];
        if (!Convert.TryFromBase64String(encoded, bytes, out var length))
            return null;
        var pair = Encoding.UTF8.GetString(bytes, 0, length);
        return pair.IndexOf(':', StringComparison.Ordinal) is >= 0 and var colon ? pair[(colon + 1)..] : null;
    }
}
