using System.Net;
using System.Net.Sockets;
using FteAgent.Engine.Tests.Support;

namespace FteAgent.Engine.Tests.Peers;

/// <summary>Single parts, where the whole would leave it to chance what is seen.</summary>
public class HotPathTests
{
    private const int Frames = 10_000;
    private static readonly ClusteringOptions Options = new();

    [Fact]
    public void A_steady_flow_of_small_frames_allocates_nothing()
    {
        var queue = new OutgoingQueue(Options.MaxFrameBytes, Options.MaxQueuedBytes, Options.QueueTimeout, TimeProvider.System);
        using var reader = new FrameReader(Options.MaxFrameBytes);
        Flow(queue, reader);

        var before = GC.GetAllocatedBytesForCurrentThread();
        var read = Flow(queue, reader);

        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
        Assert.Equal(Frames, read);
        Assert.Equal(0, queue.QueuedBytes);
    }

    [Fact]
    public void A_flush_covers_all_that_has_gathered()
    {
        var queue = new OutgoingQueue(Options.MaxFrameBytes, Options.MaxQueuedBytes, Options.QueueTimeout, TimeProvider.System);

        Assert.Equal(Written.YesAndFlush, Write(queue, 1));
        for (var n = 0; n < 99; n++) Assert.Equal(Written.Yes, Write(queue, 1));
        var taken = queue.Take()!;

        Assert.Null(taken.Next);
        Assert.Equal(100 * (FrameWriter.HeaderBytes + 1), taken.Length);
        queue.Sent(taken);
        Assert.Null(queue.Take());
        Assert.Equal(Written.YesAndFlush, Write(queue, 1));
    }

    [Fact]
    public void A_large_frame_gives_its_memory_back()
    {
        var queue = new OutgoingQueue(Options.MaxFrameBytes, Options.MaxQueuedBytes, Options.QueueTimeout, TimeProvider.System);
        using var reader = new FrameReader(Options.MaxFrameBytes);
        Write(queue, 3 * 1024 * 1024);
        Assert.Equal(1, Drain(queue, reader));
        Assert.InRange(reader.Free.Length, 1, 4 * 1024 * 1024);

        for (var n = 0; n < 2; n++)
        {
            Write(queue, 10);
            Drain(queue, reader);
        }

        Assert.Equal(Segment.UsualBytes, reader.Free.Length);
    }

    [Fact]
    public async Task Bytes_that_wait_to_be_read_are_not_silence()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        using var other = new TcpClient();
        await other.ConnectAsync((IPEndPoint)listener.LocalEndpoint);
        var address = SiloAddress.New(IPAddress.Loopback, 1, 1);

        // Never begun: so is a connection for which this silo finds no thread.
        var connection = new PeerConnection(new(address, address, false, 1, 1), await listener.AcceptSocketAsync(), Options, TimeProvider.System, new Nobody());
        await other.Client.SendAsync(new byte[] { 1, 0, 0, 0, PeerProtocol.Ping });
        await Eventually.True(() => connection.HasUnread, "the bytes are there");

        for (var n = 0; n < 20; n++) connection.Tick(SilenceWatch.Period(Options));
        Assert.True(connection.IsOpen);
        connection.Close("the test is over");
    }

    private static int Flow(OutgoingQueue queue, FrameReader reader)
    {
        var read = 0;
        for (var n = 0; n < Frames / 100; n++)
        {
            for (var k = 0; k < 100; k++) Write(queue, 60);
            read += Drain(queue, reader);
        }

        return read;
    }

    private static Written Write(OutgoingQueue queue, int bytes) => queue.TryWrite(1, bytes, static (writer, bytes) =>
    {
        writer.GetSpan(bytes)[..bytes].Clear();
        writer.Advance(bytes);
    });

    private static int Drain(OutgoingQueue queue, FrameReader reader)
    {
        var frames = 0;
        while (queue.Take() is { } segment)
        {
            for (Segment? next; segment is not null; segment = next)
            {
                next = segment.Next;
                for (var bytes = segment.Bytes.AsMemory(0, segment.Length); bytes.Length > 0;)
                {
                    var part = bytes[..Math.Min(bytes.Length, reader.Free.Length)];
                    part.CopyTo(reader.Free);
                    reader.Received(part.Length);
                    bytes = bytes[part.Length..];
                    while (reader.TryRead(out _, out _)) frames++;
                }

                queue.Sent(segment);
            }
        }

        return frames;
    }

    private sealed class Nobody : IPeerOwner
    {
        public void Received(PeerConnection from, byte kind, ReadOnlySpan<byte> payload)
        {
        }

        public void Failed(PeerConnection connection, Exception exception)
        {
        }

        public void Ended(PeerConnection connection, string reason)
        {
        }
    }
}
