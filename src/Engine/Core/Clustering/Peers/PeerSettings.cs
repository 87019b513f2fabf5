using System.Net;
using System.Text;

namespace FteAgent.Engine;

/// <summary>What <see cref="Peers"/> need to know of their silo.</summary>
/// <param name="ClusterId">Only silos of the same cluster connect.</param>
/// <param name="Listen">Where to listen. Port 0 takes a free one.</param>
/// <param name="Options">Times and limits, and the secret.</param>
internal sealed record PeerSettings(string ClusterId, IPEndPoint Listen, ClusteringOptions Options)
{
    /// <summary>The oldest protocol to speak. Tests play silos of other releases.</summary>
    public ushort OldestVersion { get; init; } = PeerProtocol.OldestVersion;

    /// <summary>The newest protocol to speak.</summary>
    public ushort NewestVersion { get; init; } = PeerProtocol.NewestVersion;

    /// <summary>How many connections may be in their handshake at once, coming in. Beyond it the oldest is dropped: an honest one takes milliseconds.</summary>
    public int MaxHalfOpen { get; init; } = 128;

    /// <summary>How many silos may be connected at once. Far above any cluster, as a last wall.</summary>
    public int MaxPeers { get; init; } = 1024;

    /// <summary>Throws with one sentence when these settings cannot be worked with.</summary>
    public void Validate()
    {
        if (Encoding.UTF8.GetByteCount(ClusterId) is 0 or > PeerProtocol.MaxClusterIdBytes)
            throw new ArgumentException($"A cluster id has 1 to {PeerProtocol.MaxClusterIdBytes} bytes in UTF-8.");
        if (Options.ClusterSecret is { Length: < ClusteringOptions.ShortestSecret })
            throw new ArgumentException($"{nameof(ClusteringOptions.ClusterSecret)} must have at least {ClusteringOptions.ShortestSecret} characters.");
        if (Options.ClusterSecret is null && !IPAddress.IsLoopback(Listen.Address))
            throw new ArgumentException($"A silo that listens beyond its own machine ({Listen}) needs a {nameof(ClusteringOptions.ClusterSecret)}.");
    }
}
