using Microsoft.Extensions.Hosting;
using Orleans.Hosting;

namespace Orleans.TestingHost;

/// <summary>Configures a silo of a test cluster.</summary>
public interface ISiloConfigurator
{
    /// <summary>Configures it.</summary>
    void Configure(ISiloBuilder siloBuilder);
}

/// <summary>Configures the host of a silo of a test cluster.</summary>
public interface IHostConfigurator
{
    /// <summary>Configures it.</summary>
    void Configure(IHostBuilder hostBuilder);
}
