using System.Linq.Expressions;
using System.Reflection;
using FteAgent.Engine.CodeGeneration;
using Orleans;
using Orleans.Concurrency;
using Orleans.Configuration;
using Orleans.Runtime;
using Orleans.Serialization.Invocation;

namespace FteAgent.Engine;

/// <summary>A grain class, read once from its attributes.</summary>
internal sealed class GrainClass
{
    private const string ClassSuffix = "grain";

    public GrainClass(Type type, IEnumerable<GrainInterface> interfaces)
    {
        Type = type;
        Name = type.GetCustomAttribute<GrainTypeAttribute>() is { } named ? GrainType.Create(named.Name) : NameOf(type);

        // The most derived interface first: it can stand for the others.
        Interfaces = [.. interfaces.OrderByDescending(known => known.Type.GetInterfaces().Length).ThenBy(known => known.Type.FullName, StringComparer.Ordinal)];
        MayInterleave = RuleOf(type);
        MaxWorkers = type.GetCustomAttribute<StatelessWorkerAttribute>()?.MaxLocalWorkers ?? 0;
    }

    public Type Type { get; }

    public GrainType Name { get; }

    public GrainInterface[] Interfaces { get; }

    public Func<object, GrainRequest, bool>? MayInterleave { get; }

    /// <summary>For a class of stateless workers, how many activations of one grain a silo may have; else 0.</summary>
    public int MaxWorkers { get; }

    public TimeSpan CollectionAge(GrainCollectionOptions options)
    {
        if (Type.GetCustomAttribute<CollectionAgeLimitAttribute>() is { } limit) return limit.AlwaysActive ? TimeSpan.MaxValue : limit.AgeLimit;

        return options.ClassSpecificCollectionAge.TryGetValue(Type.FullName!, out var age) ? age : options.CollectionAge;
    }

    private static GrainType NameOf(Type type)
    {
        var name = type.Name.ToLowerInvariant();
        return GrainType.Create(name.Length > ClassSuffix.Length && name.EndsWith(ClassSuffix, StringComparison.Ordinal)
            ? name[..^ClassSuffix.Length]
            : name);
    }

    private static Func<object, GrainRequest, bool>? RuleOf(Type type)
    {
        if (type.IsDefined(typeof(ReentrantAttribute))) return static (_, _) => true;
        if (type.GetCustomAttribute<MayInterleaveAttribute>() is not { } rule) return null;

        var method = type.GetMethod(
            rule.CallbackMethodName,
            BindingFlags.Instance | BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.FlattenHierarchy,
            [typeof(IInvokable)]);
        if (method is null || method.ReturnType != typeof(bool))
            throw new InvalidOperationException($"{type} has [MayInterleave(\"{rule.CallbackMethodName}\")] but no method bool {rule.CallbackMethodName}(IInvokable).");

        var grain = Expression.Parameter(typeof(object));
        var request = Expression.Parameter(typeof(GrainRequest));
        var call = Expression.Call(method.IsStatic ? null : Expression.Convert(grain, type), method, request);
        return Expression.Lambda<Func<object, GrainRequest, bool>>(call, grain, request).Compile();
    }
}
