using System.Net;
using FteAgent.Testing;
using Microsoft.Extensions.Logging.Abstractions;

namespace FteAgent.Engine.Tests.Clustering;

/// <summary>The membership of one silo, whose steps the test takes one by one. Not a thread of its own, nor a network.</summary>
internal sealed class TestMember : IMembershipDriver
{
    /// <summary>A step that always wants another at once would hang a test.</summary>
    private const int MostStepsAtOnce = 100;

    private readonly TestWorld _world;
    private Func<TimeSpan?>? _step;
    private DateTimeOffset _due;

    public TestMember(TestWorld world, string name, IPEndPoint endpoint)
    {
        (_world, Name, Endpoint) = (world, name, endpoint);
        Store = new(world.Cluster);
        Link = new(Store);
        Membership = new(new()
        {
            Options = world.Options,
            Store = Link,
            Endpoint = () => endpoint,
            Name = name,
            RequestProbe = (member, _) => Task.FromResult(world.CanProbe(member, this)),
            Time = world.Time,
            Logger = NullLogger.Instance,
            Driver = this,
            Random = world.Random,
        });
        Membership.ViewChanged += (before, after) => Views.Add((before.Version, after.Version));
        Membership.LeaseLost += Lost.Add;
    }

    public string Name { get; }

    public IPEndPoint Endpoint { get; }

    public Membership Membership { get; }

    public MemoryMembershipStore Store { get; }

    public TestLink Link { get; }

    public List<SiloAddress> Lost { get; } = [];

    public List<(long Before, long After)> Views { get; } = [];

    /// <summary>Stopped as by SIGSTOP: time passes it by.</summary>
    public bool IsStopped { get; set; }

    /// <summary>Whether its membership goes on.</summary>
    public bool IsRunning => _step is not null;

    public bool IsActive => Membership.HoldsLease && Membership.View.Find(Membership.Self) is { Status: MemberStatus.Active };

    public void Start(Func<TimeSpan?> step) => (_step, _due) = (step, _world.Time.GetUtcNow());

    public void Wake() => _due = DateTimeOffset.MinValue;

    public void Dispose() => _step = null;

    /// <summary>Takes the steps that are due by now.</summary>
    public void Run()
    {
        for (var steps = 0; _step is { } step && !IsStopped && _due <= _world.Time.GetUtcNow(); steps++)
        {
            Assert.True(steps < MostStepsAtOnce, $"{Name} never rests.");
            _due = DateTimeOffset.MaxValue;
            var pause = step();
            if (pause is null) _step = null;
            else if (pause != Timeout.InfiniteTimeSpan && _due != DateTimeOffset.MinValue) _due = _world.Time.GetUtcNow() + pause.Value;
        }
    }
}

/// <summary>Several members by one clock.</summary>
internal sealed class TestWorld
{
    private static readonly TimeSpan Tick = TimeSpan.FromMilliseconds(10);

    public TestWorld(int seed = 1)
    {
        Random = new(seed);
        StoreTime = new(Time);
        Cluster = new(StoreTime);
    }

    public FakeTime Time { get; } = new();

    public OffsetTime StoreTime { get; }

    public ClusteringOptions Options { get; } = new();

    public MemoryCluster Cluster { get; }

    public Random Random { get; }

    public List<TestMember> Members { get; } = [];

    /// <summary>Whether a member could dial another back.</summary>
    public Func<SiloAddress, TestMember, bool> CanProbe { get; set; } = static (_, _) => true;

    /// <summary>Looked at after each step of time.</summary>
    public Action? Check { get; set; }

    public TestMember Add(int number, bool join = true)
    {
        var member = new TestMember(this, $"silo-{number}", new IPEndPoint(IPAddress.Loopback, 11000 + number));
        Members.Add(member);
        if (join) _ = member.Membership.Join(CancellationToken.None);
        return member;
    }

    public TestMember[] AddActive(int count)
    {
        var members = Enumerable.Range(Members.Count + 1, count).Select(number => Add(number)).ToArray();
        RunFor(TimeSpan.FromSeconds(5));
        Assert.All(members, static member => Assert.True(member.IsActive));
        return members;
    }

    public void RunFor(double seconds) => RunFor(TimeSpan.FromSeconds(seconds));

    public void RunFor(TimeSpan span)
    {
        for (var end = Time.GetUtcNow() + span; Time.GetUtcNow() < end;)
        {
            Time.Advance(Tick);
            foreach (var member in Members.ToArray()) member.Run();
            Check?.Invoke();
        }
    }
}

/// <summary>The store's own clock, which can be set.</summary>
internal sealed class OffsetTime(TimeProvider time) : TimeProvider
{
    public TimeSpan Offset { get; set; }

    public override DateTimeOffset GetUtcNow() => time.GetUtcNow() + Offset;
}
