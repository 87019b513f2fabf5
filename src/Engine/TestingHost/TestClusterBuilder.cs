using Microsoft.Extensions.Configuration;

namespace Orleans.TestingHost;

/// <summary>Builds a test cluster that is configured by classes.</summary>
public class TestClusterBuilder
{
    private readonly List<Action<IConfigurationBuilder>> _configureHostConfiguration = [];
    private readonly List<Action> _configureBuilder = [];

    /// <summary>For a cluster of two silos.</summary>
    public TestClusterBuilder() : this(2)
    {
    }

    /// <summary>For a cluster of this many silos.</summary>
    public TestClusterBuilder(short initialSilosCount) => Options = new()
    {
        InitialSilosCount = initialSilosCount,
        ClusterId = CreateClusterId(),
        ServiceId = Guid.NewGuid().ToString("N"),
    };

    /// <summary>What the cluster will be made of.</summary>
    public TestClusterOptions Options { get; }

    /// <summary>Settings that the silos' configuration holds.</summary>
    public Dictionary<string, string?> Properties { get; } = [];

    /// <summary>A new, unique cluster id.</summary>
    public static string CreateClusterId() => $"testcluster-{Guid.NewGuid():N}";

    /// <summary>Has a class configure each silo.</summary>
    public TestClusterBuilder AddSiloBuilderConfigurator<T>() where T : new()
    {
        if (!typeof(ISiloConfigurator).IsAssignableFrom(typeof(T)) && !typeof(IHostConfigurator).IsAssignableFrom(typeof(T)))
            throw new ArgumentException($"{typeof(T)} is neither an {nameof(ISiloConfigurator)} nor an {nameof(IHostConfigurator)}.");

        Options.SiloBuilderConfiguratorTypes.Add(typeof(T).AssemblyQualifiedName);
        return this;
    }

    /// <summary>Runs when the cluster is built.</summary>
    public TestClusterBuilder ConfigureBuilder(Action configureDelegate)
    {
        ArgumentNullException.ThrowIfNull(configureDelegate);
        _configureBuilder.Add(configureDelegate);
        return this;
    }

    /// <summary>Adds to the configuration of the silos.</summary>
    public TestClusterBuilder ConfigureHostConfiguration(Action<IConfigurationBuilder> configureDelegate)
    {
        ArgumentNullException.ThrowIfNull(configureDelegate);
        _configureHostConfiguration.Add(configureDelegate);
        return this;
    }

    /// <summary>Builds the cluster, to be deployed.</summary>
    public TestCluster Build()
    {
        foreach (var configure in _configureBuilder) configure();

        var configuration = new ConfigurationBuilder().AddInMemoryCollection(Properties);
        foreach (var configure in _configureHostConfiguration) configure(configuration);
        return new(Options, [.. configuration.Sources]);
    }
}

/// <summary>What a test cluster is made of.</summary>
public class TestClusterOptions
{
    /// <summary>The cluster.</summary>
    public string ClusterId { get; set; } = "";

    /// <summary>The service.</summary>
    public string ServiceId { get; set; } = "";

    /// <summary>How many silos it begins with.</summary>
    public short InitialSilosCount { get; set; }

    /// <summary>The names of the classes that configure each silo, in order.</summary>
    public List<string?> SiloBuilderConfiguratorTypes { get; } = [];
}
