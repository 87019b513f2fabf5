using System.Collections.Immutable;
using System.Net;
using System.Net.Sockets;

namespace FteAgent.Api.Addresses;

/// <summary>Whose word is taken about where a request came from. Of everyone else only the connection's own address counts.</summary>
/// <param name="Proxies">Proxies that say in <c>X-Forwarded-For</c> and <c>X-Forwarded-Proto</c> whom they speak for.</param>
/// <param name="IsOnFly">Whether this machine is one of Fly's, so that Fly's own proxy stands before it.</param>
public sealed record ProxyTrust(ImmutableArray<IPNetwork> Proxies, bool IsOnFly)
{
    /// <summary>Takes nobody's word.</summary>
    public static ProxyTrust None { get; } = new([], IsOnFly: false);

    /// <summary>Reads addresses and networks (CIDR) that commas or spaces separate; false where one of them is neither.</summary>
    /// <remarks>A network of all addresses is refused: whoever connects could then name any address as their own.</remarks>
    public static bool TryParse(string text, out ImmutableArray<IPNetwork> proxies)
    {
        var read = ImmutableArray.CreateBuilder<IPNetwork>();
        proxies = [];
        foreach (var word in text.Split([',', ' '], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            if (!TryParseOne(word, out var network))
                return false;
            read.Add(network);
        }

        proxies = read.ToImmutable();
        return true;
    }

    private static bool TryParseOne(string word, out IPNetwork network)
    {
        network = default;
        if (word.Split('/') is [var first, _])
            // 10.0.0.7/8 may mean one address or sixteen million: whoever writes it is asked which.
            return IPNetwork.TryParse(word, out network) && network.PrefixLength > 0 && IsPlain(first) && network.BaseAddress.Equals(IPAddress.Parse(first));
        if (!IPAddress.TryParse(word, out var address) || !IsPlain(word))
            return false;
        network = new(address, address.AddressFamily is AddressFamily.InterNetwork ? 32 : 128);
        return true;
    }

    /// <summary>The framework also reads 10 as 0.0.0.10, and zones; whoever writes such a thing meant something else.</summary>
    private static bool IsPlain(string address) =>
        !address.Contains('%', StringComparison.Ordinal)
        && (address.Contains(':', StringComparison.Ordinal) || address.Count(character => character == '.') == 3);
}
