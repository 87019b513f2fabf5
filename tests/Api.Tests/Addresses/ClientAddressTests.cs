using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace FteAgent.Api.Addresses;

/// <summary>Who a request comes from: the connection's other end, unless that is somebody whose word is taken.</summary>
public sealed class ClientAddressTests
{
    private const string Proxy = "10.0.0.7";
    private const string Customer = "203.0.113.9";
    private const string FlyProxyPeer = "172.16.4.2";

    [Theory]
    [InlineData("1.2.3.4")]
    [InlineData("1.2.3.4, 10.0.0.7")]
    [InlineData("127.0.0.1")]
    public async Task Nobodys_word_is_taken_where_no_proxy_is_trusted(string forged)
    {
        var seen = await See(ProxyTrust.None, Customer, ("X-Forwarded-For", forged), ("X-Forwarded-Proto", "https"), ("Fly-Client-IP", "1.2.3.4"), ("Forwarded", "for=1.2.3.4"));

        Assert.Equal((Customer, "http"), seen);
    }

    [Fact]
    public async Task Word_of_one_who_is_not_among_the_trusted_is_not_taken() =>
        Assert.Equal((Customer, "http"), await See(Trusting("10.0.0.0/24"), Customer, ("X-Forwarded-For", "1.2.3.4"), ("X-Forwarded-Proto", "https")));

    [Fact]
    public async Task Loopback_is_trusted_only_where_it_is_named()
    {
        Assert.Equal(("127.0.0.1", "http"), await See(Trusting("10.0.0.0/8"), "127.0.0.1", ("X-Forwarded-For", Customer), ("X-Forwarded-Proto", "https")));
        Assert.Equal((Customer, "https"), await See(Trusting("127.0.0.1"), "127.0.0.1", ("X-Forwarded-For", Customer), ("X-Forwarded-Proto", "https")));
    }

    [Theory]
    [InlineData("203.0.113.9", "203.0.113.9")]
    [InlineData("1.2.3.4, 203.0.113.9", "203.0.113.9")]                         // The client made up the first.
    [InlineData("1.2.3.4, 203.0.113.9, 10.0.0.8", "203.0.113.9")]               // Two of our proxies, one behind the other.
    [InlineData("10.0.0.9, 203.0.113.9", "203.0.113.9")]                        // A client who claims to be one of them.
    [InlineData("203.0.113.9:51234", "203.0.113.9")]
    [InlineData("[2001:db8::7]:443", "2001:db8::7")]
    [InlineData("2001:db8::7", "2001:db8::7")]
    [InlineData("2001:0DB8:0000:0000:0000:0000:0000:0007", "2001:db8::7")]
    [InlineData("::ffff:203.0.113.9", "203.0.113.9")]
    [InlineData("fe80::1%eth0", "10.0.0.7", "fe80::1")]                         // A zone is no part of an address.
    [InlineData("garbage", "10.0.0.7")]
    [InlineData("1.2.3.4, garbage", "10.0.0.7")]
    [InlineData("unknown", "10.0.0.7")]
    [InlineData("_hidden", "10.0.0.7")]
    [InlineData("203.0.113.9; drop table", "10.0.0.7")]
    [InlineData("999.1.1.1", "10.0.0.7")]
    [InlineData("", "10.0.0.7")]
    [InlineData(",,,", "10.0.0.7")]
    public async Task Trusted_proxy_tells_who_connected_to_it_and_no_more(string header, string address, string? or = null)
    {
        var (seen, _) = await See(Trusting("10.0.0.0/24"), Proxy, ("X-Forwarded-For", header));

        Assert.True(seen == address || seen == or, $"{seen} instead of {address}");
    }

    [Fact]
    public async Task Headers_that_come_more_than_once_are_read_as_one_list_in_their_order()
    {
        var seen = await See(Trusting("10.0.0.0/24"), Proxy, ("X-Forwarded-For", "1.2.3.4"), ("X-Forwarded-For", Customer));

        Assert.Equal(Customer, seen.Address);
    }

    [Fact]
    public async Task List_without_an_end_is_not_followed_to_it()
    {
        var seen = await See(Trusting("10.0.0.0/24"), Proxy, ("X-Forwarded-For", string.Join(',', Enumerable.Repeat("10.0.0.8", 5_000).Prepend(Customer))));

        Assert.Equal("10.0.0.8", seen.Address);
    }

    [Theory]
    [InlineData("https", "https")]
    [InlineData("HTTPS", "HTTPS")]
    [InlineData("http", "http")]
    [InlineData("javascript", "http")]
    [InlineData("https, http", "http")]
    [InlineData("<script>", "http")]
    [InlineData("", "http")]
    public async Task Trusted_proxy_tells_whether_it_was_asked_by_https(string header, string scheme) =>
        Assert.Equal(scheme, (await See(Trusting(Proxy), Proxy, ("X-Forwarded-For", Customer), ("X-Forwarded-Proto", header))).Scheme);

    [Fact]
    public async Task Proxy_by_ipv4_is_known_where_the_server_listens_by_ipv6_too() =>
        Assert.Equal(Customer, (await See(Trusting("10.0.0.0/24"), "::ffff:10.0.0.7", ("X-Forwarded-For", Customer))).Address);

    [Theory]
    [InlineData(FlyProxyPeer)]
    [InlineData("::ffff:172.16.4.2")]
    [InlineData("10.1.2.3")]
    public async Task On_fly_its_proxy_tells_the_client(string peer)
    {
        var seen = await See(OnFly(), peer, ("Fly-Client-IP", Customer), ("X-Forwarded-For", $"1.2.3.4, {Customer}, 2a09:8280:1::1"), ("X-Forwarded-Proto", "https"));

        Assert.Equal((Customer, "https"), seen);
    }

    [Theory]
    [InlineData("fdaa:0:18:a7b:8aeb:fea3:148b:2")]   // A machine of the same private network.
    [InlineData("2001:db8::66")]
    [InlineData("203.0.113.66")]
    [InlineData("127.0.0.1")]
    public async Task On_fly_nobody_else_can_say_what_its_proxy_says(string peer)
    {
        var seen = await See(OnFly(), peer, ("Fly-Client-IP", "1.2.3.4"), ("X-Forwarded-For", "1.2.3.4"), ("X-Forwarded-Proto", "https"));

        Assert.Equal((peer, "http"), seen);
    }

    [Theory]
    [InlineData("garbage")]
    [InlineData("")]
    [InlineData("1.2.3.4, 5.6.7.8")]
    public async Task On_fly_a_client_that_cannot_be_read_is_the_proxy_itself(string header) =>
        Assert.Equal(FlyProxyPeer, (await See(OnFly(), FlyProxyPeer, ("Fly-Client-IP", header), ("X-Forwarded-For", "1.2.3.4"))).Address);

    [Fact]
    public async Task Flys_header_means_nothing_elsewhere() =>
        Assert.Equal(FlyProxyPeer, (await See(ProxyTrust.None, FlyProxyPeer, ("Fly-Client-IP", "1.2.3.4"))).Address);

    [Fact]
    public async Task Frontend_in_the_private_network_is_believed_where_it_is_configured()
    {
        const string frontend = "fdaa:0:18:a7b:8aeb:fea3:148b:2";

        Assert.Equal((Customer, "https"), await See(OnFly("fdaa:0:18::/48"), frontend, ("X-Forwarded-For", Customer), ("X-Forwarded-Proto", "https"), ("Fly-Client-IP", "1.2.3.4")));
        Assert.Equal((frontend, "http"), await See(OnFly("fdaa:0:19::/48"), frontend, ("X-Forwarded-For", Customer), ("X-Forwarded-Proto", "https")));
    }

    [Fact]
    public async Task Proxy_before_flys_is_believed_where_it_is_configured()
    {
        var headers = new[] { ("Fly-Client-IP", "198.51.100.4"), ("X-Forwarded-For", $"{Customer}, 198.51.100.4, 2a09:8280:1::1") };

        Assert.Equal(Customer, (await See(OnFly("198.51.100.0/24"), FlyProxyPeer, headers)).Address);
        Assert.Equal("198.51.100.4", (await See(OnFly("192.0.2.0/24"), FlyProxyPeer, headers)).Address);
    }

    [Theory]
    [InlineData("10.0.0.7")]
    [InlineData("10.0.0.7, 192.168.0.0/24 fd00::/8")]
    [InlineData("::1,127.0.0.1")]
    public void Lists_of_addresses_and_networks_are_read(string list) => Assert.True(ProxyTrust.TryParse(list, out var proxies) && !proxies.IsEmpty);

    [Theory]
    [InlineData("10")]
    [InlineData("10.0.0.7/33")]
    [InlineData("10.0.0.7/8")]
    [InlineData("0.0.0.0/0")]
    [InlineData("::/0")]
    [InlineData("fe80::1%eth0")]
    [InlineData("10.0.0.7;10.0.0.8")]
    [InlineData("haproxy.internal")]
    [InlineData("*")]
    public void What_is_no_such_list_is_refused(string list) => Assert.False(ProxyTrust.TryParse(list, out _));

    private static ProxyTrust Trusting(string list) => ProxyTrust.TryParse(list, out var proxies) ? new(proxies, IsOnFly: false) : throw new ArgumentException(list);

    private static ProxyTrust OnFly(string list = "") => Trusting(list) with { IsOnFly = true };

    private static async Task<(string? Address, string Scheme)> See(ProxyTrust trust, string peer, params (string Name, string Value)[] headers)
    {
        await using var services = new ServiceCollection().AddLogging().AddSingleton(trust).BuildServiceProvider();
        var app = new ApplicationBuilder(services);
        app.UseClientAddress();
        var context = new DefaultHttpContext { RequestServices = services };
        context.Connection.RemoteIpAddress = IPAddress.Parse(peer);
        context.Request.Scheme = "http";
        foreach (var (name, value) in headers)
            context.Request.Headers.Append(name, value);
        app.Run(_ => Task.CompletedTask);
        await app.Build()(context);
        return (ClientAddress.Of(context)?.ToString(), context.Request.Scheme);
    }
}
