using FteAgent.Engine.CodeGeneration;
using Microsoft.Extensions.DependencyInjection;
using Orleans.Runtime;

namespace FteAgent.Engine;

/// <summary>What all activations of one grain class on one silo share.</summary>
internal sealed class ActivationShared
{
    private readonly ObjectFactory _create;
    private readonly StateParameter[] _states;
    private readonly bool _needsServices;

    public ActivationShared(GrainClass grainClass, Silo silo)
    {
        (Class, Silo) = (grainClass, silo);
        CollectionAge = grainClass.CollectionAge(silo.CollectionOptions);
        MayInterleave = grainClass.MayInterleave;
        _states = StateParameter.Of(grainClass.Type);
        _create = ActivatorUtilities.CreateFactory(grainClass.Type, [.. _states.Select(static state => state.Type)]);
        _needsServices = grainClass.Type.GetConstructors().Any(constructor => constructor.GetParameters().Length > 0);
    }

    public GrainClass Class { get; }

    public Silo Silo { get; }

    /// <summary>Whether its grains are on every silo, and on each as often as they are needed.</summary>
    public bool IsStateless => Class.MaxWorkers > 0;

    /// <summary>Nobody having called for this long, an activation ends.</summary>
    public TimeSpan CollectionAge { get; }

    /// <summary>The class's own rule, if it has one, of which calls may run together.</summary>
    public Func<object, GrainRequest, bool>? MayInterleave { get; }

    public object CreateInstance(Activation activation) =>
        _create(
            _needsServices ? activation.ActivationServices : Silo.Services,
            _states.Length == 0 ? [] : [.. _states.Select(state => state.Make(activation))]);

    public GrainReference MakeReference(GrainId id) =>
        Class.Interfaces is [var first, ..]
            ? Silo.References.Make(first.Type, id)
            : throw new InvalidOperationException($"{Class.Type} implements no grain interface.");
}
