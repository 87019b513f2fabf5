using FteAgent.Cluster.Load;
using FteAgent.Cluster.Silos;

namespace FteAgent.Cluster.Stories;

/// <content>Orleans asks a silo for no secret: there the network keeps strangers out (docs/engine/orleans.md).</content>
public sealed partial class StrangerStories
{
    private static readonly TimeSpan Answered = TimeSpan.FromSeconds(30);

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
            await Task.WhenAll(fixture.Talks(client, 10).Select(async talk => await talk.Answered(await talk.Write(), Answered)));
        }
        finally
        {
            await impostor.DisposeAsync();
            fixture.Fleet.Remove(impostor);
        }
    }
}
