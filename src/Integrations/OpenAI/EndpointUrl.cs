using System.Diagnostics.CodeAnalysis;
using System.Net;

namespace FteAgent.OpenAI;

/// <summary>
/// Reads where an endpoint is. What is sent there bears the key and customers' words, so it goes by https, or stays on this machine, or, where
/// the deployment says so, in a private network.
/// </summary>
public static class EndpointUrl
{
    /// <summary>RFC 1918 and RFC 4193.</summary>
    private static readonly IPNetwork[] PrivateNetworks =
        [IPNetwork.Parse("10.0.0.0/8"), IPNetwork.Parse("172.16.0.0/12"), IPNetwork.Parse("192.168.0.0/16"), IPNetwork.Parse("fc00::/7")];

    /// <summary>Endings that no public name has (RFC 6762, RFC 8375, ICANN's resolution on .internal), and those of Kubernetes' services.</summary>
    private static readonly string[] PrivateEndings = [".local", ".internal", ".home.arpa", ".svc"];

    /// <summary>Reads <c>https://api.openai.com/v1</c>, <c>http://127.0.0.1:11434/v1</c> and the like.</summary>
    /// <param name="text">The URL.</param>
    /// <param name="privateHttp">Whether plain http may go to a private network.</param>
    /// <param name="url">What it says, without a slash at its end.</param>
    /// <param name="fault">What is wrong with it, as the end of a sentence that begins with its name; the value is not repeated.</param>
    public static bool TryParse(string text, bool privateHttp, [NotNullWhen(true)] out Uri? url, [NotNullWhen(false)] out string? fault)
    {
        url = null;
        fault = null;
        if (!Uri.TryCreate(text, UriKind.Absolute, out var read) || read.Scheme is not ("https" or "http") || read.Host.Length == 0)
            fault = "must be an https address such as https://api.openai.com/v1.";
        else if (read.UserInfo.Length > 0 || read.Query.Length > 0 || read.Fragment.Length > 0)
            fault = "must be an address alone, without a user, a query or a fragment; the key has a setting of its own.";
        else if (read.Scheme == "http" && !read.IsLoopback && !IsPrivate(read))
            fault = "must begin with https://, since the key and customers' words go there.";
        else if (read.Scheme == "http" && !read.IsLoopback && !privateHttp)
            fault = "must begin with https://, unless plain http in a private network is allowed.";
        if (fault is not null)
            return false;

        url = new(read!.GetLeftPart(UriPartial.Path).TrimEnd('/'));
        return true;
    }

    private static bool IsPrivate(Uri url)
    {
        var host = url.IdnHost.Trim('[', ']').TrimEnd('.');
        if (!IPAddress.TryParse(host, out var address))
            return !host.Contains('.', StringComparison.Ordinal) || PrivateEndings.Any(ending => host.EndsWith(ending, StringComparison.OrdinalIgnoreCase));
        var plain = address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address;
        return IPAddress.IsLoopback(plain) || PrivateNetworks.Any(network => network.Contains(plain));
    }
}
