using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;

namespace FteAgent.Bench.Engine.CrossSilo;

/// <summary>
/// What the bare network can do: one connection, frames of the sizes that grain calls have, 100 of them in flight, and every freedom to
/// send many at once. No handshake, no grains, no limits.
/// </summary>
internal static class TcpEcho
{
    /// <summary>Bytes of a request, which begins with the caller's number. As counted on the connection while the built-in engine made the calls of this bench.</summary>
    public const int RequestBytes = 72;

    /// <summary>Bytes of a response, which begins with it too.</summary>
    public const int ResponseBytes = 20;

    private const int BufferBytes = 64 * 1024;

    /// <summary>Answers all that come. Gives the port.</summary>
    public static int Serve()
    {
        var listener = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        listener.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        listener.Listen();
        _ = Task.Run(async () =>
        {
            while (true) _ = Answer(await listener.AcceptAsync());
        });
        return ((IPEndPoint)listener.LocalEndPoint!).Port;
    }

    public static async Task<Socket> Dial(int port)
    {
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        await socket.ConnectAsync(IPAddress.Loopback, port);
        return socket;
    }

    /// <summary>The most there is: one loop keeps 100 frames in flight, answers a whole read by one send, and wakes nobody.</summary>
    public static async Task<Round> Pipeline(Socket socket)
    {
        var (latencies, sentAt) = (new Latencies(), new long[Load.Callers]);
        var (read, write) = (new byte[BufferBytes], new byte[BufferBytes]);
        var watch = System.Diagnostics.Stopwatch.StartNew();
        var (left, out_) = (0, 0);
        for (var caller = 0; caller < Load.Callers; caller++) Ask(caller);
        for (var flying = Load.Callers; flying > 0;)
        {
            await Send(socket, write.AsMemory(0, out_));
            (out_, left) = (0, left + await Receive(socket, read.AsMemory(left)));
            var at = 0;
            for (; left - at >= ResponseBytes; at += ResponseBytes)
            {
                var caller = BinaryPrimitives.ReadInt32LittleEndian(read.AsSpan(at));
                latencies.Add(System.Diagnostics.Stopwatch.GetTimestamp() - sentAt[caller]);
                if (watch.Elapsed < Load.RoundLength) Ask(caller);
                else flying--;
            }

            read.AsSpan(at, left - at).CopyTo(read);
            left -= at;
        }

        return new(latencies, watch.Elapsed);

        void Ask(int caller)
        {
            BinaryPrimitives.WriteInt32LittleEndian(write.AsSpan(out_), caller);
            sentAt[caller] = System.Diagnostics.Stopwatch.GetTimestamp();
            out_ += RequestBytes;
        }
    }

    public static async ValueTask Send(Socket socket, ReadOnlyMemory<byte> bytes)
    {
        while (bytes.Length > 0) bytes = bytes[await socket.SendAsync(bytes, SocketFlags.None)..];
    }

    public static async ValueTask<int> Receive(Socket socket, Memory<byte> buffer) =>
        await socket.ReceiveAsync(buffer, SocketFlags.None) is var count and > 0 ? count : throw new EndOfStreamException();

    private static async Task Answer(Socket socket)
    {
        socket.NoDelay = true;
        var (read, write) = (new byte[BufferBytes], new byte[BufferBytes]);
        try
        {
            for (var left = 0; ;)
            {
                left += await Receive(socket, read.AsMemory(left));
                var (at, out_) = (0, 0);
                for (; left - at >= RequestBytes; at += RequestBytes, out_ += ResponseBytes) read.AsSpan(at, sizeof(int)).CopyTo(write.AsSpan(out_));
                read.AsSpan(at, left - at).CopyTo(read);
                left -= at;
                await Send(socket, write.AsMemory(0, out_));
            }
        }
        catch (Exception exception) when (exception is SocketException or EndOfStreamException)
        {
            socket.Dispose();
        }
    }
}
