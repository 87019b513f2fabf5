namespace FteAgent.Engine;

/// <summary>Whoever a connection reports to.</summary>
internal interface IPeerOwner
{
    /// <summary>A frame has come.</summary>
    void Received(PeerConnection from, byte kind, ReadOnlySpan<byte> payload);

    /// <summary>Taking a frame has thrown: a bug.</summary>
    void Failed(PeerConnection connection, Exception exception);

    /// <summary>The connection is over, and no frame of it comes any more.</summary>
    void Ended(PeerConnection connection, string reason);
}
