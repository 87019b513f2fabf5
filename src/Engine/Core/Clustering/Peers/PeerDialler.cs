using System.Net.Sockets;
using Orleans.Runtime;

namespace FteAgent.Engine;

/// <summary>Opens sockets to other silos, and does the dialler's part of the handshake within its limits.</summary>
internal sealed class PeerDialler(PeerSettings settings, HandshakeProofs proofs, TimeProvider time)
{
    // One number for all dials of this process: a later one is always greater, whichever incarnation made it.
    private static long _dials;

    private readonly DiallerHandshake _handshake = new(settings, proofs);

    /// <summary>Dials. Throws <see cref="HandshakeException"/>, <see cref="SocketException"/> or <see cref="OperationCanceledException"/> when it does not work.</summary>
    public async Task<Dialled> Dial(SiloAddress self, SiloAddress to, DialPurpose purpose, Func<long> lastTaken, CancellationToken cancellationToken)
    {
        var number = Interlocked.Increment(ref _dials);
        var socket = new Socket(to.Endpoint.AddressFamily, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await Within(settings.Options.DialTimeout, "no answer within the limit", token => socket.ConnectAsync(to.Endpoint, token).AsTask(), cancellationToken).ConfigureAwait(false);
            ushort version = 0;
            await Within(settings.Options.HandshakeTimeout, "the handshake took too long",
                async token => version = await _handshake.Run(socket, self, to, purpose, number, lastTaken, token).ConfigureAwait(false), cancellationToken).ConfigureAwait(false);
            return new(socket, number, version);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    private async Task Within(TimeSpan limit, string otherwise, Func<CancellationToken, Task> work, CancellationToken cancellationToken)
    {
        using var timeout = new CancellationTokenSource(limit, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, cancellationToken);
        try
        {
            await work(either.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (timeout.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            throw new HandshakeException(otherwise);
        }
    }
}

/// <summary>A connection whose handshake is done.</summary>
internal sealed record Dialled(Socket Socket, long Number, ushort Version);
