namespace FteAgent.Engine;

/// <summary>What makes a silo one of several: how it knows the others, and the ways to them. Without it a silo is alone.</summary>
internal interface IClustering
{
    IMembership Membership { get; }

    IPeers Peers { get; }
}
