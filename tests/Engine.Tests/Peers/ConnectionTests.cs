using System.Buffers;
using System.Globalization;
using FteAgent.Engine.Tests.Support;
using FteAgent.Testing;
using Xunit.Abstractions;

namespace FteAgent.Engine.Tests.Peers;

public class ConnectionTests(ITestOutputHelper output)
{
    [Theory]
    [InlineData("127.0.0.1", "127.0.0.2")]
    [InlineData("::1", "::1")]
    [InlineData("127.0.0.3", "::1")]
    public async Task Two_silos_prove_themselves_and_talk_both_ways(string one, string other)
    {
        await using var a = await PeerNode.Start(one);
        await using var b = await PeerNode.Start(other);

        var connection = await a.Connect(b);
        Assert.Equal(b.Self, connection.Remote);
        Assert.True(await PeerNode.Say(connection, "hello"));
        await b.Hears(1);

        Assert.True(await b.Say(a, "hello yourself"));
        await a.Hears(1);
        Assert.Equal(["hello"], b.Heard);
        Assert.Equal(["hello yourself"], a.Heard);
        Assert.Single(a.Peers.Connections);
        Assert.Single(b.Peers.Connections);
    }

    [Fact]
    public async Task Frames_come_in_the_order_sent_and_whole()
    {
        const int Frames = 20_000;
        var random = new Random(TestSeed.Take(output.WriteLine));
        await using var a = await PeerNode.Start();
        await using var b = await PeerNode.Start();
        var sizes = Enumerable.Range(0, Frames).Select(n => n % 500 == 0 ? random.Next(200_000) : random.Next(200)).ToArray();
        var next = 0;
        string? wrong = null;
        b.OnFrame = (_, _, payload) =>
        {
            var expected = sizes[next] + sizeof(int);
            if (payload.Length != expected || BitConverter.ToInt32(payload) != next || payload.AsSpan(4).ContainsAnyExcept((byte)next)) wrong ??= $"frame {next} of {payload.Length} bytes, {expected} expected";
            next++;
        };

        var connection = await a.Connect(b);
        for (var n = 0; n < Frames; n++)
        {
            Assert.True(await connection.Send(1, (n, sizes[n]), static (writer, frame) =>
            {
                writer.Write(BitConverter.GetBytes(frame.n));
                for (var left = frame.Item2; left > 0;)
                {
                    var span = writer.GetSpan(1);
                    var count = Math.Min(left, span.Length);
                    span[..count].Fill((byte)frame.n);
                    writer.Advance(count);
                    left -= count;
                }
            }));
        }

        await b.Hears(Frames);
        Assert.Null(wrong);
    }

    [Fact]
    public async Task Frames_of_many_threads_never_mix()
    {
        const int Writers = 8;
        const int Each = 2_000;
        await using var a = await PeerNode.Start();
        await using var b = await PeerNode.Start();
        var connection = await a.Connect(b);

        await Task.WhenAll(Enumerable.Range(0, Writers).Select(writer => Task.Run(async () =>
        {
            for (var n = 0; n < Each; n++) Assert.True(await PeerNode.Say(connection, string.Create(CultureInfo.InvariantCulture, $"{writer}:{n}")));
        })));

        await b.Hears(Writers * Each);
        foreach (var group in b.Heard.GroupBy(text => text[..text.IndexOf(':')]))
            Assert.Equal(Enumerable.Range(0, Each).Select(n => $"{group.Key}:{n}"), group);
    }

    [Fact]
    public async Task Callers_who_ask_at_once_share_one_attempt()
    {
        await using var a = await PeerNode.Start();
        await using var b = await PeerNode.Start();

        var connections = await Task.WhenAll(Enumerable.Range(0, 50).Select(_ => a.Connect(b)));

        Assert.Single(connections.Distinct());
        await Eventually.True(() => b.Peers.Connections.Count() == 1, "one connection at the other end");
        Assert.Empty(b.Closed);
    }

    [Fact]
    public async Task Silos_that_dial_each_other_at_once_keep_one_connection_and_lose_no_frame()
    {
        const int Rounds = 150;
        var random = new Random(TestSeed.Take(output.WriteLine));
        var crossed = 0;
        for (var round = 0; round < Rounds; round++)
        {
            await using var a = await PeerNode.Start("127.0.0.1");
            await using var b = await PeerNode.Start("127.0.0.2");
            var (delayA, delayB) = (random.Next(3000), random.Next(3000));

            await Task.WhenAll(TalkAfter(delayA, a, b), TalkAfter(delayB, b, a));
            await a.Hears(20);
            await b.Hears(20);
            Assert.Equal(Enumerable.Range(0, 20).Select(n => $"{n}"), a.Heard);
            Assert.Equal(Enumerable.Range(0, 20).Select(n => $"{n}"), b.Heard);
            var (here, there) = (Assert.Single(a.Peers.Connections), Assert.Single(b.Peers.Connections));
            Assert.Equal(here.Link.DialNumber, there.Link.DialNumber);
            Assert.NotEqual(here.Link.DialledHere, there.Link.DialledHere);
            Assert.True(a.Closed.Count == 0 && b.Closed.Count == 0, $"round {round}: a connection that counted was closed");
            if (a.Peers.Faults.BrokenOff + b.Peers.Faults.BrokenOff > 0) crossed++;
        }

        output.WriteLine($"{crossed} rounds with an attempt that was given up");
    }

    [Fact]
    public async Task A_frame_whose_writing_throws_leaves_the_rest_whole()
    {
        await using var a = await PeerNode.Start();
        await using var b = await PeerNode.Start();
        var connection = await a.Connect(b);

        Assert.True(await PeerNode.Say(connection, "before"));
        var thrown = await Assert.ThrowsAsync<InvalidOperationException>(async () => await connection.Send(PeerNode.Text, 0, static (writer, _) =>
        {
            for (var n = 0; n < 5; n++) writer.Write(new byte[50_000]);
            throw new InvalidOperationException("no codec");
        }));
        Assert.True(await PeerNode.Say(connection, "after"));

        await b.Hears(2);
        Assert.Equal("no codec", thrown.Message);
        Assert.Equal(["before", "after"], b.Heard);
    }

    [Fact]
    public async Task A_frame_over_the_limit_is_refused_to_its_sender_and_nothing_of_it_is_sent()
    {
        await using var a = await PeerNode.Start(options: options => options.MaxFrameBytes = 100_000);
        await using var b = await PeerNode.Start(options: options => options.MaxFrameBytes = 100_000);
        var connection = await a.Connect(b);

        await Assert.ThrowsAsync<FrameTooLargeException>(async () => await connection.Send(PeerNode.Text, 0, static (writer, _) => writer.Write(new byte[100_000])));
        await Assert.ThrowsAsync<FrameTooLargeException>(async () => await connection.Send(PeerNode.Text, 0, static (writer, _) => writer.GetSpan(int.MaxValue)));
        Assert.True(await connection.Send(PeerNode.Text, 0, static (writer, _) => writer.Write(new byte[99_999])));

        await b.Hears(1);
        Assert.Equal(99_999, b.Heard.Single().Length);
    }

    private static async Task TalkAfter(int spins, PeerNode from, PeerNode to)
    {
        await Task.Yield();
        Thread.SpinWait(spins);
        var connection = await from.Connect(to);
        for (var n = 0; n < 20; n++) Assert.True(await PeerNode.Say(connection, $"{n}"));
    }
}
