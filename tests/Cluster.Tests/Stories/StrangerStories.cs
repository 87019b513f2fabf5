using FteAgent.Cluster.Hosting;
using FteAgent.Cluster.Silos;

namespace FteAgent.Cluster.Stories;

/// <summary>Who may not join.</summary>
[Collection(nameof(FleetFixture))]
public sealed partial class StrangerStories(FleetFixture fixture) : IAsyncLifetime
{
    public Task InitializeAsync() => fixture.Whole();

    public Task DisposeAsync() => Task.CompletedTask;

    [Fact]
    public async Task A_silo_of_another_cluster_id_does_not_meet_the_fleet()
    {
        var stranger = fixture.Fleet.NewPlace(new Dictionary<string, string> { [TestSilo.ClusterId] = "another-cluster" });
        try
        {
            await stranger.Start();
            // It is whole by itself, on the same database: alone in its cluster, as the others are three in theirs.
            Assert.Equal(1, await Members.Of(stranger));
            foreach (var silo in fixture.Fleet.Silos.Take(3))
                Assert.Equal(3, await Members.Of(silo));
        }
        finally
        {
            await stranger.DisposeAsync();
            fixture.Fleet.Remove(stranger);
        }
    }
}
