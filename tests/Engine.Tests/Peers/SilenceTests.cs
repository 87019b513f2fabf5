using System.Net;
using FteAgent.Engine.Tests.Support;

namespace FteAgent.Engine.Tests.Peers;

public class SilenceTests
{
    private static readonly ClusteringOptions Options = new();
    private static readonly TimeSpan Tick = SilenceWatch.Period(Options);

    [Fact]
    public void An_idle_connection_says_that_it_lives()
    {
        var watch = new SilenceWatch(Options);
        var found = new List<Silence>();
        for (var n = 0; n < 6; n++)
        {
            Hear(watch);
            found.Add(watch.Tick(Tick, waiting: false));
            if (found[^1] == Silence.SayAlive) watch.Sent();
        }

        Assert.Equal([Silence.None, Silence.SayAlive, Silence.None, Silence.None, Silence.SayAlive, Silence.None], found);
    }

    [Fact]
    public void A_busy_connection_says_nothing_more()
    {
        var watch = new SilenceWatch(Options);
        for (var n = 0; n < 20; n++)
        {
            Hear(watch);
            watch.Sent();
            Assert.Equal(Silence.None, watch.Tick(Tick, waiting: n % 2 == 0));
        }
    }

    [Fact]
    public void Two_seconds_of_nothing_are_too_many()
    {
        var watch = new SilenceWatch(Options);
        Hear(watch);
        watch.Tick(Tick, waiting: false);
        for (var n = 1; n < Options.SilenceLimit / Tick; n++) Assert.NotEqual(Silence.NothingCame, watch.Tick(Tick, waiting: false));

        Assert.Equal(Silence.NothingCame, watch.Tick(Tick, waiting: false));
    }

    [Fact]
    public void A_silo_that_was_stopped_itself_blames_nobody_when_it_wakes()
    {
        var watch = new SilenceWatch(Options);

        Assert.NotEqual(Silence.NothingCame, watch.Tick(TimeSpan.FromMinutes(1), waiting: false));
        Hear(watch);
        Assert.NotEqual(Silence.NothingCame, watch.Tick(Tick, waiting: false));
    }

    [Fact]
    public void Frames_that_take_long_here_are_not_the_other_ends_silence()
    {
        var watch = new SilenceWatch(Options);
        watch.Received();
        for (var n = 0; n < 100; n++) Assert.NotEqual(Silence.NothingCame, watch.Tick(Tick, waiting: false));
    }

    [Fact]
    public void A_queue_that_does_not_move_is_noticed_though_the_other_end_says_that_it_lives()
    {
        var watch = new SilenceWatch(Options);
        for (var n = 1; n < 2 * Options.QueueTimeout / Tick; n++)
        {
            Hear(watch);
            Assert.Equal(Silence.None, watch.Tick(Tick, waiting: true));
        }

        Hear(watch);
        Assert.Equal(Silence.NothingTaken, watch.Tick(Tick, waiting: true));
    }

    [Fact]
    public async Task A_silent_partition_is_noticed()
    {
        var time = new ManualTime();
        await using var b = await PeerNode.Start(time: time);
        using var raw = await RawDialler.Proven(b, SiloAddress.New(IPAddress.Parse("127.0.0.9"), 9, 9));
        await Eventually.True(() => b.Peers.Connections.Any(), "the connection counts");

        time.Advance(Options.SilenceLimit - Tick);
        Assert.Equal([1, 0, 0, 0, PeerProtocol.Ping], await raw.Hear(5));
        Assert.Empty(b.Closed);
        time.Advance(2 * Tick);

        await b.HearsOfAnEnd();
        Assert.Contains("silent", b.Closed.Single().Reason);
        await raw.UntilHungUp();
    }

    [Fact]
    public async Task Idle_silos_stay_connected()
    {
        // By the real clock, shortened: fifty times the limit, were there no signs of life.
        static void Short(ClusteringOptions options) => (options.PingAfter, options.SilenceLimit) = (TimeSpan.FromMilliseconds(20), TimeSpan.FromSeconds(1));
        await using var a = await PeerNode.Start(options: Short);
        await using var b = await PeerNode.Start(options: Short);
        var connection = (PeerConnection)await a.Connect(b);

        var pause = Task.Delay(TimeSpan.FromSeconds(2));
        await pause;

        Assert.True(connection.IsOpen);
        Assert.Empty(a.Closed);
        Assert.Empty(b.Closed);
        Assert.Empty(a.Heard);
    }

    private static void Hear(SilenceWatch watch)
    {
        watch.Received();
        watch.Taken();
    }
}
