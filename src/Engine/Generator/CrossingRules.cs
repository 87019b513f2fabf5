using Microsoft.CodeAnalysis;

namespace FteAgent.Engine.Generator;

/// <summary>How a value of a type crosses a call.</summary>
internal enum Crossing
{
    /// <summary>As it is: nobody can change it.</summary>
    AsItIs,

    /// <summary>As a copy; where the type may be derived from, the value's own type decides when it crosses.</summary>
    Copied,

    /// <summary>Not at all: it has no codec.</summary>
    NotAtAll,
}

/// <summary>Says for each type how its values cross a call. The engine's FrameworkTypes is the same list, for values known only when they run.</summary>
internal static class CrossingRules
{
    private static readonly HashSet<string> ImmutableTypes =
    [
        "System.DateTimeOffset", "System.DateOnly", "System.TimeOnly", "System.TimeSpan", "System.Guid", "System.Half", "System.Int128",
        "System.UInt128", "System.Numerics.BigInteger", "System.Numerics.Complex", "System.Text.Rune", "System.Index", "System.Range",
        "System.Uri", "System.Version", "System.Net.IPAddress", "System.Net.IPEndPoint", "System.Threading.CancellationToken",
        "Orleans.Runtime.IdSpan", "Orleans.Runtime.GrainType", "Orleans.Runtime.GrainInterfaceType", "Orleans.Runtime.GrainId",
        "Orleans.Runtime.ActivationId", "Orleans.Runtime.GrainAddress", "Orleans.Runtime.SiloAddress",
    ];

    /// <summary>Generic types that are as immutable as their arguments.</summary>
    private static readonly HashSet<string> ImmutableContainers =
    [
        "System.Nullable", "System.ValueTuple", "System.Collections.Generic.KeyValuePair", "System.Collections.Immutable.ImmutableArray",
        "System.Collections.Immutable.ImmutableList", "System.Collections.Immutable.ImmutableHashSet", "System.Collections.Immutable.ImmutableDictionary",
        "System.Collections.Immutable.ImmutableSortedSet", "System.Collections.Immutable.ImmutableSortedDictionary",
    ];

    private static readonly HashSet<string> MutableContainers =
    [
        "System.Collections.Generic.List", "System.Collections.Generic.Dictionary", "System.Collections.Generic.HashSet",
        "System.Collections.Generic.Queue", "System.Collections.Generic.Stack",
    ];

    private const string ImmutableByPromise = "Orleans.Concurrency.Immutable";

    public static Crossing Of(ITypeSymbol type) => type switch
    {
        IArrayTypeSymbol array => array.IsSZArray && Of(array.ElementType) != Crossing.NotAtAll ? Crossing.Copied : Crossing.NotAtAll,
        ITypeParameterSymbol => Crossing.Copied,
        INamedTypeSymbol named => Of(named),
        _ => Crossing.NotAtAll,
    };

    private static Crossing Of(INamedTypeSymbol type)
    {
        if (type.TypeKind == TypeKind.Enum || IsPrimitive(type.SpecialType)) return Crossing.AsItIs;
        if (type.SpecialType == SpecialType.System_Object) return Crossing.Copied;

        var name = type.IsTupleType ? "System.ValueTuple" : type.SpecialType == SpecialType.System_Nullable_T ? "System.Nullable" : Names.Of(type.ConstructedFrom.OriginalDefinition);
        if (type.ConstructedFrom.SpecialType == SpecialType.System_Nullable_T) name = "System.Nullable";
        if (ImmutableTypes.Contains(name)) return Crossing.AsItIs;

        var arguments = type.TypeArguments.Select(Of).ToArray();
        if (arguments.Contains(Crossing.NotAtAll)) return Crossing.NotAtAll;
        if (name == ImmutableByPromise) return Crossing.AsItIs;
        if (ImmutableContainers.Contains(name)) return arguments.All(argument => argument == Crossing.AsItIs) ? Crossing.AsItIs : Crossing.Copied;
        if (MutableContainers.Contains(name)) return Crossing.Copied;
        if (IsException(type)) return Crossing.AsItIs;

        if (Names.Has(type, Names.GenerateSerializer))
            return Names.Has(type, Names.Immutable) && (type.IsSealed || type.IsValueType) ? Crossing.AsItIs : Crossing.Copied;

        // The value's own type decides.
        return type.TypeKind == TypeKind.Interface || type.IsAbstract ? Crossing.Copied : Crossing.NotAtAll;
    }

    private static bool IsPrimitive(SpecialType type) =>
        type is >= SpecialType.System_Boolean and <= SpecialType.System_String or SpecialType.System_DateTime or SpecialType.System_IntPtr or SpecialType.System_UIntPtr;

    public static bool IsException(ITypeSymbol type)
    {
        for (var current = type; current is not null; current = current.BaseType)
            if (Names.Of(current) == "System.Exception")
                return true;

        return false;
    }
}
