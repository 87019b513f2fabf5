using System.Collections.Concurrent;
using System.Net;
using System.Text;
using FteAgent.Engine.Tests.Support;
using Microsoft.Extensions.Logging.Abstractions;

namespace FteAgent.Engine.Tests.Peers;

/// <summary>One end of connections on the loopback, and all that it has heard.</summary>
internal sealed class PeerNode : IPeerHandler, IAsyncDisposable
{
    public const string Secret = "a secret that silos of one cluster know";
    public const byte Text = 7;
    private static int _generations = 1000;

    private readonly ConcurrentQueue<(SiloAddress From, string Text)> _heard = new();
    private readonly ConcurrentQueue<(IPeerConnection Connection, string Reason)> _closed = new();

    private PeerNode(Engine.Peers peers, SiloAddress self) => (Peers, Self) = (peers, self);

    public Engine.Peers Peers { get; }

    /// <summary>Changed by tests that play a new incarnation.</summary>
    public SiloAddress Self { get; set; }

    /// <summary>What it does with a frame before it counts as heard.</summary>
    public Action<IPeerConnection, byte, byte[]>? OnFrame { get; set; }

    public IEnumerable<string> Heard => _heard.Select(heard => heard.Text);

    public int HeardCount => _heard.Count;

    public IReadOnlyList<(IPeerConnection Connection, string Reason)> Closed => [.. _closed];

    public static async Task<PeerNode> Start(string ip = "127.0.0.1", TimeProvider? time = null, Func<PeerSettings, PeerSettings>? settings = null, Action<ClusteringOptions>? options = null)
    {
        var chosen = new ClusteringOptions { ClusterSecret = Secret };
        options?.Invoke(chosen);
        var its = new PeerSettings("tests", new(IPAddress.Parse(ip), 0), chosen);
        PeerNode node = null!;
        var peers = new Engine.Peers(settings?.Invoke(its) ?? its, () => node.Self, time ?? TimeProvider.System, NullLogger<Engine.Peers>.Instance);

        // The port is known only when it listens; the generation is fresh in any case.
        node = new(peers, SiloAddress.New(IPAddress.Parse(ip), 1, Interlocked.Increment(ref _generations)));
        await peers.Start(node, CancellationToken.None);
        node.Self = SiloAddress.New(peers.Endpoint!, node.Self.Generation);
        return node;
    }

    public async Task<IPeerConnection> Connect(PeerNode to) => await Peers.Connect(to.Self, CancellationToken.None);

    public async Task<bool> Say(PeerNode to, string text) => await Say(await Connect(to), text);

    public static ValueTask<bool> Say(IPeerConnection by, string text) => by.Send(Text, text, static (writer, text) => Encoding.UTF8.GetBytes(text, writer));

    public Task Hears(int count) => Eventually.True(() => HeardCount >= count, $"{count} frames, {HeardCount} have come");

    public Task HearsOfAnEnd(int count = 1) => Eventually.True(() => _closed.Count >= count, $"{count} closed connections");

    public void Received(IPeerConnection from, byte kind, ReadOnlySpan<byte> payload)
    {
        OnFrame?.Invoke(from, kind, payload.ToArray());
        _heard.Enqueue((from.Remote, Encoding.UTF8.GetString(payload)));
    }

    void IPeerHandler.Closed(IPeerConnection connection, string reason) => _closed.Enqueue((connection, reason));

    public ValueTask DisposeAsync() => Peers.DisposeAsync();
}
