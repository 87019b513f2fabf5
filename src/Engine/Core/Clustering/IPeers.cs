using System.Buffers;
using Orleans.Runtime;

namespace FteAgent.Engine;

/// <summary>The ways to the other silos: one connection to each.</summary>
internal interface IPeers
{
    /// <summary>Starts to listen, and hands what arrives to <paramref name="handler"/>.</summary>
    Task Start(IPeerHandler handler, CancellationToken cancellationToken);

    /// <summary>
    /// The connection to a silo, opened when there is none. Callers who ask at the same time share one attempt.
    /// Throws <see cref="PeerUnreachableException"/> when it cannot be opened within the limit.
    /// </summary>
    ValueTask<IPeerConnection> Connect(SiloAddress to, CancellationToken cancellationToken);

    /// <summary>Whether a handshake with this silo at its advertised address works: what is asked before a silo counts as a member.</summary>
    Task<bool> Probe(SiloAddress silo, CancellationToken cancellationToken);

    /// <summary>Asks an active member to probe this silo, and gives its answer.</summary>
    Task<bool> RequestProbe(SiloAddress member, CancellationToken cancellationToken);

    /// <summary>Ends the connection to a silo that is no member any more.</summary>
    void Forget(SiloAddress silo);

    /// <summary>Sends what is queued, then ends all connections and stops listening.</summary>
    Task Stop(CancellationToken cancellationToken);
}

/// <summary>The connection to one silo.</summary>
internal interface IPeerConnection
{
    /// <summary>The silo at the other end, as it proved itself.</summary>
    SiloAddress Remote { get; }

    /// <summary>Whether it has not closed.</summary>
    bool IsOpen { get; }

    /// <summary>
    /// Queues one frame; <paramref name="write"/> serialises the payload straight into the outgoing buffer and must not wait. When the
    /// queue is full this waits, up to a limit. Returns false when the connection is closed, or its queue stayed full: nothing of the
    /// frame was or will be sent. Should <paramref name="write"/> throw, or write more than a frame may hold
    /// (<see cref="FrameTooLargeException"/>), nothing is sent and the exception is the caller's.
    /// </summary>
    ValueTask<bool> Send<TState>(byte kind, TState state, Action<IBufferWriter<byte>, TState> write);
}

/// <summary>Whoever takes what peers send.</summary>
internal interface IPeerHandler
{
    /// <summary>A frame has come; frames of one connection come in the order sent. Returns quickly: it runs on the connection's reading loop.</summary>
    void Received(IPeerConnection from, byte kind, ReadOnlySpan<byte> payload);

    /// <summary>
    /// A connection has closed, and no frame of it comes any more. What was sent by it may or may not have arrived. Another connection to
    /// the same silo may be open already.
    /// </summary>
    void Closed(IPeerConnection connection, string reason);
}

/// <summary>A silo could not be reached.</summary>
internal sealed class PeerUnreachableException(string message, Exception? cause = null) : Exception(message, cause);
