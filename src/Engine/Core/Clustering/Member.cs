using Orleans.Runtime;

namespace FteAgent.Engine;

/// <summary>One silo as its cluster knows it.</summary>
/// <param name="Address">Where it listens, and which of its incarnations it is.</param>
/// <param name="Name">What its operators call it.</param>
/// <param name="Status">How far it is.</param>
internal sealed record Member(SiloAddress Address, string Name, MemberStatus Status);

/// <summary>How far a member is. One that is gone is no member: it has no status.</summary>
internal enum MemberStatus
{
    /// <summary>It has asked to join and is being probed. No grain lives on it.</summary>
    Joining,

    /// <summary>Grains live on it.</summary>
    Active,

    /// <summary>It drains: its grains move to the others.</summary>
    Leaving,
}
