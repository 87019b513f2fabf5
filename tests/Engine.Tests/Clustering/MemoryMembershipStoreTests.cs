using FteAgent.Testing;

namespace FteAgent.Engine.Tests.Clustering;

public sealed class MemoryMembershipStoreTests : MembershipStoreContract
{
    private readonly FakeTime _time = new();
    private readonly MemoryCluster _cluster;

    public MemoryMembershipStoreTests()
    {
        _cluster = new(_time);
        Store = new MemoryMembershipStore(_cluster);
    }

    private protected override IMembershipStore Store { get; }

    [Fact]
    public void Cluster_of_a_name_is_the_same_for_all_silos_of_the_process()
    {
        var name = Guid.NewGuid().ToString("N");

        Assert.Same(MemoryCluster.Of(name, _time), MemoryCluster.Of(name, _time));
        Assert.NotSame(MemoryCluster.Of(name, _time), _cluster);
    }

    [Fact]
    public void One_silo_can_be_cut_off_or_all()
    {
        var other = new MemoryMembershipStore(_cluster);
        ((MemoryMembershipStore)Store).IsReachable = false;
        Assert.Throws<MembershipStoreException>(Store.Read);
        other.Read();

        _cluster.IsReachable = false;
        Assert.Throws<MembershipStoreException>(other.Read);
    }

    private protected override void Pass(TimeSpan span) => _time.Advance(span);
}
