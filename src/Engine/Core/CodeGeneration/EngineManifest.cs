using System.Buffers.Binary;
using System.ComponentModel;
using System.Security.Cryptography;
using System.Text;
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

    internal Dictionary<Type, Func<Codec>> Codecs { get; } = [];

    internal Dictionary<Type, Type> GenericCodecs { get; } = [];

    internal Dictionary<Type, string> Aliases { get; } = [];

    internal List<WireMethod> Methods { get; } = [];

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

    /// <summary>The name of a type on the wire. One that has no values of its own may still be the argument of another.</summary>
    public void AddAlias(Type type, string alias) => Aliases.Add(type, alias);

    /// <summary>A serializable type and its codec.</summary>
    public void AddCodec(Type type, Func<Codec> codec) => Codecs.Add(type, codec);

    /// <summary>A generic serializable type and its generic codec.</summary>
    public void AddGenericCodec(Type type, Type codec) => GenericCodecs.Add(type, codec);

    /// <summary>A method that can be called from another silo, by the aliases of its interface and of its own.</summary>
    public void AddMethod(string interfaceAlias, string methodAlias, Func<GrainRequest> create) =>
        Methods.Add(new(interfaceAlias, methodAlias, create));
}

/// <summary>A method as the generator describes it.</summary>
internal sealed record WireMethod(string InterfaceAlias, string MethodAlias, Func<GrainRequest> Create)
{
    /// <summary>
    /// What a call names it by. Eight bytes of a hash are as long as a short name, say the same on every silo, and need
    /// no agreement between two silos that connect; that no two methods share one is checked where they are collected.
    /// </summary>
    public static ulong KeyOf(string interfaceAlias, string methodAlias) =>
        BinaryPrimitives.ReadUInt64LittleEndian(SHA256.HashData(Encoding.UTF8.GetBytes($"{interfaceAlias}\n{methodAlias}")));
}

/// <summary>A grain interface as the generator describes it.</summary>
internal sealed record GrainInterface(Type Type, GrainInterfaceType Name, Func<ReferenceShared, GrainId, GrainReference> Create);
