using System.Buffers.Binary;
using System.Net;
using FteAgent.Engine.Tests.Support;
using FteAgent.Testing;
using Xunit.Abstractions;

namespace FteAgent.Engine.Tests.Peers;

/// <summary>What strangers can do to a silo: cost it a little, for a short time.</summary>
public class StrangerTests(ITestOutputHelper output)
{
    [Fact]
    public async Task Garbage_is_hung_up_on()
    {
        var random = new Random(TestSeed.Take(output.WriteLine));
        await using var a = await PeerNode.Start();
        await using var b = await PeerNode.Start();
        for (var round = 0; round < 100; round++)
        {
            using var raw = await RawDialler.To(b);
            var garbage = new byte[random.Next(6, 5000)];
            random.NextBytes(garbage);

            // Half of them begin as a silo would.
            if (round % 2 == 0) PeerProtocol.Magic.CopyTo(garbage);
            await raw.Send(garbage);
            raw.Socket.Shutdown(System.Net.Sockets.SocketShutdown.Send);
            await raw.UntilHungUp();
        }

        Assert.True(await a.Say(b, "still well"));
        await b.Hears(1);
        Assert.Single(b.Peers.Connections);
        await Eventually.True(() => b.Peers.HalfOpen == 0, "all strangers are gone");
    }

    [Fact]
    public async Task A_handshake_that_breaks_off_anywhere_leaves_nothing_behind()
    {
        await using var a = await PeerNode.Start();
        await using var b = await PeerNode.Start();
        var hello = new Hello(1, 1, DialPurpose.Link, "tests", a.Self, b.Self, 1, new byte[PeerProtocol.NonceBytes]).Write();
        for (var length = 0; length <= hello.Length; length++)
        {
            using var raw = await RawDialler.To(b);
            await raw.Send(hello[..length]);
        }

        await Eventually.True(() => b.Peers.HalfOpen == 0 && b.Peers.Faults.BrokenOff == hello.Length + 1, "all are gone and counted");
        Assert.Empty(b.Peers.Connections);
    }

    [Fact]
    public async Task A_huge_handshake_is_refused_at_its_length()
    {
        await using var b = await PeerNode.Start();
        using var raw = await RawDialler.To(b);

        await raw.Send([.. PeerProtocol.Magic, 0xFF, 0xFF]);

        Assert.Empty(await raw.UntilHungUp());
    }

    [Theory]
    [InlineData(int.MaxValue)]
    [InlineData(4 * 1024 * 1024 + 1)]
    [InlineData(0)]
    [InlineData(-1)]
    public async Task A_frame_of_a_length_that_no_silo_sends_ends_its_connection(int length)
    {
        await using var b = await PeerNode.Start();
        using var raw = await RawDialler.Proven(b, SiloAddress.New(IPAddress.Parse("127.0.0.9"), 9, 9));
        var frame = new byte[5];
        BinaryPrimitives.WriteInt32LittleEndian(frame, length);

        await raw.Send(frame);

        await b.HearsOfAnEnd();
        Assert.Contains("a frame of", b.Closed.Single().Reason);
        Assert.Empty(b.Heard);
    }

    [Fact]
    public async Task Who_says_a_byte_now_and_then_gets_no_longer_than_the_limit()
    {
        var time = new ManualTime();
        await using var b = await PeerNode.Start(time: time);
        using var raw = await RawDialler.To(b);
        await Eventually.True(() => b.Peers.HalfOpen == 1, "the stranger is let in");

        for (var n = 0; n < 3; n++)
        {
            await raw.Send([PeerProtocol.Magic[n]]);
            time.Advance(TimeSpan.FromMilliseconds(600));
        }

        Assert.Equal(1, b.Peers.HalfOpen);
        time.Advance(TimeSpan.FromMilliseconds(300));
        Assert.Empty(await raw.UntilHungUp());
        await Eventually.True(() => b.Peers.HalfOpen == 0, "the stranger is gone");
    }

    [Fact]
    public async Task A_flood_of_strangers_is_held_small_and_keeps_no_silo_out()
    {
        const int Most = 16;
        await using var a = await PeerNode.Start();
        await using var b = await PeerNode.Start(settings: settings => settings with { MaxHalfOpen = Most });
        var strangers = new List<RawDialler>();
        for (var n = 0; n < 10 * Most; n++)
        {
            strangers.Add(await RawDialler.To(b));
            Assert.InRange(b.Peers.HalfOpen, 0, Most);
        }

        Assert.True(await a.Say(b, "let me in"));
        await b.Hears(1);

        Assert.Single(b.Peers.Connections);
        Assert.InRange(b.Peers.HalfOpen, 0, Most);
        strangers.ForEach(stranger => stranger.Dispose());
    }

    [Fact]
    public void Refusals_are_counted_and_only_a_few_are_logged()
    {
        var (time, logger) = (new ManualTime(), new Lines());
        var faults = new PeerFaults(logger, time);

        for (var n = 0; n < 100; n++) faults.WasRefused("10.0.0.1:5", "it was no silo");
        Assert.Equal(Allowance.LinesPerWindow, logger.All.Count);
        time.Advance(Allowance.Window);
        faults.WasRefused("10.0.0.1:5", "it was no silo");

        Assert.Equal(101, faults.Refused);
        Assert.Equal(Allowance.LinesPerWindow + 1, logger.All.Count);
        Assert.Contains("10.0.0.1:5", logger.All[0]);
        Assert.Contains("95 more", logger.All[^1]);
    }
}
