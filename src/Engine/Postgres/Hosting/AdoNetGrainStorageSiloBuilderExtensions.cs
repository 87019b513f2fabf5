using FteAgent.Engine;
using FteAgent.Engine.Postgres;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Orleans.Configuration;

namespace Orleans.Hosting;

/// <summary>Keeps the states of grains in a database.</summary>
public static class AdoNetGrainStorageSiloBuilderExtensions
{
    /// <summary>Keeps states in a database where a grain names no storage.</summary>
    public static ISiloBuilder AddAdoNetGrainStorageAsDefault(this ISiloBuilder builder, Action<AdoNetGrainStorageOptions> configureOptions) =>
        builder.AddAdoNetGrainStorage(RowGrainStorage.DefaultName, configureOptions);

    /// <summary>Keeps states in a database under this name.</summary>
    public static ISiloBuilder AddAdoNetGrainStorage(this ISiloBuilder builder, string name, Action<AdoNetGrainStorageOptions> configureOptions) =>
        builder.AddAdoNetGrainStorage(name, options => options.Configure(configureOptions));

    /// <summary>Keeps states in a database where a grain names no storage.</summary>
    public static ISiloBuilder AddAdoNetGrainStorageAsDefault(this ISiloBuilder builder, Action<OptionsBuilder<AdoNetGrainStorageOptions>>? configureOptions = null) =>
        builder.AddAdoNetGrainStorage(RowGrainStorage.DefaultName, configureOptions);

    /// <summary>Keeps states in a database under this name.</summary>
    public static ISiloBuilder AddAdoNetGrainStorage(
        this ISiloBuilder builder, string name, Action<OptionsBuilder<AdoNetGrainStorageOptions>>? configureOptions = null)
    {
        configureOptions?.Invoke(builder.Services.AddOptions<AdoNetGrainStorageOptions>(name));
        RowGrainStorage.AddTo(builder.Services, name, static (provider, storage) =>
        {
            var options = provider.GetRequiredService<IOptionsMonitor<AdoNetGrainStorageOptions>>().Get(storage);
            var connection = PostgresInvariant.Check(nameof(AdoNetGrainStorageOptions), options.Invariant, options.ConnectionString);
            var service = provider.GetRequiredService<IOptions<ClusterOptions>>().Value.ServiceId;
            return new PostgresStateRows(PlainTypes.Source(new(connection)), service, storage);
        });
        return builder;
    }
}
