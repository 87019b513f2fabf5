using System.Collections.Immutable;
using System.Net;

namespace FteAgent.Engine.Tests.Clustering.Routing;

public sealed class PlacementTests
{
    [Fact]
    public void Owners_are_the_same_in_every_process_and_release()
    {
        var placement = Placement("10.0.0.1:11111", "10.0.0.2:11111", "[fdaa:0:1::3]:11111");
        string[] keys = ["a", "b", "c", "ana@example.com", "0", "1", "2", "grain"];

        // Written down once. Silos of two releases stand in one cluster during an upgrade: this must never change.
        Assert.Equal(Golden, string.Join(" ", keys.Select(key => placement.OwnerOf(GrainId.Create("conversation", key))!.Endpoint.Address.ToString())));
    }

    [Fact]
    public void Every_member_gets_its_share()
    {
        var placement = Placement("10.0.0.1:1", "10.0.0.2:1", "10.0.0.3:1", "10.0.0.4:1", "10.0.0.5:1");
        var shares = Ids(50_000).CountBy(id => placement.OwnerOf(id)!).ToDictionary();

        Assert.Equal(5, shares.Count);
        Assert.All(shares.Values, share => Assert.InRange(share, 9_500, 10_500));
    }

    [Fact]
    public void Members_that_differ_only_by_port_get_their_shares_too()
    {
        var placement = Placement("127.0.0.1:5001", "127.0.0.1:5002", "127.0.0.1:5003");

        Assert.All(Ids(30_000).CountBy(id => placement.OwnerOf(id)!), share => Assert.InRange(share.Value, 9_500, 10_500));
    }

    [Fact]
    public void A_member_that_comes_takes_its_share_and_moves_nothing_else()
    {
        var (before, after) = (Placement("10.0.0.1:1", "10.0.0.2:1", "10.0.0.3:1"), Placement("10.0.0.1:1", "10.0.0.2:1", "10.0.0.3:1", "10.0.0.4:1"));
        var moved = Ids(40_000).Where(id => !before.OwnerOf(id)!.Equals(after.OwnerOf(id))).ToList();

        Assert.All(moved, id => Assert.Equal("10.0.0.4", after.OwnerOf(id)!.Endpoint.Address.ToString()));
        Assert.InRange(moved.Count, 9_500, 10_500);
    }

    [Fact]
    public void A_silo_that_restarts_gets_its_grains_back()
    {
        var (before, after) = (Of((1, "10.0.0.1:1", MemberStatus.Active), (1, "10.0.0.2:1", MemberStatus.Active)), Of((9, "10.0.0.1:1", MemberStatus.Active), (1, "10.0.0.2:1", MemberStatus.Active)));

        Assert.All(Ids(1000), id => Assert.Equal(before.OwnerOf(id)!.Endpoint, after.OwnerOf(id)!.Endpoint));
    }

    [Fact]
    public void Grains_live_on_active_members_and_on_leaving_ones_only_when_no_others_are_left()
    {
        var some = Of((1, "10.0.0.1:1", MemberStatus.Active), (1, "10.0.0.2:1", MemberStatus.Joining), (1, "10.0.0.3:1", MemberStatus.Leaving));
        Assert.All(Ids(100), id => Assert.Equal("10.0.0.1", some.OwnerOf(id)!.Endpoint.Address.ToString()));

        var last = Of((1, "10.0.0.2:1", MemberStatus.Joining), (1, "10.0.0.3:1", MemberStatus.Leaving));
        Assert.All(Ids(100), id => Assert.Equal("10.0.0.3", last.OwnerOf(id)!.Endpoint.Address.ToString()));
        Assert.Null(new Rendezvous(ClusterView.None).OwnerOf(GrainId.Create("a", "b")));
    }

    private const string Golden = "10.0.0.2 fdaa:0:1::3 fdaa:0:1::3 10.0.0.1 10.0.0.2 10.0.0.1 10.0.0.1 10.0.0.1";

    private static IEnumerable<GrainId> Ids(int count) => Enumerable.Range(0, count).Select(n => GrainId.Create("conversation", $"customer-{n}"));

    private static Rendezvous Placement(params string[] endpoints) => Of([.. endpoints.Select(endpoint => (1, endpoint, MemberStatus.Active))]);

    private static Rendezvous Of(params (int Generation, string Endpoint, MemberStatus Status)[] members) => new(new(1, members
        .Select(member => new Member(SiloAddress.New(IPEndPoint.Parse(member.Endpoint), member.Generation), member.Endpoint, member.Status))
        .ToImmutableArray()));
}
