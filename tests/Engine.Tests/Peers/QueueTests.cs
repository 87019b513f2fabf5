using System.Buffers;
using FteAgent.Engine.Tests.Support;

namespace FteAgent.Engine.Tests.Peers;

public class QueueTests
{
    private const int Limit = 256 * 1024;
    private const int FrameBytes = 32 * 1024;

    [Fact]
    public async Task A_receiver_that_takes_nothing_makes_its_senders_wait_and_then_refuses_them()
    {
        var time = new ManualTime();
        var gate = new ManualResetEventSlim();
        await using var a = await PeerNode.Start(time: time, options: Narrow);
        await using var b = await PeerNode.Start();
        using var opening = new Opening(gate);
        b.OnFrame = (_, _, _) => gate.Wait();
        var connection = (PeerConnection)await a.Connect(b);

        var (sent, waiting) = await FillUp(connection);
        // Whoever waits is let in when half of it is free: until then the sockets may have taken some more.
        Assert.InRange(connection.QueuedBytes, (Limit / 2) + 1, Limit + FrameBytes + 5);
        var others = Enumerable.Range(0, 20).Select(_ => Send(connection).AsTask()).ToArray();
        Assert.All(others, other => Assert.False(other.IsCompleted));
        time.Advance(TimeSpan.FromSeconds(4));
        Assert.False(waiting.IsCompleted);
        time.Advance(TimeSpan.FromSeconds(2));
        Assert.False(await waiting);
        Assert.All(await Task.WhenAll(others), Assert.False);

        gate.Set();
        await b.Hears(sent);
        Assert.True(await Send(connection));
        await b.Hears(sent + 1);
        Assert.Equal(sent + 1, b.HeardCount);
    }

    [Fact]
    public async Task Who_waits_for_room_is_let_in_when_there_is_some()
    {
        var gate = new ManualResetEventSlim();
        await using var a = await PeerNode.Start(time: new ManualTime(), options: Narrow);
        await using var b = await PeerNode.Start();
        using var opening = new Opening(gate);
        b.OnFrame = (_, _, _) => gate.Wait();
        var connection = (PeerConnection)await a.Connect(b);

        var (sent, waiting) = await FillUp(connection);
        var others = Enumerable.Range(0, 20).Select(_ => Send(connection).AsTask()).ToArray();
        gate.Set();

        Assert.True(await waiting);
        Assert.All(await Task.WhenAll(others), Assert.True);
        await b.Hears(sent + 21);
    }

    [Fact]
    public async Task A_receiver_that_is_stuck_with_one_silo_still_hears_the_others()
    {
        var gate = new ManualResetEventSlim();
        // Whoever waits is not given up meanwhile, however long this machine stands still.
        await using var a = await PeerNode.Start(time: new ManualTime(), options: Narrow);
        await using var b = await PeerNode.Start();
        await using var c = await PeerNode.Start();
        using var opening = new Opening(gate);
        b.OnFrame = (from, _, _) =>
        {
            if (from.Remote.Equals(a.Self)) gate.Wait();
        };

        var (_, waiting) = await FillUp((PeerConnection)await a.Connect(b));
        Assert.True(await c.Say(b, "do you hear me?"));
        await b.Hears(1);

        Assert.Equal(["do you hear me?"], b.Heard);
        gate.Set();
        Assert.True(await waiting);
    }

    [Fact]
    public async Task A_connection_that_closes_settles_all_who_wait_for_it()
    {
        var gate = new ManualResetEventSlim();
        await using var a = await PeerNode.Start(time: new ManualTime(), options: Narrow);
        var b = await PeerNode.Start();
        using var opening = new Opening(gate);
        b.OnFrame = (_, _, _) => gate.Wait();
        var connection = (PeerConnection)await a.Connect(b);
        var (_, waiting) = await FillUp(connection);
        var others = Enumerable.Range(0, 50).Select(_ => Send(connection).AsTask()).ToArray();

        a.Peers.Forget(b.Self);

        Assert.False(await waiting);
        Assert.All(await Task.WhenAll(others), Assert.False);
        Assert.False(await Send(connection));
        gate.Set();
        await a.HearsOfAnEnd();
        await b.HearsOfAnEnd();
        await b.DisposeAsync();
        Assert.Single(a.Closed);
        Assert.Same(connection, a.Closed.Single().Connection);
        Assert.Equal("it is no member any more", a.Closed.Single().Reason);
        Assert.Single(b.Closed);
    }

    [Fact]
    public async Task More_than_so_many_waiting_senders_are_refused_at_once()
    {
        var queue = new OutgoingQueue(Limit, 1, TimeSpan.FromSeconds(5), new ManualTime());
        Assert.Equal(Written.YesAndFlush, queue.TryWrite(1, 0, static (_, _) => { }));
        var waiting = Enumerable.Range(0, OutgoingQueue.MaxWaiting).Select(_ => queue.Write(1, 0, static (_, _) => { }).AsTask()).ToArray();

        Assert.Equal(Written.NoRoom, await queue.Write(1, 0, static (_, _) => { }));

        queue.Close();
        Assert.All(await Task.WhenAll(waiting), written => Assert.Equal(Written.Closed, written));
    }

    private static void Narrow(ClusteringOptions options) =>
        (options.MaxQueuedBytes, options.SilenceLimit, options.QueueTimeout) = (Limit, TimeSpan.FromHours(1), TimeSpan.FromSeconds(5));

    private static ValueTask<bool> Send(PeerConnection by) => by.Send(1, 0, static (writer, _) =>
    {
        writer.GetSpan(FrameBytes)[..FrameBytes].Clear();
        writer.Advance(FrameBytes);
    });

    // Until a sender has to wait and the kernel takes no more either.
    private static async Task<(int Sent, Task<bool> Waiting)> FillUp(PeerConnection connection)
    {
        for (var sent = 0; ; sent++)
        {
            var send = Send(connection).AsTask();
            // What lies in the sockets' own buffers is still on its way for a while, and longer on a busy machine.
            for (var n = 0; n < 500 && !send.IsCompleted; n++) await Task.Delay(2);
            if (!send.IsCompleted) return (sent, send);
            Assert.True(await send);
        }
    }

    /// <summary>Opens a gate, also where a test fails before: nothing could be ended behind it.</summary>
    private sealed class Opening(ManualResetEventSlim gate) : IDisposable
    {
        public void Dispose() => gate.Set();
    }
}
