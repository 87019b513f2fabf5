using System.Net.Sockets;

namespace FteAgent.Engine.Tests.Peers;

/// <summary>A socket to a silo, for saying what no silo would say.</summary>
internal sealed class RawDialler : IDisposable
{
    private RawDialler(Socket socket) => Socket = socket;

    public Socket Socket { get; }

    public static async Task<RawDialler> To(PeerNode node)
    {
        var socket = new Socket(node.Self.Endpoint.AddressFamily, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        await socket.ConnectAsync(node.Self.Endpoint);
        return new(socket);
    }

    /// <summary>Does an honest handshake, after which the test says what it likes.</summary>
    public static async Task<RawDialler> Proven(PeerNode node, SiloAddress from)
    {
        var raw = await To(node);
        var settings = new PeerSettings("tests", node.Self.Endpoint, new() { ClusterSecret = PeerNode.Secret });
        await new DiallerHandshake(settings, new(PeerNode.Secret)).Run(raw.Socket, from, node.Self, DialPurpose.Link, 1, static () => 0, CancellationToken.None);
        return raw;
    }

    public async Task Send(byte[] bytes)
    {
        try
        {
            for (var sent = 0; sent < bytes.Length;) sent += await Socket.SendAsync(bytes.AsMemory(sent));
        }
        catch (SocketException)
        {
            // The silo has hung up on what it heard so far, which is what most tests want to see.
        }
    }

    /// <summary>The next so many bytes.</summary>
    public async Task<byte[]> Hear(int count)
    {
        using var limit = new CancellationTokenSource(Support.Eventually.Limit);
        var heard = new byte[count];
        for (var at = 0; at < count;) at += await Socket.ReceiveAsync(heard.AsMemory(at), limit.Token) is var read and > 0 ? read : throw new EndOfStreamException();
        return heard;
    }

    /// <summary>All that the silo says until it hangs up.</summary>
    public async Task<byte[]> UntilHungUp()
    {
        using var limit = new CancellationTokenSource(Support.Eventually.Limit);
        var (heard, buffer) = (new List<byte>(), new byte[4096]);
        try
        {
            while (await Socket.ReceiveAsync(buffer, limit.Token) is var count and > 0) heard.AddRange(buffer.AsSpan(0, count));
        }
        catch (SocketException)
        {
            // A reset is one way to hang up.
        }

        return [.. heard];
    }

    public void Dispose() => Socket.Dispose();
}
