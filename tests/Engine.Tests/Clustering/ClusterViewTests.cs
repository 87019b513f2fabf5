using System.Net;

namespace FteAgent.Engine.Tests.Clustering;

public sealed class ClusterViewTests
{
    private static readonly SiloAddress First = Address(1);
    private static readonly SiloAddress Second = Address(2);

    [Fact]
    public void A_view_is_settled_when_all_silos_that_run_are_active_in_it() =>
        Assert.True(View((First, MemberStatus.Active), (Second, MemberStatus.Active)).IsSettledOn(Both()));

    [Theory]
    [InlineData(MemberStatus.Joining)]
    [InlineData(MemberStatus.Leaving)]
    public void A_silo_that_is_not_yet_or_no_longer_active_leaves_it_unsettled(object status) =>
        Assert.False(View((First, MemberStatus.Active), (Second, (MemberStatus)status)).IsSettledOn(Both()));

    [Fact]
    public void One_silo_too_few_or_too_many_leaves_it_unsettled()
    {
        Assert.False(View((First, MemberStatus.Active)).IsSettledOn(Both()));
        Assert.False(View((First, MemberStatus.Active), (Second, MemberStatus.Active), (Address(3), MemberStatus.Active)).IsSettledOn(Both()));
        Assert.False(View((First, MemberStatus.Active), (Address(3), MemberStatus.Active)).IsSettledOn(Both()));
    }

    private static HashSet<SiloAddress> Both() => [First, Second];

    private static SiloAddress Address(int number) => SiloAddress.New(new IPEndPoint(IPAddress.Loopback, 11000 + number), 1);

    private static ClusterView View(params (SiloAddress Address, MemberStatus Status)[] members) =>
        new(1, [.. members.Select(member => new Member(member.Address, member.Address.ToString(), member.Status))]);
}
