using FteAgent.Cluster.Load;

namespace FteAgent.Cluster.Stories;

/// <summary>What becomes of a fleet whose database goes away and comes back.</summary>
[Collection(nameof(FleetFixture))]
public sealed class DatabaseStories(FleetFixture fixture) : IAsyncLifetime
{
    private const int Conversations = 30;
    private static readonly TimeSpan Gone = TimeSpan.FromSeconds(20);
    private static readonly TimeSpan Answered = TimeSpan.FromSeconds(40);

    private FleetClient client = null!;
    private Talk[] talks = null!;

    public async Task InitializeAsync()
    {
        await fixture.Whole();
        client = new(fixture.Balancer);
        talks = fixture.Talks(client, Conversations);
    }

    public Task DisposeAsync()
    {
        client.Dispose();
        return Task.CompletedTask;
    }

    [Fact]
    public async Task Twenty_seconds_without_postgres_evict_nobody_and_everything_is_answered_afterwards()
    {
        var fleet = fixture.Fleet;
        var processes = fleet.Silos.Select(silo => silo.ProcessId).ToArray();
        var evictions = await fleet.Evictions.Count();
        var before = await Task.WhenAll(talks.Select(talk => talk.Write()));

        await fleet.Server.Stop();
        var during = talks.Select(talk => talk.Write()).ToList();
        await Task.Delay(Gone);
        Assert.DoesNotContain(during, write => write.IsCompleted);
        Assert.All(client.Complaints, complaint => Assert.Equal("503", complaint.What));
        Assert.NotEmpty(client.Complaints);
        await fleet.Server.StartAgain();

        var meanwhile = await Task.WhenAll(during);
        await Task.WhenAll(talks.SelectMany((talk, i) => new[] { talk.Answered(before[i], Answered), talk.Answered(meanwhile[i], Answered) }));
        await fixture.Whole();
        Assert.Empty(client.Unexpected);
        Assert.Equal(processes, fleet.Silos.Select(silo => silo.ProcessId));
        Assert.Equal(evictions, await fleet.Evictions.Count());
    }
}
