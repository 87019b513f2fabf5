using System.Buffers;
using System.Collections.Concurrent;
using System.Threading.Channels;

namespace FteAgent.Engine.Tests.Clustering.Routing;

/// <summary>Connections within the test, which can be cut between any two silos, held up, or made to lose what was sent.</summary>
internal sealed class FakeNetwork
{
    private readonly ConcurrentDictionary<SiloAddress, FakePeers> _peers = new();
    private readonly ConcurrentDictionary<(SiloAddress, SiloAddress), bool> _cut = new();

    public FakePeers Join(SiloAddress silo) => _peers[silo] = new(silo, this);

    /// <summary>Ends the connection between two silos and lets no other be made.</summary>
    public void Cut(SiloAddress one, SiloAddress other)
    {
        _cut[(one, other)] = _cut[(other, one)] = true;
        _peers[one].Forget(other);
        _peers[other].Forget(one);
    }

    public void Mend(SiloAddress one, SiloAddress other)
    {
        _cut.TryRemove((one, other), out _);
        _cut.TryRemove((other, one), out _);
    }

    public FakePeers? Find(SiloAddress from, SiloAddress to) => _cut.ContainsKey((from, to)) ? null : _peers.GetValueOrDefault(to);

    /// <summary>Takes a silo off the network, as a machine that burns down.</summary>
    public void Destroy(SiloAddress silo)
    {
        if (!_peers.TryRemove(silo, out var peers)) return;

        foreach (var other in _peers.Keys)
        {
            peers.Forget(other);
            _peers[other].Forget(silo);
        }
    }
}

/// <summary>One silo's end of the network.</summary>
internal sealed class FakePeers(SiloAddress self, FakeNetwork network) : IPeers
{
    private readonly Lock _gate = new();
    private readonly Dictionary<SiloAddress, FakeConnection> _connections = [];

    public IPeerHandler Handler { get; private set; } = null!;

    /// <summary>Run before a frame is sent: may cut the connection.</summary>
    public Action<SiloAddress, byte>? BeforeSending { get; set; }

    /// <summary>What becomes of a frame where the test says so; null to let it go.</summary>
    public Func<byte, ValueTask<bool>?>? InPlaceOfSending { get; set; }

    public Task Start(IPeerHandler handler, CancellationToken cancellationToken)
    {
        Handler = handler;
        return Task.CompletedTask;
    }

    public ValueTask<IPeerConnection> Connect(SiloAddress to, CancellationToken cancellationToken)
    {
        lock (_gate)
            if (_connections.TryGetValue(to, out var known)) return new(known);

        if (network.Find(self, to) is not { } other) return ValueTask.FromException<IPeerConnection>(new PeerUnreachableException("The test has cut the line."));

        var (here, there) = FakeConnection.Pair(this, self, other, to);
        Keep(to, here);
        other.Keep(self, there);
        return new(here);
    }

    public Task<bool> Probe(SiloAddress silo, CancellationToken cancellationToken) => Task.FromResult(true);

    public Task<bool> RequestProbe(SiloAddress member, CancellationToken cancellationToken) => Task.FromResult(true);

    public void Forget(SiloAddress silo)
    {
        FakeConnection? known;
        lock (_gate)
            if (!_connections.Remove(silo, out known)) return;

        known.Close("it was forgotten");
    }

    public bool HasStopped { get; private set; }

    public Task Stop(CancellationToken cancellationToken)
    {
        HasStopped = true;
        return Task.CompletedTask;
    }

    private void Keep(SiloAddress silo, FakeConnection connection)
    {
        lock (_gate)
            _connections[silo] = connection;
    }
}

/// <summary>One end of a connection.</summary>
internal sealed class FakeConnection(FakePeers owner, SiloAddress remote) : IPeerConnection
{
    private readonly Lock _gate = new();
    private readonly Channel<(byte Kind, byte[] Payload)> _incoming = Channel.CreateUnbounded<(byte, byte[])>();
    private FakeConnection _other = null!;
    private bool _closed;

    public SiloAddress Remote => remote;

    public bool IsOpen => !Volatile.Read(ref _closed);

    public static (FakeConnection Here, FakeConnection There) Pair(FakePeers owner, SiloAddress self, FakePeers other, SiloAddress remote)
    {
        var here = new FakeConnection(owner, remote);
        var there = new FakeConnection(other, self) { _other = here };
        here._other = there;
        _ = here.Deliver();
        _ = there.Deliver();
        return (here, there);
    }

    public ValueTask<bool> Send<TState>(byte kind, TState state, Action<IBufferWriter<byte>, TState> write)
    {
        owner.BeforeSending?.Invoke(remote, kind);
        if (owner.InPlaceOfSending?.Invoke(kind) is { } said) return said;

        lock (_gate)
        {
            if (_closed) return new(false);

            var bytes = new ArrayBufferWriter<byte>();
            write(bytes, state);
            _other._incoming.Writer.TryWrite((kind, bytes.WrittenSpan.ToArray()));
            return new(true);
        }
    }

    public void Close(string reason)
    {
        CloseThis();
        _other.CloseThis();
        owner.Handler.Closed(this, reason);
        _other.Tell(reason);
    }

    private void Tell(string reason) => owner.Handler.Closed(this, reason);

    private void CloseThis()
    {
        lock (_gate)
            _closed = true;
        _incoming.Writer.TryComplete();
    }

    private async Task Deliver()
    {
        await Task.Yield();
        await foreach (var (kind, payload) in _incoming.Reader.ReadAllAsync())
            if (!Volatile.Read(ref _closed)) owner.Handler.Received(this, kind, payload);
    }
}
