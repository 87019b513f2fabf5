using System.Collections.Concurrent;
using FteAgent.Engine.CodeGeneration;
using Orleans;
using Orleans.Runtime;

namespace FteAgent.Engine;

/// <summary>Makes references.</summary>
internal sealed class GrainReferenceFactory(GrainTypeMap types, Dispatcher dispatcher)
{
    private readonly ConcurrentDictionary<Type, ReferenceShared> _shared = new();

    public GrainReference Make(Type interfaceType, GrainId id)
    {
        var shared = Shared(interfaceType);
        return shared.Interface.Create(shared, id);
    }

    public GrainReference Make(Type interfaceType, IdSpan key, string? prefix) =>
        Make(interfaceType, new GrainId(types.ClassFor(interfaceType, prefix), key));

    private ReferenceShared Shared(Type interfaceType) =>
        _shared.TryGetValue(interfaceType, out var shared)
            ? shared
            : _shared.GetOrAdd(interfaceType, type => new(types.Interface(type), dispatcher, this));
}

/// <summary>Gives out references to grains, on a silo.</summary>
internal sealed class GrainClient(Silo silo) : IClusterClient
{
    public IServiceProvider ServiceProvider => silo.Services;

    public TGrainInterface GetGrain<TGrainInterface>(string primaryKey, string? grainClassNamePrefix = null)
        where TGrainInterface : IGrainWithStringKey
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(primaryKey);
        return (TGrainInterface)(object)silo.References.Make(typeof(TGrainInterface), IdSpan.Create(primaryKey), grainClassNamePrefix);
    }

    public TGrainInterface GetGrain<TGrainInterface>(long primaryKey, string? grainClassNamePrefix = null)
        where TGrainInterface : IGrainWithIntegerKey =>
        (TGrainInterface)(object)silo.References.Make(
            typeof(TGrainInterface), GrainIdKeyExtensions.CreateIntegerKey(primaryKey), grainClassNamePrefix);

    public TGrainInterface GetGrain<TGrainInterface>(GrainId grainId) where TGrainInterface : IAddressable =>
        (TGrainInterface)(object)silo.References.Make(typeof(TGrainInterface), grainId);

    public IGrain GetGrain(Type grainInterfaceType, string grainPrimaryKey)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(grainPrimaryKey);
        return (IGrain)silo.References.Make(grainInterfaceType, IdSpan.Create(grainPrimaryKey), prefix: null);
    }
}
