using System.Net;
using System.Net.Sockets;
using FteAgent.Silo.Doctor;
using Microsoft.Extensions.Configuration;

namespace FteAgent.Api.Doctor;

/// <summary>What <c>silo doctor</c> says of Fly's private network.</summary>
public sealed class FlyCheckTests
{
    private const string Own = "fdaa:0:18:a7b:7d:f066:b83b:2";
    private const string Other = "fdaa:0:18:a7b:7d:f066:b83c:2";

    [Fact]
    public async Task Machine_that_its_apps_name_leads_to_is_well()
    {
        var finding = await Look(Own, name => name == "my-support.internal" ? [IPAddress.Parse(Other), IPAddress.Parse(Own)] : []);

        Assert.Equal(Finding.Ok("my-support.internal names this machine, one of 2."), finding);
    }

    [Fact]
    public async Task Machine_that_is_not_named_is_worth_a_look() =>
        Assert.Equal(Verdict.Warn, (await Look(Own, _ => [IPAddress.Parse(Other)])).Verdict);

    [Fact]
    public async Task Names_that_cannot_be_resolved_fail_with_what_to_do()
    {
        var finding = await Look(Own, _ => throw new SocketException((int)SocketError.HostNotFound));

        Assert.Equal((Verdict.Fail, "my-support.internal cannot be resolved."), (finding.Verdict, finding.Says));
        Assert.Contains("/etc/resolv.conf", finding.Do, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("10.0.0.1")]
    [InlineData("2001:db8::1")]
    public async Task Address_that_is_not_of_the_private_network_fails_and_nobody_is_asked(string? address) =>
        Assert.Equal(Verdict.Fail, (await Look(address, _ => throw new InvalidOperationException("asked"))).Verdict);

    [Fact]
    public void It_is_looked_at_on_fly_and_nowhere_else()
    {
        Assert.Contains(Examination.Checks(Settings((FlyCheck.AppName, "my-support"))), static check => check is FlyCheck);
        Assert.DoesNotContain(Examination.Checks(Settings()), static check => check is FlyCheck);
    }

    private static async Task<Finding> Look(string? address, Func<string, IPAddress[]> names)
    {
        var check = new FlyCheck(Settings((FlyCheck.AppName, "my-support"), ("FLY_PRIVATE_IP", address)), (name, _) => Task.FromResult(names(name)));
        return await check.Look(CancellationToken.None).SingleAsync();
    }

    private static IConfiguration Settings(params (string Key, string? Value)[] settings) =>
        new ConfigurationBuilder().AddInMemoryCollection(settings.Select(static each => KeyValuePair.Create(each.Key, each.Value))).Build();
}
