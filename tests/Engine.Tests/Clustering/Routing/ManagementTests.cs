namespace FteAgent.Engine.Tests.Clustering.Routing;

public sealed class ManagementTests
{
    [Fact]
    public async Task The_management_grain_tells_of_the_whole_cluster()
    {
        await using var fleet = await Fleet.Start(3);
        var grains = Enumerable.Range(0, 12).Select(n => fleet.Grain<IPlaceGrain>(on: n % 3)).ToArray();
        await Task.WhenAll(grains.Select(grain => grain.Where()));
        var management = fleet.Silo(0).Client.GetGrain<IManagementGrain>(0);
        var addresses = Enumerable.Range(0, 3).Select(silo => fleet.Silo(silo).Address).ToArray();

        Assert.Equal(addresses.Order(), (await management.GetHosts(onlyActive: true)).Keys.Order());
        Assert.Equal(["Primary", "Secondary_1", "Secondary_2"], (await management.GetDetailedHosts()).Select(host => host.SiloName).Order());
        Assert.Equal(12 + 1, await management.GetTotalActivationCount());

        var counts = (await management.GetSimpleGrainStatistics()).Where(count => count.GrainType == typeof(PlaceGrain).FullName).ToList();
        Assert.Equal([4, 4, 4], counts.Select(count => count.ActivationCount));
        Assert.Equal(addresses.Order(), counts.Select(count => count.SiloAddress).Order());
        Assert.Single(await management.GetSimpleGrainStatistics([addresses[1]]), count => count.GrainType == typeof(PlaceGrain).FullName);

        var details = await management.GetDetailedGrainStatistics([typeof(PlaceGrain).FullName!]);
        Assert.Equal(grains.Select(grain => grain.GetGrainId()).Order(), details.Select(detail => detail.GrainId).Order());
        Assert.Equal(grains.Select(grain => grain.GetGrainId()).Order(), (await management.GetActiveGrains(grains[0].GetGrainId().Type)).Order());
        Assert.Equal(addresses[1], await management.GetActivationAddress(grains[1]));
        Assert.Null(await management.GetActivationAddress(fleet.Grain<IPlaceGrain>(on: 1)));

        await management.ForceActivationCollection(TimeSpan.Zero);
        Assert.Equal(1, await management.GetTotalActivationCount());
    }
}
