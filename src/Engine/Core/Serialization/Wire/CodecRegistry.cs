using System.Collections.Concurrent;
using System.Reflection;
using FteAgent.Engine.CodeGeneration;
using Orleans.Serialization;

namespace FteAgent.Engine;

/// <summary>
/// Finds the codec of a type: the engine's own for the framework's types, else the one generated in the type's assembly.
/// </summary>
internal static class CodecRegistry
{
    private static readonly ConcurrentDictionary<Type, Codec> ByType = new();

    /// <summary>The codec for a value by its very type.</summary>
    public static Codec Of(Type type) =>
        ByType.TryGetValue(type, out var codec) ? codec : ByType.GetOrAdd(type, static missing => Find(missing) ?? throw NotFound(missing));

    public static bool Has(Type type) => ByType.ContainsKey(type) || Find(type) is not null;

    public static Codec? Find(Type type)
    {
        if (FrameworkCodecs.Find(type) is { } own) return own;
        if (Generated(type) is { } generated) return generated;
        if (type.IsEnum) return Make(typeof(EnumCodec<>), type);

        return type.IsSZArray ? Make(typeof(ArrayCodec<>), type.GetElementType()!) : null;
    }

    public static Codec Make(Type codec, params Type[] arguments) =>
        (Codec)Activator.CreateInstance(arguments.Length == 0 ? codec : codec.MakeGenericType(arguments), nonPublic: true)!;

    public static CodecNotFoundException NotFound(Type type) => new(
        $"Could not find a codec for type {type}. A type that crosses a grain call carries [GenerateSerializer], in a project that sets <UsesGrains>.");

    private static Codec? Generated(Type type)
    {
        if (Manifests.Of(type.Assembly) is not { } manifest) return null;
        if (manifest.Codecs.TryGetValue(type, out var make)) return make();

        return type.IsGenericType && manifest.GenericCodecs.TryGetValue(type.GetGenericTypeDefinition(), out var codec)
            ? Make(codec, type.GetGenericArguments())
            : null;
    }
}

/// <summary>What the generator made for each assembly, read once.</summary>
internal static class Manifests
{
    private static readonly ConcurrentDictionary<Assembly, ManifestBuilder?> ByAssembly = new();

    public static ManifestBuilder? Of(Assembly assembly) => ByAssembly.GetOrAdd(assembly, Read);

    private static ManifestBuilder? Read(Assembly assembly)
    {
        if (assembly.GetCustomAttribute<EngineManifestAttribute>() is not { } pointer) return null;

        var builder = new ManifestBuilder();
        ((EngineManifest)Activator.CreateInstance(pointer.Manifest)!).Describe(builder);
        return builder;
    }
}
