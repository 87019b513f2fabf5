using System.Net;
using System.Net.Sockets;

namespace FteAgent.Api.Addresses;

/// <summary>
/// What counts as one address, and the block it is in. Whoever has one IPv6 address has the 2^64 of its network, so that counts as one
/// (RFC 6177); a provider gives a site a /48 of them. An IPv4 /24 is the smallest block that is routed by itself.
/// </summary>
/// <param name="Address">An IPv4 address, or an IPv6 /64.</param>
/// <param name="Block">An IPv4 /24, or an IPv6 /48.</param>
internal readonly record struct AddressBlock(string Address, string Block)
{
    /// <summary>Where the server knows no address: all such requests count as one.</summary>
    private static readonly AddressBlock Unknown = new("unknown", "unknown");

    public static AddressBlock Of(IPAddress? address) => ClientAddress.Plain(address) switch
    {
        null => Unknown,
        { AddressFamily: AddressFamily.InterNetwork } plain => new(plain.ToString(), Network(plain, 24)),
        var plain => new(Network(plain, 64), Network(plain, 48)),
    };

    private static string Network(IPAddress address, int bits)
    {
        var bytes = address.GetAddressBytes();
        bytes.AsSpan(bits / 8).Clear();
        return $"{new IPAddress(bytes)}/{bits}";
    }
}
