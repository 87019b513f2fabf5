namespace FteAgent.Engine;

/// <summary>What both ends of a connection must agree on before they can read each other. docs/engine/connections.md tells it in words.</summary>
internal static class PeerProtocol
{
    /// <summary>The first bytes of every handshake message: whoever sends others is no silo.</summary>
    public static ReadOnlySpan<byte> Magic => "FTE1"u8;

    /// <summary>The oldest protocol that this build can still speak.</summary>
    public const ushort OldestVersion = 1;

    /// <summary>The newest protocol that this build can speak.</summary>
    public const ushort NewestVersion = 1;

    /// <summary>Bytes of a nonce.</summary>
    public const int NonceBytes = 32;

    /// <summary>Bytes of a proof: HMAC-SHA256.</summary>
    public const int ProofBytes = 32;

    /// <summary>The greatest handshake message. Nobody has proved anything yet, so nobody gets more memory than this.</summary>
    public const int MaxHandshakeBytes = 1024;

    /// <summary>The longest cluster id, in bytes of UTF-8: a handshake message has to hold it.</summary>
    public const int MaxClusterIdBytes = 256;

    /// <summary>The longest address, in bytes: an IPv6 address with scope, port and generation needs fewer.</summary>
    public const int MaxAddressBytes = 128;

    /// <summary>Kinds of frames from here on belong to the connections themselves. Unknown ones are passed over: a newer silo sent them.</summary>
    public const byte FirstOwnKind = 240;

    /// <summary>A sign of life, no payload.</summary>
    public const byte Ping = 240;

    /// <summary>"I end this connection", with a sentence that says why.</summary>
    public const byte Goodbye = 241;

    /// <summary>"Probe me": an 8 byte number that the answer repeats.</summary>
    public const byte ProbeRequest = 242;

    /// <summary>The number of the request, and 1 when the probe worked.</summary>
    public const byte ProbeAnswer = 243;
}

/// <summary>What a dialler wants.</summary>
internal enum DialPurpose : byte
{
    /// <summary>The connection between two silos.</summary>
    Link = 1,

    /// <summary>Only to see whether a handshake works.</summary>
    Probe = 2,
}

/// <summary>How a handshake ended. The numbers travel: they are never given another meaning.</summary>
internal enum HandshakeVerdict : byte
{
    /// <summary>Both have proved themselves.</summary>
    Accepted = 1,

    /// <summary>No protocol version that both can speak.</summary>
    NoCommonVersion = 2,

    /// <summary>The dialler does not know the cluster's secret.</summary>
    WrongProof = 3,

    /// <summary>Another cluster.</summary>
    WrongCluster = 4,

    /// <summary>The dialler meant another incarnation, or another silo, than the one that answers.</summary>
    NotTheOneMeant = 5,

    /// <summary>The dialler's incarnation is known to be over.</summary>
    Superseded = 6,

    /// <summary>Both dialled at the same time, and the other attempt is the one that counts.</summary>
    Crossed = 7,

    /// <summary>The silo stops, or has as many connections as it may.</summary>
    Unavailable = 8,
}

/// <summary>A handshake that did not end well. An expected failure: it never leaves this folder except as <see cref="PeerUnreachableException"/>.</summary>
internal sealed class HandshakeException(string message, HandshakeVerdict? verdict = null) : Exception(message)
{
    /// <summary>The other end thought better of it: a silo whose own attempt crossed, a health check, a port scan. Nothing to warn of.</summary>
    public bool IsHangUp { get; init; }

    /// <summary>What the other end, or this one, decided; none where it broke off.</summary>
    public HandshakeVerdict? Verdict { get; } = verdict;
}
