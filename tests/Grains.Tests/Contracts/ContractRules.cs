using System.Reflection;
using System.Runtime.CompilerServices;

namespace FteAgent.Contracts;

/// <summary>
/// What a type must bear to cross a grain call between silos of two versions. Orleans needs some of it and analyses a part at compile
/// time; the stand-in keys its wire form by the rest. Each fault is a sentence.
/// </summary>
internal sealed class ContractRules
{
    private readonly HashSet<Type> seen = [];
    private readonly Dictionary<string, Type> aliases = [];
    private readonly List<string> faults = [];

    /// <summary>Those that cross: grain interfaces, with all that they are given and give; exceptions; what asks for a codec.</summary>
    public static bool Concern(Type type) => type.IsInterface
        ? typeof(IAddressable).IsAssignableFrom(type)
        : type.IsDefined(typeof(GenerateSerializerAttribute), inherit: false) || (typeof(Exception).IsAssignableFrom(type) && type.IsVisible);

    /// <summary>What is wrong with these, and how many types were met.</summary>
    public static (IReadOnlyList<string> Faults, int Types) Check(IEnumerable<Type> types)
    {
        var rules = new ContractRules();
        foreach (var type in types)
        {
            if (type.IsInterface)
                rules.Interface(type);
            else
                rules.Crosses(type);
        }

        return (rules.faults, rules.seen.Count);
    }

    private void Interface(Type type)
    {
        Alias(type);
        var names = new HashSet<string>(StringComparer.Ordinal);
        foreach (var method in type.GetMethods())
        {
            if (method.GetCustomAttribute<AliasAttribute>()?.Alias is not { } name)
                faults.Add($"{type.Name}.{method.Name} has no [Alias]: renaming it would part old silos from new.");
            else if (!names.Add(name))
                faults.Add($"{type.Name} has two methods with the alias '{name}'.");
            foreach (var parameter in method.GetParameters())
                Reach(parameter.ParameterType);
            Reach(method.ReturnType);
        }
    }

    private void Reach(Type type)
    {
        if (type.HasElementType)
            Reach(type.GetElementType()!);
        foreach (var argument in type.GetGenericArguments().Where(argument => !argument.IsGenericParameter))
            Reach(argument);
        var plain = type.IsGenericType ? type.GetGenericTypeDefinition() : type;
        if (IsOurs(plain) && !plain.IsEnum && !typeof(IAddressable).IsAssignableFrom(plain))
            Crosses(plain);
    }

    private void Crosses(Type type)
    {
        if (!seen.Add(type))
            return;
        if (!type.IsDefined(typeof(GenerateSerializerAttribute), inherit: false))
            faults.Add($"{type.Name} has no [GenerateSerializer].");
        Alias(type);
        var isException = typeof(Exception).IsAssignableFrom(type);
        if (!isException && !type.IsDefined(typeof(ImmutableAttribute), inherit: false))
            faults.Add($"{type.Name} has no [Immutable]: it would be copied at each call.");

        var ids = new Dictionary<uint, string>();
        foreach (var field in type.GetFields(BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly))
            Member(type, field, ids);
        foreach (var derived in type.Assembly.GetTypes().Where(other => other.BaseType == type))
            Crosses(derived);
    }

    private void Member(Type type, FieldInfo field, Dictionary<uint, string> ids)
    {
        if (field.IsDefined(typeof(NonSerializedAttribute)))
            return;
        // What a property keeps its value in bears the property's id.
        var name = field.IsDefined(typeof(CompilerGeneratedAttribute)) && field.Name is ['<', ..] ? field.Name[1..field.Name.IndexOf('>')] : field.Name;
        var member = (MemberInfo?)type.GetProperty(name, BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly) ?? field;
        if ((member.GetCustomAttribute<IdAttribute>() ?? field.GetCustomAttribute<IdAttribute>())?.Id is not { } id)
            faults.Add($"{type.Name}.{name} has no [Id]: it would not cross.");
        else if (!ids.TryAdd(id, name))
            faults.Add($"{type.Name}.{name} has the id {id} of {ids[id]}.");
        Reach(field.FieldType);
    }

    private void Alias(Type type)
    {
        if (type.GetCustomAttribute<AliasAttribute>(inherit: false)?.Alias is not { } alias)
            faults.Add($"{type.Name} has no [Alias]: renaming or moving it would part old silos from new.");
        else if (type.IsGenericTypeDefinition && !alias.EndsWith($"`{type.GetGenericArguments().Length}", StringComparison.Ordinal))
            faults.Add($"{type.Name} has the alias '{alias}': Orleans reads a generic type's alias only with its count of arguments behind it, as in 'name`1'.");
        else if (!aliases.TryAdd(alias, type) && aliases[alias] != type)
            faults.Add($"{type.Name} has the alias '{alias}' of {aliases[alias].Name}.");
    }

    private static bool IsOurs(Type type) => type.Assembly.GetName().Name!.StartsWith("FteAgent.", StringComparison.Ordinal);
}
