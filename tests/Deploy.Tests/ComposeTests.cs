using System.Net;
using System.Text.RegularExpressions;

namespace FteAgent.Deploy.Tests;

/// <summary>compose.yaml and its balancer. That they can be read is the lint's to say (docker-compose config, haproxy -c).</summary>
public sealed class ComposeTests
{
    private static readonly string Compose = Tree.Read("compose.yaml");

    [Fact]
    public void Nothing_secret_has_a_value_or_a_default() =>
        Assert.All(Regex.Matches(Compose, @"\$\{(?<name>\w*(PASSWORD|SECRET|KEY)\w*)(?<then>[^}]{0,2})").Select(match => match.Groups["then"].Value), then => Assert.Equal(":?", then));

    [Fact]
    public void Only_the_balancer_has_a_port_outside() => Assert.Single(Regex.Matches(Compose, @"^ +ports:", RegexOptions.Multiline));

    [Fact]
    public void A_silo_has_the_time_to_drain_and_a_root_that_it_cannot_write()
    {
        var silo = Compose[Compose.IndexOf("x-silo:", StringComparison.Ordinal)..Compose.IndexOf("\nservices:", StringComparison.Ordinal)];

        foreach (var line in new[] { "stop_grace_period: 30s", "read_only: true", "cap_drop: [ALL]", "security_opt: [\"no-new-privileges:true\"]" })
            Assert.Contains($"\n  {line}\n", silo, StringComparison.Ordinal);
    }

    [Fact]
    public void The_balancer_asks_for_readiness_and_believes_no_address_that_a_caller_made_up()
    {
        var balancer = Tree.Read("deploy/compose/haproxy.cfg");

        Assert.Contains("http-check send meth GET uri /health/ready", balancer, StringComparison.Ordinal);
        Assert.Contains("http-request del-header X-Forwarded-For", balancer, StringComparison.Ordinal);
        Assert.Contains("http-request del-header Fly-Client-IP", balancer, StringComparison.Ordinal);
    }

    [Fact]
    public void The_balancers_own_address_is_given_to_nobody_else()
    {
        var own = IPAddress.Parse(Value("ipv4_address"));

        Assert.Contains($"TRUSTED_PROXIES: {own},", Compose, StringComparison.Ordinal);
        Assert.True(IPNetwork.Parse(Value("- subnet")).Contains(own));
        Assert.False(IPNetwork.Parse(Value("ip_range")).Contains(own));
        Assert.NotEqual(own, IPAddress.Parse(Value("gateway")));
    }

    [Fact]
    public void Only_a_proxy_that_is_named_may_say_who_called()
    {
        Assert.Contains("http-request del-header X-Forwarded-For unless from_outer_proxy", Tree.Read("deploy/compose/haproxy.cfg"), StringComparison.Ordinal);
        Assert.Contains("acl from_outer_proxy src \"${OUTER_PROXY}\"", Tree.Read("deploy/compose/haproxy.cfg"), StringComparison.Ordinal);
        // Where none is named it is the balancer itself, from which nobody calls.
        Assert.Equal(2, Regex.Count(Compose, Regex.Escape($"${{OUTER_PROXY:-{Value("ipv4_address")}}}")));
    }

    private static string Value(string name) => Regex.Match(Compose, $"^ +{Regex.Escape(name)}: (?<value>.+)$", RegexOptions.Multiline).Groups["value"].Value;
}
