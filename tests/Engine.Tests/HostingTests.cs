using FteAgent.Engine.Tests.Grains;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Orleans.Configuration;
using Orleans.TestingHost;

namespace FteAgent.Engine.Tests;

public sealed class HostingTests
{
    [Fact]
    public async Task A_hosted_service_added_after_UseOrleans_can_call_grains_when_it_starts_and_when_it_stops()
    {
        var builder = Host.CreateApplicationBuilder();
        builder.UseOrleans(silo => silo.UseLocalhostClustering(clusterId: "c1"));
        builder.Services.AddSingleton<Caller>().AddHostedService(services => services.GetRequiredService<Caller>());
        using var host = builder.Build();
        await host.StartAsync();
        await host.StopAsync();

        Assert.Equal([1, 2], host.Services.GetRequiredService<Caller>().Sums);
        Assert.Equal("c1", host.Services.GetRequiredService<ILocalSiloDetails>().ClusterId);
    }

    [Fact]
    public async Task A_call_before_the_silo_has_started_says_what_is_wrong()
    {
        using var host = new HostBuilder().UseOrleans(silo => silo.UseLocalhostClustering()).Build();
        var counter = host.Services.GetRequiredService<IGrainFactory>().GetGrain<ICounterGrain>("a");

        var failure = await Assert.ThrowsAsync<SiloUnavailableException>(() => counter.Add(1));
        Assert.Contains("UseOrleans", failure.Message);
    }

    [Fact]
    public async Task A_test_cluster_is_configured_by_classes()
    {
        var builder = new TestClusterBuilder(1);
        builder.Properties["greeting"] = "hello";
        builder.AddSiloBuilderConfigurator<Configurator>();
        await using var cluster = builder.Build();
        await cluster.DeployAsync();

        Assert.Equal(1, await cluster.GrainFactory.GetGrain<ICounterGrain>("a").Add(1));
        Assert.Equal("hello", cluster.GetSiloServiceProvider().GetRequiredService<Greeting>().Text);
    }

    [Fact]
    public async Task The_management_grain_counts_activations()
    {
        await using var cluster = new InProcessTestClusterBuilder().Build();
        await cluster.DeployAsync();
        for (var n = 0; n < 3; n++) await cluster.Client.GetGrain<ICounterGrain>($"{n}").Add(1);
        var management = cluster.Client.GetGrain<IManagementGrain>(0);

        Assert.Equal(4, await management.GetTotalActivationCount());
        Assert.Contains(await management.GetSimpleGrainStatistics(), count => count.GrainType == typeof(CounterGrain).FullName && count.ActivationCount == 3);
        Assert.Equal(SiloStatus.Active, Assert.Single(await management.GetHosts()).Value);

        await management.ForceActivationCollection(TimeSpan.Zero);
        Assert.Equal(1, await management.GetTotalActivationCount());
    }

    [Fact]
    public void An_interface_that_several_classes_implement_needs_a_name()
    {
        using var host = new HostBuilder().UseOrleans(silo => silo.Configure<ClusterOptions>(_ => { })).Build();
        var grains = host.Services.GetRequiredService<IGrainFactory>();

        Assert.Contains("Candidates", Assert.Throws<ArgumentException>(() => grains.GetGrain<ISharedGrain>("a")).Message);
        Assert.Equal("shared-two/a", grains.GetGrain<ISharedGrain>("a", typeof(SharedTwo).FullName).GetGrainId().ToString());
        Assert.Contains("Could not find an implementation", Assert.Throws<ArgumentException>(() => grains.GetGrain<IOrphanGrain>("a")).Message);
    }

    private sealed class Caller(IGrainFactory grains) : IHostedService
    {
        public List<int> Sums { get; } = [];

        public Task StartAsync(CancellationToken cancellationToken) => Call();

        public Task StopAsync(CancellationToken cancellationToken) => Call();

        private async Task Call() => Sums.Add(await grains.GetGrain<ICounterGrain>("a").Add(1));
    }

    private sealed record Greeting(string? Text);

    private sealed class Configurator : ISiloConfigurator
    {
        public void Configure(ISiloBuilder siloBuilder) => siloBuilder.Services.AddSingleton(new Greeting(siloBuilder.Configuration["greeting"]));
    }
}

[Alias("test.ISharedGrain")]
public interface ISharedGrain : IGrainWithStringKey
{
    [Alias("Nothing")]
    Task Nothing();
}

[Alias("test.IOrphanGrain")]
public interface IOrphanGrain : IGrainWithStringKey
{
    [Alias("Nothing")]
    Task Nothing();
}

public sealed class SharedOne : Grain, ISharedGrain
{
    public Task Nothing() => Task.CompletedTask;
}

[GrainType("shared-two")]
public sealed class SharedTwo : Grain, ISharedGrain
{
    public Task Nothing() => Task.CompletedTask;
}
