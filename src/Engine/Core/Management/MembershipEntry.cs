using Orleans.Runtime;

namespace Orleans;

/// <summary>One silo as its cluster knows it.</summary>
[GenerateSerializer, Alias("orleans.membership-entry")]
public sealed class MembershipEntry
{
    /// <summary>Where it listens, and which of its incarnations it is.</summary>
    [Id(0)]
    public SiloAddress SiloAddress { get; set; } = null!;

    /// <summary>How far it is.</summary>
    [Id(1)]
    public SiloStatus Status { get; set; }

    /// <summary>Where it listens for clients; 0 for nowhere.</summary>
    [Id(3)]
    public int ProxyPort { get; set; }

    /// <summary>The machine it is on.</summary>
    [Id(4)]
    public string HostName { get; set; } = "";

    /// <summary>What its operators call it.</summary>
    [Id(5)]
    public string SiloName { get; set; } = "";
}
