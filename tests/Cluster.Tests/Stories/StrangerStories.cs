using FteAgent.Cluster.Hosting;
using FteAgent.Cluster.Load;
using FteAgent.Cluster.Silos;

namespace FteAgent.Cluster.Stories;

/// <summary>Who may not join.</summary>
[Collection(nameof(FleetFixture))]
public sealed class StrangerStories(FleetFixture fixture) : IAsyncLifetime
{
    private static readonly TimeSpan Answered = TimeSpan.FromSeconds(30);

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

    [Fact]
    public async Task A_silo_without_the_right_cluster_secret_is_refused()
    {
        var impostor = fixture.Fleet.NewPlace(new Dictionary<string, string> { ["CLUSTER_SECRET"] = "a-secret-that-nobody-else-has-000000001" });
        try
        {
            var refused = await Assert.ThrowsAnyAsync<Exception>(impostor.Start);
            Assert.IsNotType<TimeoutException>(refused);
            foreach (var silo in fixture.Fleet.Silos.Take(3))
                Assert.Equal(3, await Members.Of(silo));
            using var client = new FleetClient(fixture.Balancer);
            foreach (var talk in fixture.Talks(client, 10))
                await talk.Answered(await talk.Write(), Answered);
        }
        finally
        {
            await impostor.DisposeAsync();
            fixture.Fleet.Remove(impostor);
        }
    }
}
