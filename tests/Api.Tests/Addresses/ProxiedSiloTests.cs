using FteAgent.Api.Hosting;

namespace FteAgent.Api.Addresses;

/// <summary>A whole silo behind a proxy: whose limits count, and whether the cookie is for HTTPS alone.</summary>
public sealed class ProxiedSiloTests
{
    private static readonly (string, string) Mira = ("X-Forwarded-For", "203.0.113.7");
    private static readonly (string, string) Tom = ("X-Forwarded-For", "198.51.100.7");

    [Fact]
    public async Task Each_customer_behind_a_named_proxy_has_limits_of_their_own()
    {
        await using var silo = await RunningSilo.Start(("TRUSTED_PROXIES", "127.0.0.1"), ("Limits:SubmitPerMinute", "1"));

        (await silo.Anyone.Post("/support/submit", Forms.Valid(), Mira)).Expect(201);
        (await silo.Anyone.Post("/support/submit", Forms.Valid(), Mira)).ExpectProblem(429);
        (await silo.Anyone.Post("/support/submit", Forms.Valid(), Tom)).Expect(201);
    }

    [Theory]
    [InlineData("TRUSTED_PROXIES", "")]
    [InlineData("TRUSTED_PROXIES", "192.0.2.0/24")]
    [InlineData("ForwardedHeaders_Enabled", "true")]   // The framework's own switch, which trusts whoever connects.
    [InlineData("FLY_APP_NAME", "fte")]                // The loopback is not Fly's proxy.
    public async Task Nobody_gets_new_limits_by_naming_another_address(string setting, string value)
    {
        await using var silo = await RunningSilo.Start((setting, value), ("Limits:SubmitPerMinute", "1"));

        (await silo.Anyone.Post("/support/submit", Forms.Valid(), Mira, ("Fly-Client-IP", "203.0.113.7"))).Expect(201);
        (await silo.Anyone.Post("/support/submit", Forms.Valid(), Tom, ("Fly-Client-IP", "198.51.100.7"))).ExpectProblem(429);
    }

    [Fact]
    public async Task Block_of_addresses_has_a_limit_of_its_own()
    {
        await using var silo = await RunningSilo.Start(("TRUSTED_PROXIES", "127.0.0.1"), ("Limits:SubmitPerMinute", "1"), ("Limits:BlockFactor", "3"));
        var statuses = new List<int>();
        for (var i = 1; i <= 5; i++)
            statuses.Add((await silo.Anyone.Post("/support/submit", Forms.Valid(), ("X-Forwarded-For", $"203.0.113.{i}"))).Status);

        Assert.Equal([201, 201, 201, 429, 429], statuses);
    }

    [Theory]
    [InlineData("127.0.0.1", "https", true)]
    [InlineData("127.0.0.1", "http", false)]
    [InlineData("192.0.2.7", "https", false)]
    public async Task Session_cookie_is_for_https_alone_where_a_named_proxy_says_that_it_was_asked_so(string trusted, string scheme, bool secure)
    {
        await using var silo = await RunningSilo.Start(("TRUSTED_PROXIES", trusted));
        var ana = await silo.NewOperator();

        var session = (await silo.Anyone.Post("/api/session", new { key = ana.Key }, Mira, ("X-Forwarded-Proto", scheme))).Expect(200);

        Assert.Equal(secure, session.Headers["Set-Cookie"].Contains("; secure", StringComparison.OrdinalIgnoreCase));
    }
}
