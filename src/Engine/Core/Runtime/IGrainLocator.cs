using Orleans.Runtime;

namespace FteAgent.Engine;

/// <summary>Says which silo a grain lives on. The place where membership and placement will join in.</summary>
internal interface IGrainLocator
{
    SiloAddress Locate(GrainId id);
}

/// <summary>A cluster of one silo: every grain lives here.</summary>
internal sealed class SingleSiloLocator(SiloAddress address) : IGrainLocator
{
    public SiloAddress Locate(GrainId id) => address;
}
