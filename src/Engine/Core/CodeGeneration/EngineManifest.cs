using System.ComponentModel;
using Orleans.Runtime;

namespace FteAgent.Engine.CodeGeneration;

/// <summary>Points from an assembly to what the generator made for it.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
[AttributeUsage(AttributeTargets.Assembly)]
public sealed class EngineManifestAttribute(Type manifest) : Attribute
{
    /// <summary>A class that derives from <see cref="EngineManifest"/>.</summary>
    public Type Manifest { get; } = manifest;
}

/// <summary>What the generator made for one assembly.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public abstract class EngineManifest
{
    /// <summary>Tells it all to the builder.</summary>
    public abstract void Describe(ManifestBuilder builder);
}

/// <summary>Collects what the generator made for one assembly.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed class ManifestBuilder
{
    internal ManifestBuilder()
    {
    }

    internal List<GrainInterface> Interfaces { get; } = [];

    internal List<Type> GrainClasses { get; } = [];

    internal Dictionary<Type, Func<Copier>> Copiers { get; } = [];

    internal Dictionary<Type, Type> GenericCopiers { get; } = [];

    internal HashSet<Type> ImmutableTypes { get; } = [];

    /// <summary>A grain interface, and how to make a reference by it.</summary>
    public void AddInterface(Type type, string name, Func<ReferenceShared, GrainId, GrainReference> create) =>
        Interfaces.Add(new(type, GrainInterfaceType.Create(name), create));

    /// <summary>A grain class.</summary>
    public void AddGrainClass(Type type) => GrainClasses.Add(type);

    /// <summary>A serializable type and its copier.</summary>
    public void AddCopier(Type type, Func<Copier> copier) => Copiers.Add(type, copier);

    /// <summary>A generic serializable type and its generic copier.</summary>
    public void AddGenericCopier(Type type, Type copier) => GenericCopiers.Add(type, copier);

    /// <summary>A serializable type that need not be copied.</summary>
    public void AddImmutable(Type type) => ImmutableTypes.Add(type);
}

/// <summary>A grain interface as the generator describes it.</summary>
internal sealed record GrainInterface(Type Type, GrainInterfaceType Name, Func<ReferenceShared, GrainId, GrainReference> Create);
