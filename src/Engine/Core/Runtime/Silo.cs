using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Orleans;
using Orleans.Configuration;
using Orleans.Runtime;
using Orleans.Timers;

namespace FteAgent.Engine;

/// <summary>One silo: its parts, and how they start and stop.</summary>
internal sealed class Silo : ILocalSiloDetails, IDisposable
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

        // Seconds since 2022: a silo that restarts on the same port is told from the one before.
        var generation = (int)(TimeProvider.System.GetUtcNow() - new DateTimeOffset(2022, 1, 1, 0, 0, 0, TimeSpan.Zero)).TotalSeconds;
        Address = SiloAddress.New(IPAddress.Loopback, services.GetRequiredService<IOptions<EndpointOptions>>().Value.SiloPort, generation);

        Dispatcher = new(this, services.GetRequiredService<IOptions<SiloMessagingOptions>>().Value, new SingleSiloLocator(Address));
        References = new(_types, Dispatcher);
        Client = new(this);
        Catalog = new(this, _types);
        Timers = new(this);
        Runtime = new(this);
    }

    public string Name { get; }

    public SiloAddress Address { get; }

    public IServiceProvider Services { get; }

    public EngineTime Time { get; }

    public ILogger Logger { get; }

    public GrainCollectionOptions CollectionOptions { get; }

    public TimeSpan ActivationTimeout => CollectionOptions.ActivationTimeout;

    public TimeSpan DeactivationTimeout => CollectionOptions.DeactivationTimeout;

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

    public void Start()
    {
        _collector = new(this, CollectionOptions.CollectionQuantum);
        Dispatcher.Open();
        Status = SiloStatus.Active;
        Log.Started(Logger, Name, _cluster.ClusterId, _cluster.ServiceId);
    }

    /// <summary>Lets every running call finish and every activation end, then refuses what is left.</summary>
    public async Task Stop(CancellationToken cancellationToken)
    {
        if (Status is not SiloStatus.Active) return;

        Status = SiloStatus.ShuttingDown;
        _collector?.Dispose();
        Dispatcher.CloseToOutside();
        try
        {
            await Catalog.DeactivateAll(new(DeactivationReasonCode.ShuttingDown, "The silo is stopping."), cancellationToken);
        }
        catch (OperationCanceledException)
        {
            // Out of time: what still runs is abandoned, and its callers are told below.
        }

        Dispatcher.Close();
        Status = SiloStatus.Dead;
        Log.Stopped(Logger, Name, Catalog.Count);
    }

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
