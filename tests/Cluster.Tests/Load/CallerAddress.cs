using System.Security.Cryptography;
using System.Text;

namespace FteAgent.Cluster.Load;

/// <summary>The address that a caller comes from, as a balancer before the silos would tell it: customers come from everywhere, and the limits by address are those of production.</summary>
internal static class CallerAddress
{
    private const string Header = "X-Forwarded-For";

    /// <summary>Whoever has a token keeps their address; others come from one that chance gives.</summary>
    public static void Tell(HttpRequestMessage request, string? token, Random chance)
    {
        var bytes = new byte[3];
        if (token is null)
            chance.NextBytes(bytes);
        else
            SHA256.HashData(Encoding.UTF8.GetBytes(token)).AsSpan(0, bytes.Length).CopyTo(bytes);
        request.Headers.Add(Header, $"10.{bytes[0]}.{bytes[1]}.{bytes[2]}");
    }
}
