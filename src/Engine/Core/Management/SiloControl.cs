using Orleans.Runtime;

namespace FteAgent.Engine;

/// <summary>What one silo tells of itself to another. Its grains are not placed: the key says which silo is meant.</summary>
internal static class SiloControl
{
    public const string TypeName = "fte.silo";

    public static readonly GrainType Type = GrainType.Create(TypeName);

    public static string KeyOf(SiloAddress silo) => silo.ToParsableString();

    /// <summary>The silo that is meant, if it is a member.</summary>
    public static SiloAddress? AddressOf(GrainId id, ClusterView view, SiloAddress self)
    {
        var key = id.Key.ToString();
        if (key == KeyOf(self)) return self;

        return view.Members.FirstOrDefault(member => KeyOf(member.Address) == key)?.Address;
    }
}
