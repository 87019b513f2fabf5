using System.Net;
using System.Net.Sockets;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.HttpOverrides;
using Microsoft.Extensions.DependencyInjection;

namespace FteAgent.Api.Addresses;

/// <summary>The one place that decides who a request comes from, and whether it came by HTTPS: first of all, so that the rest asks the connection.</summary>
internal static class ClientAddress
{
    /// <summary>More proxies than this stand before nobody's silo; a longer list is made up.</summary>
    private const int MostProxies = 8;

    /// <summary>Comes first in the pipeline.</summary>
    public static void UseClientAddress(this IApplicationBuilder app)
    {
        var trust = app.ApplicationServices.GetRequiredService<ProxyTrust>();
        if (trust.IsOnFly)
            app.Use(FlyProxy.Read);
        if (!trust.Proxies.IsEmpty)
            app.UseForwardedHeaders(Trusting(trust));
        app.Use(MakePlain);
    }

    /// <summary>The client's address, or null where the server knows none.</summary>
    public static IPAddress? Of(HttpContext context) => Plain(context.Connection.RemoteIpAddress);

    /// <summary>One form for one address: IPv4 is IPv4 also where it came in IPv6's clothes, and a zone is no part of it.</summary>
    public static IPAddress? Plain(IPAddress? address) => address switch
    {
        { IsIPv4MappedToIPv6: true } => address.MapToIPv4(),
        { AddressFamily: AddressFamily.InterNetworkV6 } when address.ScopeId != 0 => new(address.GetAddressBytes()),
        _ => address,
    };

    /// <summary>From the nearest proxy on, as long as each is trusted: what comes before the first that is not may be anybody's invention.</summary>
    private static ForwardedHeadersOptions Trusting(ProxyTrust trust)
    {
        var options = new ForwardedHeadersOptions
        {
            ForwardedHeaders = ForwardedHeaders.XForwardedFor | ForwardedHeaders.XForwardedProto,
            ForwardLimit = MostProxies,
        };
        // The loopback is trusted by default; ours only where it is named.
        options.KnownProxies.Clear();
        options.KnownIPNetworks.Clear();
        foreach (var proxy in trust.Proxies)
            options.KnownIPNetworks.Add(proxy);
        return options;
    }

    private static Task MakePlain(HttpContext context, RequestDelegate next)
    {
        context.Connection.RemoteIpAddress = Of(context);
        // A proxy's word, too, may be any: all but HTTPS is in the clear.
        if (!context.Request.IsHttps)
            context.Request.Scheme = Uri.UriSchemeHttp;
        return next(context);
    }
}
