using System.Net;

namespace FteAgent.Engine.Tests.Clustering;

/// <summary>What every membership store does.</summary>
public abstract class MembershipStoreContract
{
    private protected static readonly TimeSpan Lease = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan NotYetOver = Lease - TimeSpan.FromSeconds(10);
    private static readonly TimeSpan Over = Lease + TimeSpan.FromSeconds(1);

    private protected abstract IMembershipStore Store { get; }

    /// <summary>Lets time pass on the store's clock, as far as leases tell.</summary>
    private protected abstract void Pass(TimeSpan span);

    [Fact]
    public void Nobody_is_in_a_cluster_that_nobody_entered()
    {
        Assert.Equal(0, Store.Read().Version);
        Assert.Empty(Store.Read().Members);
        Assert.False(Store.Renew(SiloAddress.New(IPAddress.Loopback, 1, 1)).IsMember);
    }

    [Fact]
    public void Who_enters_is_joining_and_holds_a_lease()
    {
        var self = Enter(1);

        var stored = Assert.Single(Store.Read().Members);
        Assert.Equal(new(self, "silo-1", MemberStatus.Joining), stored.Member);
        Assert.InRange(stored.LeaseLeft, NotYetOver, Lease);
    }

    [Fact]
    public void Each_incarnation_has_a_greater_generation_and_takes_the_place_of_the_one_before()
    {
        var first = Enter(1);
        var other = Enter(2);
        var second = Enter(1);

        Assert.True(other.Generation > first.Generation);
        Assert.True(second.Generation > other.Generation);
        Assert.Equal([other, second], Store.Read().Members.Select(static stored => stored.Member.Address).OrderBy(static address => address.Generation));
        Assert.False(Store.Renew(first).IsMember);
        Assert.True(Store.Renew(second).IsMember);
    }

    [Theory]
    [InlineData("[fdaa:0:1::2]:11111")]
    [InlineData("10.1.2.3:65535")]
    public void Address_comes_back_as_it_went_in(string endpoint)
    {
        var self = Store.Enter(new(IPEndPoint.Parse(endpoint), "silo", Lease, 0, 0));
        Pass(Over);

        Assert.Equal(IPEndPoint.Parse(endpoint), self.Endpoint);
        Assert.Equal(self, Assert.Single(Store.Read().Members).Member.Address);
        Assert.Equal(self, Assert.Single(Store.Renew(SiloAddress.New(IPAddress.Loopback, 1, 1)).Overdue));
    }

    [Fact]
    public void Renewal_extends_the_lease_and_moves_no_version()
    {
        var self = Activate(1);
        var version = Store.Read().Version;
        Pass(NotYetOver);

        var renewal = Store.Renew(self);

        Assert.True(renewal.IsMember);
        Assert.Equal(version, renewal.Version);
        Assert.Empty(renewal.Overdue);
        Assert.InRange(Assert.Single(Store.Read().Members).LeaseLeft, NotYetOver, Lease);
    }

    [Fact]
    public void Every_change_of_who_is_a_member_raises_the_version()
    {
        var versions = new List<long> { Store.Read().Version };
        var self = Enter(1);
        Note();
        Assert.Equal(ActivateOutcome.Done, Store.Activate(self, versions[^1]));
        Note();
        Assert.True(Store.Leave(self));
        Note();
        Store.Remove(self);
        Note();

        Assert.Equal(versions.Order().Distinct(), versions);

        void Note() => versions.Add(Store.Read().Version);
    }

    [Fact]
    public void What_changes_nothing_moves_no_version()
    {
        var self = Activate(1);
        Store.Leave(self);
        var version = Store.Read().Version;

        Assert.True(Store.Leave(self));
        Assert.Equal(ActivateOutcome.Done, Store.Activate(self, version));
        Store.Remove(SiloAddress.New(self.Endpoint, self.Generation + 1));
        Assert.False(Store.Leave(SiloAddress.New(self.Endpoint, self.Generation + 1)));
        Assert.Equal(ActivateOutcome.NotMember, Store.Activate(SiloAddress.New(self.Endpoint, self.Generation - 1), version));

        Assert.Equal(version, Store.Read().Version);
    }

    [Fact]
    public void Of_two_that_saw_the_same_version_one_becomes_active()
    {
        var (one, two) = (Enter(1), Enter(2));
        var version = Store.Read().Version;

        Assert.Equal(ActivateOutcome.Done, Store.Activate(one, version));
        Assert.Equal(ActivateOutcome.VersionMoved, Store.Activate(two, version));
        Assert.Equal(ActivateOutcome.Done, Store.Activate(two, Store.Read().Version));
    }

    [Fact]
    public void Version_and_generation_are_always_greater_than_what_the_new_member_has_seen()
    {
        var self = Store.Enter(new(new(IPAddress.Loopback, 1), "silo", Lease, KnownVersion: 1000, KnownGeneration: int.MaxValue - 1));

        Assert.Equal(1001, Store.Read().Version);
        Assert.Equal(int.MaxValue, self.Generation);
    }

    [Fact]
    public void Member_whose_lease_is_over_is_evicted_by_one_who_holds_its_own()
    {
        var (victim, evictor) = (Activate(1), Activate(2));
        Pass(Over);
        var renewal = Store.Renew(evictor);
        Assert.Equal(victim, Assert.Single(renewal.Overdue));

        Assert.True(Store.Evict(victim, evictor, Soon(renewal)));
        Assert.False(Store.Evict(victim, evictor, Soon(renewal)));

        Assert.Equal(evictor, Assert.Single(Store.Read().Members).Member.Address);
        Assert.Equal(renewal.Version + 1, Store.Read().Version);
        Assert.False(Store.Renew(victim).IsMember);
    }

    [Fact]
    public void Member_that_has_renewed_is_not_evicted()
    {
        var (victim, evictor) = (Activate(1), Activate(2));
        Pass(Over);
        Store.Renew(victim);

        Assert.False(Store.Evict(victim, evictor, Soon(Store.Renew(evictor))));
        Assert.Equal(2, Store.Read().Members.Length);
    }

    [Fact]
    public void Nobody_evicts_without_a_lease()
    {
        var (victim, evictor) = (Activate(1), Activate(2));
        var renewal = Store.Renew(evictor);
        Pass(Over);

        Assert.False(Store.Evict(victim, evictor, renewal.StoreTime + TimeSpan.FromDays(1)));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Nobody_evicts_unless_active(bool leaves)
    {
        var (victim, evictor) = (Activate(1), leaves ? Activate(2) : Enter(2));
        if (leaves) Store.Leave(evictor);
        Pass(Over);

        Assert.False(Store.Evict(victim, evictor, Soon(Store.Renew(evictor))));
    }

    [Fact]
    public void Nobody_is_evicted_by_a_clock_that_was_set_forward()
    {
        var (victim, evictor) = (Activate(1), Activate(2));
        Pass(Over);
        var renewal = Store.Renew(evictor);

        Assert.False(Store.Evict(victim, evictor, renewal.StoreTime - TimeSpan.FromSeconds(1)));
    }

    [Fact]
    public void Joiner_that_renews_no_more_is_swept_away_by_anybody()
    {
        var (stale, other) = (Enter(1), Enter(2));
        Pass(Over);
        Store.Renew(other);

        Assert.True(Store.Evict(stale, other, default));
    }

    [Fact]
    public void Who_enters_sweeps_stale_joiners_away_and_leaves_stale_members_to_the_others()
    {
        Enter(1);
        var stale = Activate(2);
        Pass(Over);

        var entered = Enter(3);

        Assert.Equal([stale, entered], Store.Read().Members.Select(static stored => stored.Member.Address).OrderBy(static address => address.Generation));
    }

    private protected SiloAddress Enter(int number) => Store.Enter(new(new(IPAddress.Loopback, 11000 + number), $"silo-{number}", Lease, 0, 0));

    private protected SiloAddress Activate(int number)
    {
        var self = Enter(number);
        Assert.Equal(ActivateOutcome.Done, Store.Activate(self, Store.Read().Version));
        return self;
    }

    private static DateTimeOffset Soon(Renewal renewal) => renewal.StoreTime + TimeSpan.FromSeconds(20);
}
