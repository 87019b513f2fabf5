using FteAgent.Engine;

namespace Orleans.Runtime;

/// <summary>Tells about the cluster, by asking each of its silos.</summary>
internal sealed class ManagementGrain(Silo silo) : Grain, IManagementGrain
{
    public Task<Dictionary<SiloAddress, SiloStatus>> GetHosts(bool onlyActive = false) =>
        Task.FromResult(Members(onlyActive).ToDictionary(member => member.Address, member => StatusOf(member.Status)));

    public Task<MembershipEntry[]> GetDetailedHosts(bool onlyActive = false) => Task.FromResult(Members(onlyActive)
        .Select(member => new MembershipEntry
        {
            SiloAddress = member.Address,
            SiloName = member.Name,
            HostName = member.Address.Endpoint.Address.ToString(),
            Status = StatusOf(member.Status),
        })
        .ToArray());

    public async Task<int> GetTotalActivationCount() => (await Ask(Holders, static host => host.CountActivations())).Sum();

    public Task<SimpleGrainStatistic[]> GetSimpleGrainStatistics() => GetSimpleGrainStatistics(Holders);

    public async Task<SimpleGrainStatistic[]> GetSimpleGrainStatistics(SiloAddress[] hostsIds) =>
        [.. (await Ask(hostsIds, static host => host.CountByClass())).SelectMany(static counts => counts)];

    public async Task<DetailedGrainStatistic[]> GetDetailedGrainStatistics(string[]? types = null, SiloAddress[]? hostsIds = null) =>
        [.. (await Ask(hostsIds ?? Holders, host => host.List(types))).SelectMany(static grains => grains)];

    public async ValueTask<SiloAddress?> GetActivationAddress(IAddressable reference)
    {
        var id = reference.GetGrainId();
        if (silo.Cluster.OwnerOf(id) is not { } owner) return null;

        return await SiloControl.Of(silo, owner).CountOf(id) > 0 ? owner : null;
    }

    public async ValueTask<List<GrainId>> GetActiveGrains(GrainType type) =>
        [.. (await Ask(Holders, host => host.ListOf(type))).SelectMany(static grains => grains).Distinct()];

    public Task ForceActivationCollection(TimeSpan ageLimit) => ForceActivationCollection(Holders, ageLimit);

    public async Task ForceActivationCollection(SiloAddress[] hostsIds, TimeSpan ageLimit) =>
        await Task.WhenAll(hostsIds.Select(host => SiloControl.Of(silo, host).Collect(ageLimit)));

    /// <summary>The silos that hold activations.</summary>
    private SiloAddress[] Holders => [.. Members(onlyActive: false).Where(static member => member.Status != MemberStatus.Joining).Select(static member => member.Address)];

    private IEnumerable<Member> Members(bool onlyActive) => onlyActive ? silo.Cluster.View.Active : silo.Cluster.View.Members;

    private Task<T[]> Ask<T>(SiloAddress[] hosts, Func<ISiloControl, Task<T>> ask) => Task.WhenAll(hosts.Select(host => ask(SiloControl.Of(silo, host))));

    private static SiloStatus StatusOf(MemberStatus status) => status switch
    {
        MemberStatus.Joining => SiloStatus.Joining,
        MemberStatus.Active => SiloStatus.Active,
        MemberStatus.Leaving => SiloStatus.ShuttingDown,
        _ => SiloStatus.None,
    };
}
