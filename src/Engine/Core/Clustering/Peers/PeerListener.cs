using System.Net;
using System.Net.Sockets;
using Microsoft.Extensions.Logging;

namespace FteAgent.Engine;

/// <summary>
/// Takes connections, and lets so few of them be in their handshake at once, for so short a time, that strangers cost almost nothing.
/// </summary>
internal sealed class PeerListener(PeerSettings settings, TimeProvider time, PeerFaults faults, ILogger logger)
{
    private const int Backlog = 512;
    private static readonly TimeSpan PauseAfterFailure = TimeSpan.FromMilliseconds(100);

    private readonly Lock _gate = new();
    private readonly LinkedList<CancellationTokenSource> _halfOpen = new();
    private readonly CancellationTokenSource _stopping = new();
    private Socket? _socket;

    /// <summary>Where it listens.</summary>
    public IPEndPoint? Endpoint => (IPEndPoint?)_socket?.LocalEndPoint;

    /// <summary>Connections that are in their handshake.</summary>
    public int HalfOpen
    {
        get
        {
            lock (_gate)
                return _halfOpen.Count;
        }
    }

    /// <summary>Listens, and has each connection greeted by <paramref name="greet"/>, which owns its socket from then on.</summary>
    public void Start(Func<Socket, CancellationToken, Task> greet)
    {
        _socket = new(settings.Listen.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
        if (settings.Listen.Address.Equals(IPAddress.IPv6Any)) _socket.DualMode = true;
        _socket.Bind(settings.Listen);
        _socket.Listen(Backlog);
        _ = Task.Run(() => Accept(_socket, greet));
    }

    public void Stop()
    {
        _stopping.Cancel();
        _socket?.Dispose();
    }

    private async Task Accept(Socket listener, Func<Socket, CancellationToken, Task> greet)
    {
        while (!_stopping.IsCancellationRequested)
        {
            try
            {
                var socket = await listener.AcceptAsync(_stopping.Token).ConfigureAwait(false);
                _ = Greet(socket, greet);
            }
            catch (Exception) when (_stopping.IsCancellationRequested)
            {
                return;
            }
            catch (SocketException exception)
            {
                // Out of handles, say. Existing connections go on, and so does this.
                PeerLog.AcceptFailed(logger, exception);
                await Task.Delay(PauseAfterFailure, time).ConfigureAwait(false);
            }
        }
    }

    private async Task Greet(Socket socket, Func<Socket, CancellationToken, Task> greet)
    {
        var from = Name(socket);
        using var limit = new CancellationTokenSource(settings.Options.HandshakeTimeout, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, _stopping.Token);
        var place = Enter(either);
        try
        {
            socket.NoDelay = true;
            await greet(socket, either.Token).ConfigureAwait(false);
        }
        catch (HandshakeException exception)
        {
            socket.Dispose();
            if (exception.IsHangUp) faults.HungUp();
            else if (exception.Verdict != HandshakeVerdict.Crossed) faults.WasRefused(from, exception.Message);
        }
        catch (Exception exception) when (exception is SocketException or ObjectDisposedException)
        {
            socket.Dispose();
            faults.HungUp();
        }
        catch (OperationCanceledException)
        {
            socket.Dispose();
            faults.WasRefused(from, "the handshake took too long");
        }
        finally
        {
            Leave(place);
        }
    }

    private LinkedListNode<CancellationTokenSource> Enter(CancellationTokenSource newcomer)
    {
        CancellationTokenSource? oldest = null;
        LinkedListNode<CancellationTokenSource> place;
        lock (_gate)
        {
            if (_halfOpen.Count >= settings.MaxHalfOpen)
            {
                oldest = _halfOpen.First!.Value;
                _halfOpen.RemoveFirst();
            }

            place = _halfOpen.AddLast(newcomer);
        }

        // Not under the lock: whoever is cancelled runs at once.
        Drop(oldest);
        return place;
    }

    private void Leave(LinkedListNode<CancellationTokenSource> place)
    {
        lock (_gate)
        {
            if (place.List is not null) _halfOpen.Remove(place);
        }
    }

    private static void Drop(CancellationTokenSource? oldest)
    {
        try
        {
            oldest?.Cancel();
        }
        catch (ObjectDisposedException)
        {
            // It had ended by itself.
        }
    }

    private static string Name(Socket socket)
    {
        try
        {
            return socket.RemoteEndPoint?.ToString() ?? "?";
        }
        catch (Exception exception) when (exception is SocketException or ObjectDisposedException)
        {
            return "?";
        }
    }
}
