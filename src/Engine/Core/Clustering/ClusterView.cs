using System.Collections.Immutable;
using Orleans.Runtime;

namespace FteAgent.Engine;

/// <summary>
/// The members at one version of the cluster. Versions rise with every change of who is a member and how far each one is, and the
/// same version means the same members on every silo.
/// </summary>
internal sealed class ClusterView(long version, ImmutableArray<Member> members)
{
    /// <summary>Known to nobody yet.</summary>
    public static ClusterView None { get; } = new(0, []);

    public long Version { get; } = version;

    /// <summary>All members, in order of address.</summary>
    public ImmutableArray<Member> Members { get; } = [.. members.OrderBy(member => member.Address)];

    /// <summary>Those that grains live on.</summary>
    public ImmutableArray<Member> Active { get; } = [.. members.Where(member => member.Status == MemberStatus.Active).OrderBy(member => member.Address)];

    /// <summary>Whether these silos, and no others, are members and all of them active: one that still joins is given no grain yet.</summary>
    public bool IsSettledOn(IReadOnlySet<SiloAddress> silos) =>
        Members.Length == silos.Count && Active.Length == silos.Count && Active.All(member => silos.Contains(member.Address));

    public Member? Find(SiloAddress address) => Members.FirstOrDefault(member => member.Address.Equals(address));
}
