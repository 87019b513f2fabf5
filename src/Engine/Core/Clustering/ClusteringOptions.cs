using System.ComponentModel.DataAnnotations;

namespace FteAgent.Engine;

/// <summary>How silos of the built-in engine keep together. All silos of a cluster should have the same.</summary>
public sealed class ClusteringOptions
{
    /// <summary>The least length of <see cref="ClusterSecret"/>, in characters.</summary>
    public const int ShortestSecret = 32;

    /// <summary>How long a silo may act after it last renewed its lease. 2 s.</summary>
    public TimeSpan Lease { get; set; } = TimeSpan.FromSeconds(2);

    /// <summary>How often a lease is renewed. 500 ms: three renewals may fail before a lease is over.</summary>
    public TimeSpan RenewPeriod { get; set; } = TimeSpan.FromMilliseconds(500);

    /// <summary>How long a silo tries to join before its start fails. 30 s.</summary>
    public TimeSpan JoinTimeout { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>What silos prove to each other that they know. None: only in a cluster within one process.</summary>
    public string? ClusterSecret { get; set; }

    /// <summary>How long a handshake may take. 2 s.</summary>
    public TimeSpan HandshakeTimeout { get; set; } = TimeSpan.FromSeconds(2);

    /// <summary>How long opening a connection may take. 1 s.</summary>
    public TimeSpan DialTimeout { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>A connection that was silent for this long is asked for a sign of life. 500 ms.</summary>
    public TimeSpan PingAfter { get; set; } = TimeSpan.FromMilliseconds(500);

    /// <summary>A connection by which nothing has come for this long is closed. 2 s.</summary>
    public TimeSpan SilenceLimit { get; set; } = TimeSpan.FromSeconds(2);

    /// <summary>The greatest frame, in bytes. 4 MiB.</summary>
    [Range(1024, 64 * 1024 * 1024)]
    public int MaxFrameBytes { get; set; } = 4 * 1024 * 1024;

    /// <summary>How many bytes may wait to be sent by one connection before callers wait. 16 MiB.</summary>
    [Range(64 * 1024, 1024 * 1024 * 1024)]
    public int MaxQueuedBytes { get; set; } = 16 * 1024 * 1024;

    /// <summary>How long a caller waits for room in a connection's queue. 5 s.</summary>
    public TimeSpan QueueTimeout { get; set; } = TimeSpan.FromSeconds(5);
}
