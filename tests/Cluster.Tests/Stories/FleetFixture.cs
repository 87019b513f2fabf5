using FteAgent.Cluster.Load;
using FteAgent.Cluster.Silos;

namespace FteAgent.Cluster.Stories;

/// <summary>One fleet of three for all stories that leave it whole.</summary>
public sealed class FleetFixture : IAsyncLifetime
{
    private static readonly TimeSpan ReadyWithin = TimeSpan.FromSeconds(60);
    private int talks;

    internal Fleet Fleet { get; private set; } = null!;

    internal Balancer Balancer { get; private set; } = null!;

    /// <summary>How long the stub model takes in stories.</summary>
    internal static TimeSpan ModelTakes { get; } = TimeSpan.FromMilliseconds(500);

    public async Task InitializeAsync()
    {
        Fleet = await Fleet.Start(new() { ModelTakes = ModelTakes, Heard = Log.Lines });
        Balancer = new(() => Fleet.Silos);
        await Whole();
    }

    public async Task DisposeAsync()
    {
        await Balancer.DisposeAsync();
        await Fleet.DisposeAsync();
    }

    /// <summary>Begins a story: every link is whole, every silo runs and is ready.</summary>
    internal async Task Whole()
    {
        Fleet.Network.HealAll();
        foreach (var silo in Fleet.Silos.Where(silo => silo.State is SiloState.Down))
            await silo.Start();
        if (!await Fleet.AllReady(Balancer, ReadyWithin))
            Assert.Fail("The fleet is not ready:\n" + string.Join("\n\n", Fleet.Silos.Select(silo => $"{silo.Name}:\n{silo.Output}")));
    }

    /// <summary>Conversations of customers that no other story knows.</summary>
    internal Talk[] Talks(FleetClient client, int count) =>
        [.. Enumerable.Range(0, count).Select(_ => new Talk(10_000 + talks++, client, Fleet.Database.Url))];
}

[CollectionDefinition(nameof(FleetFixture))]
public sealed class FleetOfThree : ICollectionFixture<FleetFixture>;
