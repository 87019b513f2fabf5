using FteAgent.Engine;

namespace Orleans.Runtime;

/// <summary>Tells about a cluster of one silo.</summary>
internal sealed class ManagementGrain(Silo silo) : Grain, IManagementGrain
{
    public Task<Dictionary<SiloAddress, SiloStatus>> GetHosts(bool onlyActive = false) =>
        Task.FromResult(new Dictionary<SiloAddress, SiloStatus> { [silo.Address] = silo.Status });

    public Task<int> GetTotalActivationCount() => Task.FromResult(silo.Catalog.Count);

    public Task<SimpleGrainStatistic[]> GetSimpleGrainStatistics() => Task.FromResult(silo.Catalog.All
        .CountBy(activation => activation.Shared.Class.Type)
        .Select(count => new SimpleGrainStatistic { GrainType = count.Key.FullName!, SiloAddress = silo.Address, ActivationCount = count.Value })
        .ToArray());

    public async Task ForceActivationCollection(TimeSpan ageLimit) => await IdleCollector.Collect(silo.Catalog, ageLimit);
}
