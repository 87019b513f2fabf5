using System.Collections.Immutable;
using System.Net;
using System.Numerics;
using System.Text;
using FteAgent.Engine.CodeGeneration;
using Orleans.Concurrency;
using Orleans.Runtime;

namespace FteAgent.Engine;

/// <summary>The types that may cross a call though no generator has seen them.</summary>
internal static class FrameworkTypes
{
    private static readonly HashSet<Type> Immutable =
    [
        typeof(string), typeof(decimal), typeof(DateTime), typeof(DateTimeOffset), typeof(DateOnly), typeof(TimeOnly), typeof(TimeSpan),
        typeof(Guid), typeof(Half), typeof(Int128), typeof(UInt128), typeof(BigInteger), typeof(Complex), typeof(Rune), typeof(Index), typeof(Range),
        typeof(Uri), typeof(Version), typeof(IPAddress), typeof(IPEndPoint), typeof(CancellationToken), typeof(Nothing),
        typeof(IdSpan), typeof(GrainType), typeof(GrainInterfaceType), typeof(GrainId), typeof(ActivationId), typeof(GrainAddress), typeof(SiloAddress),
    ];

    private static readonly Dictionary<Type, Type> Copiers = new()
    {
        [typeof(List<>)] = typeof(ListCopier<>),
        [typeof(Dictionary<,>)] = typeof(DictionaryCopier<,>),
        [typeof(HashSet<>)] = typeof(HashSetCopier<>),
        [typeof(Queue<>)] = typeof(QueueCopier<>),
        [typeof(Stack<>)] = typeof(StackCopier<>),
        [typeof(Nullable<>)] = typeof(NullableCopier<>),
        [typeof(KeyValuePair<,>)] = typeof(KeyValuePairCopier<,>),
        [typeof(ValueTuple<>)] = typeof(TupleCopier<>),
        [typeof(ValueTuple<,>)] = typeof(TupleCopier<,>),
        [typeof(ValueTuple<,,>)] = typeof(TupleCopier<,,>),
        [typeof(ValueTuple<,,,>)] = typeof(TupleCopier<,,,>),
        [typeof(ValueTuple<,,,,>)] = typeof(TupleCopier<,,,,>),
        [typeof(ImmutableArray<>)] = typeof(ImmutableArrayCopier<>),
        [typeof(ImmutableList<>)] = typeof(ImmutableListCopier<>),
        [typeof(ImmutableHashSet<>)] = typeof(ImmutableHashSetCopier<>),
        [typeof(ImmutableDictionary<,>)] = typeof(ImmutableDictionaryCopier<,>),
        [typeof(ImmutableSortedSet<>)] = typeof(ImmutableSortedSetCopier<>),
        [typeof(ImmutableSortedDictionary<,>)] = typeof(ImmutableSortedDictionaryCopier<,>),
        [typeof(Immutable<>)] = typeof(IdentityCopier<>),
    };

    /// <summary>The framework's constant addresses are of a private class of their own.</summary>
    public static bool IsImmutable(Type type) =>
        type.IsPrimitive || type.IsEnum || Immutable.Contains(type) || type.IsSubclassOf(typeof(IPAddress));

    public static Copier? CopierOf(Type type)
    {
        var definition = type.GetGenericTypeDefinition();
        if (!Copiers.TryGetValue(definition, out var copier)) return null;

        var arguments = definition == typeof(Immutable<>) ? [type] : type.GetGenericArguments();
        return (Copier)Activator.CreateInstance(copier.MakeGenericType(arguments))!;
    }
}
