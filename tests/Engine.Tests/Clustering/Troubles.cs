using System.Globalization;

namespace FteAgent.Engine.Tests.Clustering;

/// <summary>A cluster to which things happen at random, and what must be true of it all the while.</summary>
internal sealed class Troubles
{
    private const int MostSilos = 5;

    private readonly TestWorld _world;
    private readonly Random _random;
    private readonly Dictionary<TestMember, DateTimeOffset> _troubled = [];
    private readonly Dictionary<TestMember, DateTimeOffset> _stoppedUntil = [];
    private readonly Dictionary<TestMember, DateTimeOffset> _cutOffUntil = [];
    private readonly Dictionary<TestMember, Task> _joins = [];
    private readonly HashSet<TestMember> _ended = [];
    private readonly HashSet<TestMember> _leaving = [];
    private readonly HashSet<SiloAddress> _evicted = [];
    private readonly Dictionary<long, string> _views = [];
    private DateTimeOffset _storeAwayUntil;
    private bool _healing;

    // What a listener found: it cannot fail a test from where it is called.
    private string? _wrong;

    public Troubles(int seed)
    {
        _world = new(seed);
        _random = new(seed);
        _world.Check = CheckAndTrouble;
        _world.Cluster.Evicted = OnEvicted;
        _world.CanProbe = CanProbe;
        for (var number = 1; number <= _random.Next(3, MostSilos + 1); number++) Start(number);
    }

    public List<string> History { get; } = [];

    public int Evictions { get; private set; }

    public int Losses => _world.Members.Sum(static member => member.Lost.Count);

    public long LastVersion => _world.Cluster.Read().Version;

    private DateTimeOffset Now => _world.Time.GetUtcNow();

    private IEnumerable<TestMember> Living => _world.Members.Where(member => !_ended.Contains(member));

    public void Run(TimeSpan span) => _world.RunFor(span);

    /// <summary>No more faults: within this time all who live must be active, and agree.</summary>
    public void Heal(TimeSpan within)
    {
        _healing = true;
        _world.Cluster.IsReachable = true;
        foreach (var member in Living)
        {
            member.IsStopped = false;
            member.Store.IsReachable = true;
        }

        Note("all faults end");
        foreach (var member in Living.Where(_leaving.Contains).ToArray()) Retire(member);
        _world.RunFor(within);

        var living = Living.ToArray();
        var version = _world.Cluster.Read().Version;
        foreach (var member in living)
        {
            Assert.True(member.IsActive, $"{member.Name} did not come back.");
            Assert.True(_joins[member].IsCompletedSuccessfully, $"{member.Name} was never told that it has joined.");
            Assert.Equal(version, member.Membership.View.Version);
            Assert.Equal(living.Length, member.Membership.View.Members.Length);
            Assert.Equal(member.Lost.Distinct().Count(), member.Lost.Count);
        }
    }

    private void Start(int number)
    {
        var member = _world.Add(number, join: false);
        member.Link.Before = () => AtTheStore(member);
        member.Link.After = () => AtTheStore(member);
        Watch(member);
        _joins[member] = member.Membership.Join(CancellationToken.None);
        Note($"{member.Name} starts");
    }

    private void Watch(TestMember member)
    {
        var last = ClusterView.None;
        member.Membership.ViewChanged += (before, after) =>
        {
            var seen = string.Join(' ', after.Members.Select(other => $"{other.Address}={other.Status}"));
            if (!ReferenceEquals(last, before) || after.Version <= before.Version) _wrong ??= $"{member.Name} saw views out of order";
            if (_views.TryGetValue(after.Version, out var known) && known != seen) _wrong ??= $"Version {after.Version} is both {known} and {seen}";
            (last, _views[after.Version]) = (after, seen);
        };
        member.Membership.LeaseLost += lost =>
        {
            Note($"{member.Name} lost the lease of {lost}");
            if (!member.Membership.Self.Equals(lost) || member.Membership.HoldsLease) _wrong ??= $"{member.Name} lost the lease of {lost}, but is {member.Membership.Self}";
        };
    }

    private void CheckAndTrouble()
    {
        Check();
        if (_healing) return;

        _world.Cluster.IsReachable = Now >= _storeAwayUntil;
        foreach (var member in Living.ToArray())
        {
            member.IsStopped = Now < _stoppedUntil.GetValueOrDefault(member);
            member.Store.IsReachable = Now >= _cutOffUntil.GetValueOrDefault(member);
            if (member.IsStopped || !member.Store.IsReachable) _troubled[member] = Now;
        }

        // About one fault in 2 s: some come in the midst of others, some alone.
        if (_random.Next(200) == 0) Trouble();
    }

    private void Check()
    {
        Assert.Null(_wrong);

        // One that has retired, or could not join in time, ends; so does its process.
        foreach (var member in Living.Where(static member => !member.IsRunning).ToArray()) End(member, "has ended");

        StoredView? stored = null;
        foreach (var member in _world.Members)
        {
            if (!member.Membership.HoldsLease) continue;

            stored ??= _world.Cluster.Read();

            var self = member.Membership.Self;
            Assert.False(_ended.Contains(member), $"{member.Name} has ended and holds a lease.");
            Assert.False(_evicted.Contains(self), $"{self} was evicted and holds its lease.");
            var row = stored.Members.FirstOrDefault(row => row.Member.Address.Equals(self));
            Assert.True(row is not null, $"{self} holds a lease and has no row.");
            Assert.True(row.LeaseLeft > TimeSpan.Zero, $"{self} holds a lease that is over in the store.");
        }
    }

    private void OnEvicted(SiloAddress victim, SiloAddress evictor)
    {
        Evictions++;
        _evicted.Add(victim);
        Note($"{evictor} evicts {victim}");
        foreach (var member in _world.Members.Where(member => member.Membership.Self.Equals(victim)))
        {
            Assert.False(member.Membership.HoldsLease, $"{victim} holds its lease while it is evicted.");
            // One that leaves does not come back for its row.
            if (_ended.Contains(member) || _leaving.Contains(member)) continue;

            // Only a trouble of its own explains it: the store's absence costs nobody anything.
            var since = Now - _troubled.GetValueOrDefault(member, DateTimeOffset.MinValue.AddYears(1));
            Assert.True(since < _world.Options.Lease + _world.Options.RenewPeriod, $"{victim} was evicted, and nothing was the matter with it for {since}.");
        }
    }

    private void Trouble()
    {
        var living = Living.ToArray();
        if (living.Length == 0)
        {
            Start(1);
            return;
        }

        var someone = living[_random.Next(living.Length)];
        switch (_random.Next(12))
        {
            case < 3:
                _stoppedUntil[someone] = Now + Span(6);
                Note($"{someone.Name} is stopped until {_stoppedUntil[someone]:mm:ss.fff}");
                break;
            case < 5:
                _cutOffUntil[someone] = Now + Span(8);
                Note($"{someone.Name} is cut off until {_cutOffUntil[someone]:mm:ss.fff}");
                break;
            case < 7:
                _storeAwayUntil = Now + Span(25);
                Note($"the store is away until {_storeAwayUntil:mm:ss.fff}");
                break;
            case 7 when living.Length > 1:
                End(someone, "is killed");
                break;
            case 8 when living.Length > 1:
                _ = someone.Membership.Leave(CancellationToken.None);
                _leaving.Add(someone);
                Note($"{someone.Name} leaves");
                break;
            case 9 when living.Length > 1:
                Retire(someone);
                break;
            case 10 when living.Length < MostSilos:
                Start(Enumerable.Range(1, MostSilos).First(number => living.All(member => member.Name != $"silo-{number}")));
                break;
            case 11:
                // Killed and started again before anybody can have missed it.
                End(someone, "is killed");
                Start(int.Parse(someone.Name.AsSpan(5), CultureInfo.InvariantCulture));
                break;
        }
    }

    private void Retire(TestMember member)
    {
        Note($"{member.Name} retires");
        _leaving.Add(member);
        _ = member.Membership.Retire(CancellationToken.None);
    }

    private void End(TestMember member, string why)
    {
        if (!_ended.Add(member)) return;

        member.Membership.Dispose();
        Note($"{member.Name} {why}");
    }

    /// <summary>A call is under way: the process may be stopped in the midst of it, and its answer lost.</summary>
    private void AtTheStore(TestMember member)
    {
        if (_healing) return;

        var luck = _random.Next(400);
        if (luck == 0)
        {
            var until = Now + Span(5);
            Note($"{member.Name} is stopped in the midst of a call until {until:mm:ss.fff}");
            _stoppedUntil[member] = until;
            _troubled[member] = Now;
            member.IsStopped = true;
            _world.RunFor(until - Now);
            _troubled[member] = Now;

            // Killed meanwhile, it never asks nor hears the answer.
            if (_ended.Contains(member)) throw new MembershipStoreException("Killed.");
        }
        else if (luck == 1)
        {
            throw new MembershipStoreException("The answer was lost.");
        }
    }

    private bool CanProbe(SiloAddress asked, TestMember joiner) =>
        Living.Any(member => member.Membership.Self.Equals(asked) && !member.IsStopped) && (_healing || _random.Next(5) != 0);

    private TimeSpan Span(int atMostSeconds) => TimeSpan.FromSeconds(_random.NextDouble() * atMostSeconds);

    private void Note(string what) => History.Add(string.Create(CultureInfo.InvariantCulture, $"{Now:mm:ss.fff} {what}"));
}
