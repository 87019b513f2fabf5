using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Orleans;
using Orleans.Configuration;
using Orleans.Runtime;
using Orleans.Timers;

namespace FteAgent.Engine;

/// <summary>One silo: its parts. How it starts and stops is in <c>Silo.Life.cs</c>.</summary>
internal sealed partial class Silo : ILocalSiloDetails, IDisposable
{
    private readonly ClusterOptions _cluster;
    private readonly GrainTypeMap _types = new();
    private IIncomingGrainCallFilter[]? _incomingFilters;
    private IOutgoingGrainCallFilter[]? _outgoingFilters;
    private IdleCollector? _collector;

    public Silo(IServiceProvider services)
    {
        Services = services;
        Time = new(services);
        Logger = services.GetRequiredService<ILoggerFactory>().CreateLogger<Silo>();
        _cluster = services.GetRequiredService<IOptions<ClusterOptions>>().Value;
        CollectionOptions = services.GetRequiredService<IOptions<GrainCollectionOptions>>().Value;
        Name = services.GetRequiredService<IOptions<SiloOptions>>().Value.SiloName;

        Dispatcher = new(this, services.GetRequiredService<IOptions<SiloMessagingOptions>>().Value);
        References = new(_types, Dispatcher);
        Client = new(this);
        Catalog = new(this, _types);
        Timers = new(this);
        Runtime = new(this);

        var clustering = services.GetService<IClustering>() ?? Clustering.Of(this, _cluster.ClusterId);
        Cluster = new(this, clustering?.Membership
            ?? new SoleMembership(services.GetRequiredService<IOptions<EndpointOptions>>().Value.PublicSiloEndpoint, Name));
        if (clustering is not null) RemoteCalls = new(this, Cluster, clustering.Peers);
    }

    public string Name { get; }

    /// <summary>Where the silo listens, and which of its incarnations it is now: it changes when the silo joins again.</summary>
    public SiloAddress Address => Cluster.Incarnation.Address;

    public IServiceProvider Services { get; }

    public EngineTime Time { get; }

    public ILogger Logger { get; }

    public GrainCollectionOptions CollectionOptions { get; }

    public TimeSpan ActivationTimeout => CollectionOptions.ActivationTimeout;

    public TimeSpan DeactivationTimeout => CollectionOptions.DeactivationTimeout;

    public Cluster Cluster { get; }

    /// <summary>The ways to other silos; none for a silo that is alone.</summary>
    public RemoteCalls? RemoteCalls { get; }

    public Dispatcher Dispatcher { get; }

    public GrainReferenceFactory References { get; }

    public GrainClient Client { get; }

    public Catalog Catalog { get; }

    public TimerRegistry Timers { get; }

    public GrainRuntime Runtime { get; }

    public SiloStatus Status { get; private set; } = SiloStatus.Created;

    /// <summary>Asked for late: a filter may itself want a grain factory, which is made of this.</summary>
    public IIncomingGrainCallFilter[] IncomingFilters => _incomingFilters ??= [.. Services.GetServices<IIncomingGrainCallFilter>()];

    public IOutgoingGrainCallFilter[] OutgoingFilters => _outgoingFilters ??= [.. Services.GetServices<IOutgoingGrainCallFilter>()];

    string ILocalSiloDetails.Name => Name;

    string ILocalSiloDetails.ClusterId => _cluster.ClusterId;

    SiloAddress ILocalSiloDetails.SiloAddress => Address;

    public GrainInterfaceType InterfaceName(Type type) =>
        typeof(IAddressable).IsAssignableFrom(type) ? _types.Interface(type).Name : GrainInterfaceType.Create(type.FullName!);

    public void Dispose()
    {
        _collector?.Dispose();
        Dispatcher.Dispose();
    }
}

/// <summary>What a silo does for its grains.</summary>
internal sealed class GrainRuntime(Silo silo) : IGrainRuntime
{
    public string SiloIdentity => silo.Address.ToString();

    public SiloAddress SiloAddress => silo.Address;

    public IGrainFactory GrainFactory => silo.Client;

    public ITimerRegistry TimerRegistry => silo.Timers;

    public IServiceProvider ServiceProvider => silo.Services;

    public TimeProvider TimeProvider => silo.Time.Grains;

    public void DeactivateOnIdle(IGrainContext grainContext) => grainContext.Deactivate(
        new(DeactivationReasonCode.ApplicationRequested, $"{nameof(DeactivateOnIdle)} was called."));

    public void DelayDeactivation(IGrainContext grainContext, TimeSpan timeSpan) => ((Activation)grainContext).DelayDeactivation(timeSpan);
}
