using System.Buffers.Binary;
using System.Net;
using Orleans.Runtime;

namespace FteAgent.Engine;

/// <summary>
/// Which silo owns which grain, by one view. Every silo scores each pair of grain and active member, and the member with the highest
/// score owns the grain: all who hold the same view agree without asking, and a member that comes or goes moves only its own share.
/// A member counts by its endpoint, so that a silo which restarts on the same port gets its grains back.
/// The scores are fixed for ever: silos of two versions stand in one cluster during an upgrade.
/// </summary>
internal sealed class Rendezvous
{
    private readonly SiloAddress[] _members;
    private readonly ulong[] _seeds;

    /// <param name="view">The members.</param>
    /// <param name="self">This silo, which is given out as this very object where it is the owner: it is compared at every call.</param>
    public Rendezvous(ClusterView view, SiloAddress? self = null)
    {
        View = view;

        // Where all drain, the grains stay with those that are left until they are gone.
        var holders = view.Active.IsEmpty ? [.. view.Members.Where(member => member.Status == MemberStatus.Leaving)] : view.Active;
        _members = [.. holders.Select(member => member.Address.Equals(self) ? self : member.Address)];
        _seeds = [.. _members.Select(member => SeedOf(member.Endpoint))];
    }

    public ClusterView View { get; }

    /// <summary>The owner; null where there is nobody to own anything.</summary>
    public SiloAddress? OwnerOf(GrainId id)
    {
        if (_members.Length <= 1) return _members.Length == 0 ? null : _members[0];

        var grain = SeedOf(id);
        var owner = 0;
        var highest = Score(_seeds[0], grain);
        for (var candidate = 1; candidate < _seeds.Length; candidate++)
        {
            // Members are in order of address, so that equal scores are settled the same way everywhere: of two incarnations on one
            // endpoint the later wins.
            var score = Score(_seeds[candidate], grain);
            if (score >= highest) (owner, highest) = (candidate, score);
        }

        return _members[owner];
    }

    private static ulong SeedOf(IPEndPoint endpoint)
    {
        // An IPv4 address is the same one when it is written as IPv6.
        Span<byte> bytes = stackalloc byte[16 + sizeof(ushort)];
        endpoint.Address.MapToIPv6().TryWriteBytes(bytes, out _);
        BinaryPrimitives.WriteUInt16LittleEndian(bytes[16..], (ushort)endpoint.Port);
        return Mix(StableHash.Compute(bytes));
    }

    private static ulong SeedOf(GrainId id) => ((ulong)id.Type.GetUniformHashCode() << 32) | id.Key.GetUniformHashCode();

    private static ulong Score(ulong member, ulong grain) => Mix(member ^ grain);

    /// <summary>The finaliser of SplitMix64: each bit that goes in changes half of those that come out.</summary>
    private static ulong Mix(ulong value)
    {
        unchecked
        {
            value += 0x9E3779B97F4A7C15;
            value = (value ^ (value >> 30)) * 0xBF58476D1CE4E5B9;
            value = (value ^ (value >> 27)) * 0x94D049BB133111EB;
            return value ^ (value >> 31);
        }
    }
}
