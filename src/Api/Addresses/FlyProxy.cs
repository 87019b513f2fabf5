using System.Net;
using System.Net.Sockets;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.HttpOverrides;
using Microsoft.Extensions.Primitives;
using IPNetwork = System.Net.IPNetwork;

namespace FteAgent.Api.Addresses;

/// <summary>
/// What Fly's proxy says of a request. It writes <c>Fly-Client-IP</c> itself, whatever the client sent, and appends the client's address
/// and its own to <c>X-Forwarded-For</c> (fly.io/docs/networking/request-headers).
/// </summary>
/// <remarks>
/// It reaches a machine by the machine's private IPv4 address, while machines reach each other by 6PN, which is IPv6 only
/// (fly.io/docs/networking/app-services and /private-networking). So a neighbour in the private network cannot pass for the proxy: what
/// comes by IPv6 is never taken for it. Which private range the proxy connects from is not published, so any is taken; nobody else
/// reaches a machine by IPv4.
/// </remarks>
internal static class FlyProxy
{
    public const string ClientHeader = "Fly-Client-IP";

    private static readonly IPNetwork[] PrivateNetworks = [IPNetwork.Parse("10.0.0.0/8"), IPNetwork.Parse("172.16.0.0/12"), IPNetwork.Parse("192.168.0.0/16")];

    /// <summary>Puts the client in the place of the proxy. What the client itself said of earlier proxies is left for whoever trusts those.</summary>
    public static Task Read(HttpContext context, RequestDelegate next)
    {
        if (IsProxy(context.Connection.RemoteIpAddress) && Client(context.Request.Headers[ClientHeader]) is { } client)
        {
            var headers = context.Request.Headers;
            context.Connection.RemoteIpAddress = client;
            context.Connection.RemotePort = 0;
            if (string.Equals(headers[ForwardedHeadersDefaults.XForwardedProtoHeaderName], Uri.UriSchemeHttps, StringComparison.OrdinalIgnoreCase))
                context.Request.Scheme = Uri.UriSchemeHttps;
            headers[ForwardedHeadersDefaults.XForwardedForHeaderName] = BeforeFly(headers.GetCommaSeparatedValues(ForwardedHeadersDefaults.XForwardedForHeaderName), client);
        }

        return next(context);
    }

    private static bool IsProxy(IPAddress? peer) =>
        ClientAddress.Plain(peer) is { AddressFamily: AddressFamily.InterNetwork } address && Array.Exists(PrivateNetworks, network => network.Contains(address));

    private static IPAddress? Client(StringValues header) =>
        header.Count == 1 && IPAddress.TryParse(header[0], out var client) ? ClientAddress.Plain(client) : null;

    /// <summary>What stood in the list when the request reached Fly: all before the client's own address, which Fly appended.</summary>
    private static StringValues BeforeFly(string[] entries, IPAddress client)
    {
        var appended = Array.FindLastIndex(entries, entry => IPAddress.TryParse(entry, out var address) && client.Equals(ClientAddress.Plain(address)));
        return appended > 0 ? new(entries[..appended]) : StringValues.Empty;
    }
}
