using System.Collections.Concurrent;
using FteAgent.Engine.CodeGeneration;
using Orleans.Serialization;

namespace FteAgent.Engine;

/// <summary>
/// Finds the copier of a type: the engine's own for the framework's types, else the one generated in the type's
/// assembly. A type that has none may not cross a call, although on one silo nothing would keep it from doing so.
/// </summary>
internal static class CopierRegistry
{
    private static readonly ConcurrentDictionary<Type, Copier> ByRuntimeType = new();

    /// <summary>The copier for a value by its very type.</summary>
    public static Copier Of(Type type) =>
        ByRuntimeType.TryGetValue(type, out var copier)
            ? copier
            : ByRuntimeType.GetOrAdd(type, static missing => Find(missing) ?? throw NotFound(missing));

    public static Copier? Find(Type type)
    {
        if (FrameworkTypes.IsImmutable(type) || typeof(Exception).IsAssignableFrom(type)) return Identity(type);
        if (Generated(type) is { } generated) return generated;
        if (type.IsArray) return type.IsSZArray ? Make(typeof(ArrayCopier<>), type.GetElementType()!) : null;

        return type.IsGenericType ? FrameworkTypes.CopierOf(type) : null;
    }

    public static CodecNotFoundException NotFound(Type type) => new(
        $"Could not find a copier for type {type}. A type that crosses a grain call carries [GenerateSerializer], in a project that sets <UsesGrains>.");

    private static Copier? Generated(Type type)
    {
        if (Manifests.Of(type.Assembly) is not { } manifest) return null;
        if (manifest.Copiers.TryGetValue(type, out var make)) return make();

        var definition = type.IsGenericType ? type.GetGenericTypeDefinition() : type;
        if (manifest.ImmutableTypes.Contains(definition)) return Identity(type);

        return manifest.GenericCopiers.TryGetValue(definition, out var copier) ? Make(copier, type.GetGenericArguments()) : null;
    }

    private static Copier Identity(Type type) => Make(typeof(IdentityCopier<>), type);

    private static Copier Make(Type copier, params Type[] arguments) =>
        (Copier)Activator.CreateInstance(copier.MakeGenericType(arguments), nonPublic: true)!;
}

/// <summary>Values that nobody can change.</summary>
internal sealed class IdentityCopier<T> : Copier<T>
{
    internal override bool IsIdentity => true;

    public override T Copy(T value, CopyContext context) => value;
}
