using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;

namespace FteAgent.Engine.Tests.Peers;

/// <summary>Stands between two silos: passes bytes on, writes down what the dialler says, and can fall silent without hanging up.</summary>
internal sealed class Relay : IDisposable
{
    private readonly Socket _listener = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
    private readonly ConcurrentBag<Socket> _sockets = [];
    private readonly ConcurrentQueue<byte> _said = new();
    private volatile bool _silent;

    public Relay(IPEndPoint to)
    {
        _listener.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        _listener.Listen();
        _ = Accept(to);
    }

    public IPEndPoint Endpoint => (IPEndPoint)_listener.LocalEndPoint!;

    /// <summary>What diallers have said.</summary>
    public byte[] Said => [.. _said];

    /// <summary>Swallows everything from now on, hanging up included.</summary>
    public void FallSilent() => _silent = true;

    public void Dispose()
    {
        _listener.Dispose();
        foreach (var socket in _sockets) socket.Dispose();
    }

    private async Task Accept(IPEndPoint to)
    {
        try
        {
            while (true)
            {
                var from = await _listener.AcceptAsync();
                var target = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
                _sockets.Add(from);
                _sockets.Add(target);
                await target.ConnectAsync(to);
                _ = Pass(from, target, _said);
                _ = Pass(target, from, null);
            }
        }
        catch (Exception exception) when (exception is SocketException or ObjectDisposedException)
        {
            // The test is over.
        }
    }

    private async Task Pass(Socket from, Socket to, ConcurrentQueue<byte>? record)
    {
        var buffer = new byte[16 * 1024];
        try
        {
            while (await from.ReceiveAsync(buffer) is var count and > 0)
            {
                for (var n = 0; n < count; n++) record?.Enqueue(buffer[n]);
                if (!_silent) await to.SendAsync(buffer.AsMemory(0, count));
            }

            if (!_silent) to.Dispose();
        }
        catch (Exception exception) when (exception is SocketException or ObjectDisposedException)
        {
            if (!_silent) to.Dispose();
        }
    }
}
