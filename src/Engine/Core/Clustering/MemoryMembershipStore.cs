using System.Collections.Concurrent;
using Orleans.Runtime;

namespace FteAgent.Engine;

/// <summary>The members of a cluster whose silos live in one process, as tests have them. One of these for each silo.</summary>
internal sealed class MemoryMembershipStore(MemoryCluster cluster) : IMembershipStore
{
    /// <summary>Whether this silo reaches the store. A test's switch.</summary>
    public volatile bool IsReachable = true;

    public SiloAddress Enter(NewMember member) => Reach().Enter(member);

    public Renewal Renew(SiloAddress self) => Reach().Renew(self);

    public StoredView Read() => Reach().Read();

    public ActivateOutcome Activate(SiloAddress self, long asOfVersion) => Reach().Activate(self, asOfVersion);

    public bool Leave(SiloAddress self) => Reach().Leave(self);

    public void Remove(SiloAddress self) => Reach().Remove(self);

    public bool Evict(SiloAddress victim, SiloAddress evictor, DateTimeOffset noLaterThan) => Reach().Evict(victim, evictor, noLaterThan);

    public void Dispose()
    {
    }

    private MemoryCluster Reach() => IsReachable && cluster.IsReachable ? cluster : throw new MembershipStoreException("The test has cut this silo off from the store.");
}

/// <summary>One cluster in memory.</summary>
internal sealed class MemoryCluster(TimeProvider time)
{
    private static readonly ConcurrentDictionary<string, MemoryCluster> All = new(StringComparer.Ordinal);
    private static readonly DateTimeOffset GenerationsBegin = new(2022, 1, 1, 0, 0, 0, TimeSpan.Zero);

    private readonly Lock _gate = new();
    private readonly Dictionary<SiloAddress, Row> _rows = [];
    private long _version;
    private int _generation;

    /// <summary>Whether any silo reaches the store. A test's switch.</summary>
    public volatile bool IsReachable = true;

    /// <summary>Tells a test of each eviction: the victim and the evictor.</summary>
    public Action<SiloAddress, SiloAddress>? Evicted { get; set; }

    /// <summary>The cluster of this name in this process, made when first asked for.</summary>
    public static MemoryCluster Of(string clusterId, TimeProvider time) => All.GetOrAdd(clusterId, static (_, clock) => new(clock), time);

    public SiloAddress Enter(NewMember member)
    {
        lock (_gate)
        {
            var now = time.GetUtcNow();
            foreach (var (address, row) in _rows)
                if (address.Endpoint.Equals(member.Endpoint) || (row.Status == MemberStatus.Joining && row.LeaseUntil <= now)) _rows.Remove(address);

            _generation = Math.Max(Math.Max(_generation, member.KnownGeneration) + 1, (int)(now - GenerationsBegin).TotalSeconds);
            var self = SiloAddress.New(member.Endpoint, _generation);
            _rows.Add(self, new(member.Name, MemberStatus.Joining, now + member.Lease, member.Lease, now));
            _version = Math.Max(_version, member.KnownVersion) + 1;
            return self;
        }
    }

    public Renewal Renew(SiloAddress self)
    {
        lock (_gate)
        {
            var now = time.GetUtcNow();
            var isMember = _rows.TryGetValue(self, out var row);
            if (isMember) row!.LeaseUntil = now + row.Lease;
            return new(isMember, _version, now, [.. _rows.Where(other => other.Value.LeaseUntil <= now).Select(other => other.Key)]);
        }
    }

    public StoredView Read()
    {
        lock (_gate)
        {
            var now = time.GetUtcNow();
            return new(_version, [.. _rows.Select(row => new StoredMember(new(row.Key, row.Value.Name, row.Value.Status), row.Value.LeaseUntil - now, row.Value.StartedAt))]);
        }
    }

    public ActivateOutcome Activate(SiloAddress self, long asOfVersion)
    {
        lock (_gate)
        {
            if (!_rows.TryGetValue(self, out var row)) return ActivateOutcome.NotMember;
            if (row.Status != MemberStatus.Joining) return ActivateOutcome.Done;
            if (_version != asOfVersion) return ActivateOutcome.VersionMoved;

            Move(row, MemberStatus.Active);
            return ActivateOutcome.Done;
        }
    }

    public bool Leave(SiloAddress self)
    {
        lock (_gate)
        {
            if (!_rows.TryGetValue(self, out var row)) return false;

            if (row.Status != MemberStatus.Leaving) Move(row, MemberStatus.Leaving);
            return true;
        }
    }

    public void Remove(SiloAddress self)
    {
        lock (_gate)
            if (_rows.Remove(self)) _version++;
    }

    public bool Evict(SiloAddress victim, SiloAddress evictor, DateTimeOffset noLaterThan)
    {
        lock (_gate)
        {
            var now = time.GetUtcNow();
            if (!_rows.TryGetValue(victim, out var row) || row.LeaseUntil > now) return false;

            var mayEvict = row.Status == MemberStatus.Joining
                || (now <= noLaterThan && _rows.TryGetValue(evictor, out var own) && own.Status == MemberStatus.Active && own.LeaseUntil > now);
            if (!mayEvict) return false;

            _rows.Remove(victim);
            _version++;
            if (row.Status != MemberStatus.Joining) Evicted?.Invoke(victim, evictor);
            return true;
        }
    }

    private void Move(Row row, MemberStatus status)
    {
        row.Status = status;
        _version++;
    }

    private sealed class Row(string name, MemberStatus status, DateTimeOffset leaseUntil, TimeSpan lease, DateTimeOffset startedAt)
    {
        public string Name => name;

        public MemberStatus Status { get; set; } = status;

        public DateTimeOffset LeaseUntil { get; set; } = leaseUntil;

        public TimeSpan Lease => lease;

        public DateTimeOffset StartedAt => startedAt;
    }
}
