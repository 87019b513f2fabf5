using System.Net;
using System.Net.Sockets;
using FteAgent.Engine.Tests.Support;

namespace FteAgent.Engine.Tests.Peers;

public class HandshakeTests
{
    [Theory]
    [InlineData("another secret, which is just as long as it")]
    [InlineData(null)]
    public async Task A_silo_with_another_secret_or_none_is_refused_either_way(string? other)
    {
        await using var a = await PeerNode.Start(options: options => options.ClusterSecret = other);
        await using var b = await PeerNode.Start();

        var outward = await Assert.ThrowsAsync<PeerUnreachableException>(() => a.Connect(b));
        var inward = await Assert.ThrowsAsync<PeerUnreachableException>(() => b.Connect(a));

        Assert.Contains("secrets", outward.Message);
        Assert.Contains("secrets", inward.Message);
        Assert.False(await a.Peers.Probe(b.Self, CancellationToken.None));
        NobodyIsConnected(a, b);
        await Eventually.True(() => b.Peers.Faults.Refused == 2, "the refusals are counted");
    }

    [Fact]
    public async Task A_silo_of_another_cluster_is_refused()
    {
        await using var a = await PeerNode.Start(settings: settings => settings with { ClusterId = "others" });
        await using var b = await PeerNode.Start();

        var refusal = await Assert.ThrowsAsync<PeerUnreachableException>(() => a.Connect(b));

        Assert.Contains("another cluster", refusal.Message);
        NobodyIsConnected(a, b);
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(1)]
    public async Task Whoever_means_another_incarnation_is_refused(int later)
    {
        await using var a = await PeerNode.Start();
        await using var b = await PeerNode.Start();
        var meant = SiloAddress.New(b.Self.Endpoint, b.Self.Generation + later);

        var refusal = await Assert.ThrowsAsync<PeerUnreachableException>(async () => await a.Peers.Connect(meant, CancellationToken.None));

        Assert.Contains("incarnation", refusal.Message);
        Assert.False(await a.Peers.Probe(meant, CancellationToken.None));
        Assert.True(await a.Peers.Probe(b.Self, CancellationToken.None));
        NobodyIsConnected(a, b);
    }

    [Fact]
    public async Task A_recorded_handshake_proves_nothing_when_it_is_played_again()
    {
        await using var a = await PeerNode.Start();
        await using var b = await PeerNode.Start();
        using var relay = new Relay(b.Peers.Endpoint!);
        b.Self = SiloAddress.New(relay.Endpoint, b.Self.Generation);
        await a.Say(b, "secret matter");
        await b.Hears(1);
        var recording = relay.Said;
        await a.DisposeAsync();
        await b.HearsOfAnEnd();

        b.Self = SiloAddress.New(b.Peers.Endpoint!, b.Self.Generation);
        using (var replay = await RawDialler.To(b))
        {
            await replay.Send(recording);
            await replay.UntilHungUp();
        }

        Assert.Empty(b.Peers.Connections);
        Assert.Equal(["secret matter"], b.Heard);
        await Eventually.True(() => b.Peers.Faults.Refused >= 1, "the replay is counted");
    }

    [Fact]
    public async Task A_silo_that_is_shown_its_own_words_is_not_deceived()
    {
        await using var a = await PeerNode.Start();
        // The mirror passes all that is said to it back to the one who said it.
        using var mirror = new Relay(a.Self.Endpoint);
        var mirrored = SiloAddress.New(mirror.Endpoint, a.Self.Generation);

        await Assert.ThrowsAsync<PeerUnreachableException>(async () => await a.Peers.Connect(mirrored, CancellationToken.None));

        Assert.Empty(a.Peers.Connections);
    }

    [Fact]
    public async Task An_impostor_who_accepts_everybody_is_found_out()
    {
        await using var a = await PeerNode.Start();
        using var listener = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        listener.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        listener.Listen();
        var impostor = SiloAddress.New((IPEndPoint)listener.LocalEndPoint!, 1);
        var playing = Task.Run(async () =>
        {
            using var socket = await listener.AcceptAsync();
            await HandshakeChannel.Receive(socket, CancellationToken.None);
            await HandshakeChannel.Send(socket, new Challenge(1, impostor, new byte[PeerProtocol.NonceBytes]).Write(), CancellationToken.None);
            var proof = DiallerProof.Read(await HandshakeChannel.Receive(socket, CancellationToken.None));
            await HandshakeChannel.Send(socket, new AcceptorProof(HandshakeVerdict.Accepted, proof.Proof).Write(), CancellationToken.None);
        });

        var refusal = await Assert.ThrowsAsync<PeerUnreachableException>(async () => await a.Peers.Connect(impostor, CancellationToken.None));

        await playing;
        Assert.Contains("could not prove", refusal.Message);
        Assert.Empty(a.Peers.Connections);
    }

    [Fact]
    public async Task Silos_of_two_releases_speak_the_newest_protocol_that_both_know()
    {
        await using var older = await PeerNode.Start(settings: settings => settings with { OldestVersion = 1, NewestVersion = 3 });
        await using var newer = await PeerNode.Start(settings: settings => settings with { OldestVersion = 2, NewestVersion = 5 });

        Assert.True(await newer.Say(older, "hello"));
        await older.Hears(1);

        Assert.Equal(3, newer.Peers.Connections.Single().Link.Version);
        Assert.Equal(3, older.Peers.Connections.Single().Link.Version);
    }

    [Fact]
    public async Task Silos_without_a_common_protocol_say_so()
    {
        await using var old = await PeerNode.Start(settings: settings => settings with { OldestVersion = 1, NewestVersion = 1 });
        await using var fresh = await PeerNode.Start(settings: settings => settings with { OldestVersion = 2, NewestVersion = 2 });

        var outward = await Assert.ThrowsAsync<PeerUnreachableException>(() => old.Connect(fresh));
        var inward = await Assert.ThrowsAsync<PeerUnreachableException>(() => fresh.Connect(old));

        Assert.Contains("no common protocol", outward.Message);
        Assert.Contains("no common protocol", inward.Message);
    }

    [Fact]
    public async Task A_newer_silo_may_say_more_in_its_handshake()
    {
        await using var a = await PeerNode.Start();
        var hello = new Hello(1, 9, DialPurpose.Link, "tests", SiloAddress.New(IPAddress.Loopback, 1, 1), a.Self, 1, new byte[PeerProtocol.NonceBytes]).Write();
        byte[] longer = [.. hello, 1, 2, 3];
        longer[5] += 3;
        using var raw = await RawDialler.To(a);

        await raw.Send(longer);
        var challenge = Challenge.Read(await HandshakeChannel.Receive(raw.Socket, CancellationToken.None));

        Assert.Equal(1, challenge.Version);
        Assert.Equal(a.Self, challenge.Self);
    }

    [Theory]
    [InlineData("short")]
    [InlineData(null)]
    public void A_silo_that_others_can_reach_needs_a_real_secret(string? secret)
    {
        var settings = new PeerSettings("tests", new(IPAddress.Any, 0), new() { ClusterSecret = secret });

        Assert.Contains(nameof(ClusteringOptions.ClusterSecret), Assert.Throws<ArgumentException>(settings.Validate).Message);
    }

    private static void NobodyIsConnected(params PeerNode[] nodes)
    {
        foreach (var node in nodes)
        {
            Assert.Empty(node.Peers.Connections);
            Assert.Empty(node.Closed);
        }
    }
}
