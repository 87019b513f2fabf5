using System.Net;
using FteAgent.Engine.Tests.Support;

namespace FteAgent.Engine.Tests.Peers;

public class LifeOfConnectionsTests
{
    [Fact]
    public async Task A_silo_that_stops_sends_what_it_has_and_says_goodbye()
    {
        const int Frames = 5_000;
        await using var a = await PeerNode.Start();
        await using var b = await PeerNode.Start();
        var connection = await a.Connect(b);
        for (var n = 0; n < Frames; n++) Assert.True(await PeerNode.Say(connection, $"{n}"));

        await a.Peers.Stop(CancellationToken.None);

        await b.HearsOfAnEnd();
        Assert.Equal(Frames, b.HeardCount);
        Assert.Contains("it stops", b.Closed.Single().Reason);
        Assert.Equal("it stops", a.Closed.Single().Reason);
        await Assert.ThrowsAsync<PeerUnreachableException>(() => b.Connect(a));
        await Assert.ThrowsAsync<PeerUnreachableException>(() => a.Connect(b));
    }

    [Fact]
    public async Task A_silo_that_dies_is_noticed_and_found_again_when_it_is_back()
    {
        await using var a = await PeerNode.Start();
        var b = await PeerNode.Start();
        await a.Say(b, "one");
        await b.DisposeAsync();
        await a.HearsOfAnEnd();

        var gone = await Assert.ThrowsAsync<PeerUnreachableException>(() => a.Connect(b));
        Assert.Contains("ConnectionRefused", gone.Message);

        var endpoint = b.Self.Endpoint;
        await using var again = await PeerNode.Start(settings: settings => settings with { Listen = endpoint });
        Assert.Equal(endpoint, again.Self.Endpoint);
        Assert.True(await a.Say(again, "two"));
        await again.Hears(1);
    }

    [Fact]
    public async Task Attempts_after_failures_hold_back()
    {
        var time = new ManualTime();
        await using var a = await PeerNode.Start(time: time);
        var nobody = SiloAddress.New(IPAddress.Loopback, 1, 1);
        await Assert.ThrowsAsync<PeerUnreachableException>(async () => await a.Peers.Connect(nobody, CancellationToken.None));

        var second = a.Peers.Connect(nobody, CancellationToken.None).AsTask();
        var third = a.Peers.Connect(nobody, CancellationToken.None).AsTask();
        await Task.Delay(20);
        Assert.False(second.IsCompleted);
        await Eventually.True(() =>
        {
            time.Advance(Peer.FirstBackoff);
            return second.IsCompleted && third.IsCompleted;
        }, "the attempt is made");

        await Assert.ThrowsAsync<PeerUnreachableException>(() => second);
        Assert.Equal(2, a.Peers.Faults.Failed);
    }

    [Fact]
    public async Task A_caller_who_gives_up_leaves_the_attempt_to_the_others()
    {
        var time = new ManualTime();
        await using var a = await PeerNode.Start(time: time);
        var nobody = SiloAddress.New(IPAddress.Loopback, 1, 1);
        await Assert.ThrowsAsync<PeerUnreachableException>(async () => await a.Peers.Connect(nobody, CancellationToken.None));
        using var patience = new CancellationTokenSource();

        var impatient = a.Peers.Connect(nobody, patience.Token).AsTask();
        var patient = a.Peers.Connect(nobody, CancellationToken.None).AsTask();
        await patience.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => impatient);
        Assert.False(patient.IsCompleted);
        time.Advance(Peer.LongestBackoff);
        await Assert.ThrowsAsync<PeerUnreachableException>(() => patient);
    }

    [Fact]
    public async Task A_new_incarnation_takes_the_place_of_the_old_one_at_both_ends()
    {
        var time = new ManualTime();
        await using var a = await PeerNode.Start(time: time);
        await using var b = await PeerNode.Start();
        var old = await a.Connect(b);
        var before = a.Self;

        a.Self = SiloAddress.New(before.Endpoint, before.Generation + 1_000);
        var fresh = await a.Connect(b);

        Assert.NotSame(old, fresh);
        await a.HearsOfAnEnd();
        await b.HearsOfAnEnd();
        Assert.Same(old, a.Closed.Single().Connection);
        Assert.Equal(a.Self, Assert.Single(b.Peers.Connections).Remote);
        var refused = await Assert.ThrowsAsync<PeerUnreachableException>(async () => await b.Peers.Connect(before, CancellationToken.None));
        Assert.Contains("incarnation", refused.Message);
    }

    [Fact]
    public async Task Connections_of_an_incarnation_that_is_over_end_by_themselves()
    {
        var time = new ManualTime();
        await using var a = await PeerNode.Start(time: time);
        await using var b = await PeerNode.Start();
        await a.Connect(b);

        a.Self = SiloAddress.New(a.Self.Endpoint, a.Self.Generation + 1_000);
        time.Advance(TimeSpan.FromSeconds(1));

        await a.HearsOfAnEnd();
        await b.HearsOfAnEnd();
    }

    [Fact]
    public async Task A_connection_that_only_one_end_has_lost_is_replaced_at_once()
    {
        await using var a = await PeerNode.Start();
        await using var b = await PeerNode.Start();
        using var relay = new Relay(b.Peers.Endpoint!);
        b.Self = SiloAddress.New(relay.Endpoint, b.Self.Generation);
        var lost = await a.Connect(b);
        await Eventually.True(() => b.Peers.Connections.Any(), "both ends have it");

        relay.FallSilent();
        b.Peers.Connections.Single().Close("the test says so");
        await b.HearsOfAnEnd();
        Assert.Single(a.Peers.Connections);

        Assert.True(await b.Say(a, "here I am again"));
        await a.Hears(1);
        await a.HearsOfAnEnd();
        Assert.Same(lost, a.Closed.Single().Connection);
    }

    [Fact]
    public async Task A_handler_that_fails_ends_the_connection_and_no_other()
    {
        await using var a = await PeerNode.Start();
        await using var b = await PeerNode.Start();
        await using var c = await PeerNode.Start();
        b.OnFrame = (from, _, _) =>
        {
            if (from.Remote.Equals(a.Self)) throw new InvalidOperationException("a bug");
        };
        await c.Connect(b);
        await a.Say(b, "trigger");

        await b.HearsOfAnEnd();
        Assert.Equal("a frame could not be taken", b.Closed.Single().Reason);
        Assert.True(await c.Say(b, "hello"));
        await b.Hears(1);
    }

    [Fact]
    public async Task A_member_probes_back_whoever_asks_for_it()
    {
        await using var joiner = await PeerNode.Start();
        await using var member = await PeerNode.Start();

        Assert.True(await joiner.Peers.RequestProbe(member.Self, CancellationToken.None));
        Assert.Single(member.Peers.Connections);
    }

    [Fact]
    public async Task A_silo_that_is_not_where_it_says_fails_its_probe()
    {
        await using var joiner = await PeerNode.Start();
        await using var member = await PeerNode.Start();
        joiner.Self = SiloAddress.New(IPAddress.Loopback, 1, joiner.Self.Generation);

        Assert.False(await joiner.Peers.RequestProbe(member.Self, CancellationToken.None));
        Assert.False(await joiner.Peers.RequestProbe(SiloAddress.New(IPAddress.Loopback, 1, 1), CancellationToken.None));
    }
}
