using Microsoft.CodeAnalysis;

namespace FteAgent.Engine.Generator;

/// <summary>Reads grain interfaces.</summary>
internal static class InterfaceReader
{
    private static readonly Dictionary<string, int> Options = new()
    {
        ["Orleans.Concurrency.OneWayAttribute"] = 1,
        ["Orleans.Concurrency.ReadOnlyAttribute"] = 2,
        ["Orleans.Concurrency.AlwaysInterleaveAttribute"] = 4,
    };

    private static readonly HashSet<string> Markers =
    [
        "Orleans.IGrain", "Orleans.IGrainWithStringKey", "Orleans.IGrainWithIntegerKey", "Orleans.IGrainWithGuidKey",
        "Orleans.IGrainWithGuidCompoundKey", "Orleans.IGrainWithIntegerCompoundKey", "Orleans.IGrainObserver", "Orleans.ISystemTarget",
    ];

    public static bool IsGrainInterface(INamedTypeSymbol type) =>
        type.TypeKind == TypeKind.Interface && Names.Implements(type, Names.IAddressable) && !Markers.Contains(Names.Of(type));

    public static Found<InterfaceModel> Read(INamedTypeSymbol type)
    {
        var problems = new List<Problem>();
        if (!Names.IsReachable(type) || type.IsGenericType)
        {
            problems.Add(Problem.At(type, Faults.NotAccessible, type.Name));
            return new(null, new(problems));
        }

        if (Names.ArgumentOf(type, Names.Alias) is not string) problems.Add(Problem.At(type, Faults.NoAlias, type.Name));

        var methods = new List<MethodModel>();
        var aliases = new Dictionary<string, IMethodSymbol>();
        foreach (var member in type.AllInterfaces.Prepend(type).SelectMany(source => source.GetMembers()).Where(member => member is { IsStatic: false, IsAbstract: true }))
        {
            if (member is IMethodSymbol { MethodKind: MethodKind.Ordinary } method)
            {
                if (SymbolEqualityComparer.Default.Equals(method.ContainingType, type)) CheckAlias(method, aliases, problems);
                methods.Add(Read(method, problems));
            }
            else if (member is IPropertySymbol or IEventSymbol)
                problems.Add(Problem.At(member, Faults.MethodShape, member.Name, "a grain interface has methods only"));
        }

        return new(new(Names.InCode(type), AliasOf(type), Names.Identifier(type), new(methods)), new(problems));
    }

    private static string AliasOf(INamedTypeSymbol type) => Names.ArgumentOf(type, Names.Alias) as string ?? Names.Of(type);

    private static void CheckAlias(IMethodSymbol method, Dictionary<string, IMethodSymbol> aliases, List<Problem> problems)
    {
        if (Names.ArgumentOf(method, Names.Alias) is not string alias)
            problems.Add(Problem.At(method, Faults.NoAlias, $"{method.ContainingType.Name}.{method.Name}"));
        else if (aliases.TryGetValue(alias, out var other))
            problems.Add(Problem.At(method, Faults.DuplicateAlias, method.ToDisplayString(), other.ToDisplayString(), alias));
        else
            aliases.Add(alias, method);
    }

    private static MethodModel Read(IMethodSymbol method, List<Problem> problems)
    {
        if (method.IsGenericMethod) problems.Add(Problem.At(method, Faults.MethodShape, method.Name, "generic methods are not in the subset"));
        if (method.Parameters.Any(parameter => parameter.RefKind != RefKind.None))
            problems.Add(Problem.At(method, Faults.MethodShape, method.Name, "arguments cross by value, never by reference"));
        if (method.Parameters.Count(parameter => Names.Of(parameter.Type) == Names.CancellationToken) > 1)
            problems.Add(Problem.At(method, Faults.MethodShape, method.Name, "it can take one cancellation token"));

        var kind = KindOf(method.ReturnType);
        if (kind is null) problems.Add(Problem.At(method, Faults.MethodShape, method.Name, "it must return Task, ValueTask or void"));
        var result = kind is ReturnKind.TaskOfResult or ReturnKind.ValueTaskOfResult ? ((INamedTypeSymbol)method.ReturnType).TypeArguments[0] : null;

        var options = method.GetAttributes().Sum(attribute => attribute.AttributeClass is { } known && Options.TryGetValue(Names.Of(known), out var option) ? option : 0);
        if ((options & 1) != 0 && result is not null)
            problems.Add(Problem.At(method, Faults.MethodShape, method.Name, "a [OneWay] method has no result"));
        if (kind == ReturnKind.Void) options |= 1;

        return new(
            Names.InCode(method.ContainingType), AliasOf(method.ContainingType), method.Name, Names.ArgumentOf(method, Names.Alias) as string ?? method.Name, kind ?? ReturnKind.Task, Names.InCode(method.ReturnType),
            result is null ? null : Names.InCode(result),
            result is not null && !method.GetReturnTypeAttributes().Any(attribute => Names.Is(attribute, Names.Immutable)) && IsCopied(result, method, problems),
            new(method.Parameters.Select(parameter => Read(parameter, method, problems))),
            options, Names.ArgumentOf(method, Names.ResponseTimeout) as string);
    }

    private static ParameterModel Read(IParameterSymbol parameter, IMethodSymbol method, List<Problem> problems)
    {
        var isToken = Names.Of(parameter.Type) == Names.CancellationToken;
        var isCopied = IsCopied(parameter.Type, method, problems);
        return new(Names.InCode(parameter.Type), isToken, isCopied && !Names.Has(parameter, Names.Immutable));
    }

    private static bool IsCopied(ITypeSymbol type, IMethodSymbol method, List<Problem> problems)
    {
        var crossing = CrossingRules.Of(type);
        if (crossing == Crossing.NotAtAll)
            problems.Add(Problem.At(method, Faults.NoCodec, type.ToDisplayString(), $"{method.ContainingType.Name}.{method.Name}"));
        return crossing == Crossing.Copied;
    }

    private static ReturnKind? KindOf(ITypeSymbol type) => (Names.Of(type), ((type as INamedTypeSymbol)?.Arity ?? 0)) switch
    {
        _ when type.SpecialType == SpecialType.System_Void => ReturnKind.Void,
        ("System.Threading.Tasks.Task", 0) => ReturnKind.Task,
        ("System.Threading.Tasks.Task", 1) => ReturnKind.TaskOfResult,
        ("System.Threading.Tasks.ValueTask", 0) => ReturnKind.ValueTask,
        ("System.Threading.Tasks.ValueTask", 1) => ReturnKind.ValueTaskOfResult,
        _ => null,
    };
}
