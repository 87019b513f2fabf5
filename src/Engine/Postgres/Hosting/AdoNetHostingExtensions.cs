using FteAgent.Engine;
using FteAgent.Engine.Postgres;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Orleans.Configuration;

namespace Orleans.Hosting;

/// <summary>Makes silos find each other by a database.</summary>
public static class AdoNetHostingExtensions
{
    /// <summary>Makes silos find each other by a database.</summary>
    public static ISiloBuilder UseAdoNetClustering(this ISiloBuilder builder, Action<AdoNetClusteringSiloOptions> configureOptions) =>
        builder.UseAdoNetClustering(options => options.Configure(configureOptions));

    /// <summary>Makes silos find each other by a database.</summary>
    public static ISiloBuilder UseAdoNetClustering(this ISiloBuilder builder, Action<OptionsBuilder<AdoNetClusteringSiloOptions>> configureOptions)
    {
        configureOptions(builder.Services.AddOptions<AdoNetClusteringSiloOptions>());
        builder.Services.AddSingleton<IMembershipStore>(static provider =>
        {
            var options = provider.GetRequiredService<IOptions<AdoNetClusteringSiloOptions>>().Value;
            var connection = PostgresInvariant.Check(nameof(AdoNetClusteringSiloOptions), options.Invariant, options.ConnectionString);
            var cluster = provider.GetRequiredService<IOptions<ClusterOptions>>().Value;
            var clustering = provider.GetRequiredService<IOptions<ClusteringOptions>>().Value;
            return new PostgresMembershipStore(new(connection, cluster.ClusterId, clustering.RenewPeriod));
        });
        return builder;
    }
}
