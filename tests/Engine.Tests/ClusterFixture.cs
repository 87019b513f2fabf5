using Orleans.TestingHost;

namespace FteAgent.Engine.Tests;

/// <summary>One silo for all tests that need nothing special of it; each takes grains of its own.</summary>
public sealed class ClusterFixture : IAsyncLifetime
{
    public InProcessTestCluster Cluster { get; } = new InProcessTestClusterBuilder().Build();

    public Task InitializeAsync() => Cluster.DeployAsync();

    public async Task DisposeAsync() => await Cluster.DisposeAsync();

    public T Grain<T>() where T : IGrainWithStringKey => Cluster.Client.GetGrain<T>(Guid.NewGuid().ToString("N"));
}

[CollectionDefinition(Name)]
public sealed class ClusterCollection : ICollectionFixture<ClusterFixture>
{
    public const string Name = "one silo";
}
