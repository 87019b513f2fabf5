using System.Buffers.Binary;
using System.Net.Sockets;

namespace FteAgent.Bench.Engine.CrossSilo;

/// <summary>The bare echo with callers: 100 of them await their own responses on one connection. What gathers while a send runs goes with the next.</summary>
internal sealed class TcpCallers
{
    private const int BufferBytes = 64 * 1024;

    private readonly Lock _gate = new();
    private readonly Socket _socket;
    private readonly Waiters _waiters = new();
    private byte[] _gathered = new byte[BufferBytes];
    private byte[] _sending = new byte[BufferBytes];
    private int _length;
    private bool _flushing;

    public TcpCallers(Socket socket)
    {
        _socket = socket;
        _ = Task.Run(Read);
    }

    public ValueTask Call(int caller)
    {
        var response = _waiters.Wait(caller);
        bool first;
        lock (_gate)
        {
            BinaryPrimitives.WriteInt32LittleEndian(_gathered.AsSpan(_length), caller);
            _length += TcpEcho.RequestBytes;
            (first, _flushing) = (!_flushing, true);
        }

        if (first) ThreadPool.UnsafeQueueUserWorkItem(static callers => _ = callers.Flush(), this, preferLocal: false);
        return response;
    }

    private async Task Flush()
    {
        while (true)
        {
            int length;
            lock (_gate)
            {
                if (_length == 0)
                {
                    _flushing = false;
                    return;
                }

                (_gathered, _sending) = (_sending, _gathered);
                (length, _length) = (_length, 0);
            }

            await TcpEcho.Send(_socket, _sending.AsMemory(0, length));
        }
    }

    private async Task Read()
    {
        var buffer = new byte[BufferBytes];
        try
        {
            for (var left = 0; ;)
            {
                left += await TcpEcho.Receive(_socket, buffer.AsMemory(left));
                var at = 0;
                for (; left - at >= TcpEcho.ResponseBytes; at += TcpEcho.ResponseBytes) _waiters.Answer(BinaryPrimitives.ReadInt32LittleEndian(buffer.AsSpan(at)));
                buffer.AsSpan(at, left - at).CopyTo(buffer);
                left -= at;
            }
        }
        catch (Exception exception) when (exception is SocketException or EndOfStreamException or ObjectDisposedException)
        {
            // The bench is over.
        }
    }
}
