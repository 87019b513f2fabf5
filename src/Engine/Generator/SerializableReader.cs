using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace FteAgent.Engine.Generator;

/// <summary>Reads types with [GenerateSerializer].</summary>
internal static class SerializableReader
{
    /// <summary>Ids above are those of a record's parameters without one of their own, by their place.</summary>
    private const uint LargestId = 1023;

    private const string NonSerialized = "System.NonSerializedAttribute";

    public static Found<SerializableModel> Read(INamedTypeSymbol type)
    {
        var problems = new List<Problem>();
        if (type.TypeKind == TypeKind.Enum) return new(null, new(problems));

        if (!Names.IsReachable(type))
        {
            problems.Add(Problem.At(type, Faults.NotAccessible, type.Name));
            return new(null, new(problems));
        }

        var alias = Names.ArgumentOf(type, Names.Alias) as string;
        if (alias is null) problems.Add(Problem.At(type, Faults.NoAlias, type.Name));

        var members = new List<MemberModel>();
        var levels = 0;
        for (var current = type; current is not null && Names.Has(current, Names.GenerateSerializer); current = current.BaseType)
            members.AddRange(MembersOf(current, levels++, problems));

        return new(
            new(
                Names.InCode(type), OpenName(type), Names.Identifier(type), type.Arity,
                type.Arity == 0 ? "" : $"<{string.Join(", ", type.TypeParameters.Select(parameter => parameter.Name))}>",
                string.Concat(type.TypeParameters.Select(Constraint)),
                Names.Has(type, Names.Immutable), type.IsAbstract, type.IsValueType, HasConstructor(type),
                CrossingRules.IsException(type), alias ?? Names.Of(type), levels, new(members)),
            new(problems));
    }

    /// <summary>An enumeration, if it has an alias: then it may be passed as an object.</summary>
    public static EnumModel? ReadEnum(INamedTypeSymbol type) =>
        type.TypeKind == TypeKind.Enum && Names.IsReachable(type) && Names.ArgumentOf(type, Names.Alias) is string alias ? new(Names.InCode(type), alias) : null;

    public static AliasModel? ReadAlias(INamedTypeSymbol type) =>
        Names.ArgumentOf(type, Names.Alias) is string alias ? new(alias, type.Name, Problem.At(type, Faults.DuplicateAlias, type.Name)) : null;

    private static IEnumerable<MemberModel> MembersOf(INamedTypeSymbol type, int level, List<Problem> problems)
    {
        var positional = PositionalProperties(type);
        var ids = new Dictionary<uint, ISymbol>();
        foreach (var member in type.GetMembers().Where(member => !member.IsStatic))
        {
            var id = Names.ArgumentOf(member, Names.Id) as uint?;
            if (id is null && !positional.Contains(member.Name))
            {
                if (IsForgotten(type, member)) problems.Add(Problem.At(member, Faults.MemberWithoutId, member.Name, type.Name));
                continue;
            }

            if (id is { } given)
            {
                if (ids.TryGetValue(given, out var other)) problems.Add(Problem.At(member, Faults.DuplicateId, member.Name, other.Name, given.ToString()));
                else ids.Add(given, member);
            }

            if (id > LargestId) problems.Add(Problem.At(member, Faults.IdTooLarge, member.Name, id.ToString(), LargestId.ToString()));
            var wireId = id ?? LargestId + 1 + (uint)positional.IndexOf(member.Name);
            if (Read(type, member, problems) is { } model) yield return model with { Level = level, Id = wireId };
        }
    }

    private static MemberModel? Read(INamedTypeSymbol type, ISymbol member, List<Problem> problems)
    {
        var memberType = member is IFieldSymbol field ? field.Type : member is IPropertySymbol property ? property.Type : null;
        if (memberType is null) return null;

        var crossing = CrossingRules.Of(memberType);
        if (crossing == Crossing.NotAtAll)
            problems.Add(Problem.At(member, Faults.NoCodec, memberType.ToDisplayString(), $"{type.Name}.{member.Name}"));

        var isCopied = crossing == Crossing.Copied && !Names.Has(member, Names.Immutable);
        var declaring = Names.InCode(type);
        if (member is IFieldSymbol) return new(0, 0, declaring, type.IsValueType, member.Name, null, Names.InCode(memberType), isCopied);
        if (BackingField(type, (IPropertySymbol)member) is { } behind) return new(0, 0, declaring, type.IsValueType, behind, null, Names.InCode(memberType), isCopied);
        if (member is IPropertySymbol { GetMethod: not null, SetMethod: not null })
            return new(0, 0, declaring, type.IsValueType, null, member.Name, Names.InCode(memberType), isCopied);

        problems.Add(Problem.At(member, Faults.NotSettable, member.Name));
        return null;
    }

    private static string? BackingField(INamedTypeSymbol type, IPropertySymbol property)
    {
        // The compiler names it so. A type read from metadata does not show its private fields: there an automatic property is assumed.
        var name = $"<{property.Name}>k__BackingField";
        var inSource = type.Locations.Any(location => location.IsInSource);
        return !inSource || type.GetMembers().OfType<IFieldSymbol>().Any(field => SymbolEqualityComparer.Default.Equals(field.AssociatedSymbol, property)) ? name : null;
    }

    /// <summary>Whether a member looks meant to cross: something settable that is public, with no word that it should stay.</summary>
    private static bool IsForgotten(INamedTypeSymbol type, ISymbol member) =>
        member is { DeclaredAccessibility: Accessibility.Public, IsImplicitlyDeclared: false } && !StaysBehind(type, member)
        && member is IFieldSymbol { IsConst: false } or IPropertySymbol { SetMethod: not null, IsIndexer: false, IsAbstract: false };

    private static bool StaysBehind(INamedTypeSymbol type, ISymbol member) => Names.Has(member, NonSerialized)
        || type.GetMembers().OfType<IFieldSymbol>().Any(field =>
            SymbolEqualityComparer.Default.Equals(field.AssociatedSymbol, member) && Names.Has(field, NonSerialized));

    /// <summary>The parameters of a record's own constructor cross though they carry no id.</summary>
    private static List<string> PositionalProperties(INamedTypeSymbol type)
    {
        if (!type.IsRecord) return [];

        var primary = type.InstanceConstructors.FirstOrDefault(constructor =>
            constructor.DeclaringSyntaxReferences.Any(reference => reference.GetSyntax() is RecordDeclarationSyntax));
        return primary is null ? [] : [.. primary.Parameters.Select(parameter => parameter.Name)];
    }

    private static bool HasConstructor(INamedTypeSymbol type) =>
        type.InstanceConstructors.Any(constructor => constructor is { Parameters.Length: 0, DeclaredAccessibility: Accessibility.Public or Accessibility.Internal })
        && !RequiresMembers(type);

    private static bool RequiresMembers(INamedTypeSymbol type)
    {
        for (var current = type; current is not null; current = current.BaseType)
            if (current.GetMembers().Any(member => member is IFieldSymbol { IsRequired: true } or IPropertySymbol { IsRequired: true }))
                return true;

        return false;
    }

    private static string OpenName(INamedTypeSymbol type)
    {
        var name = Names.InCode(type);
        return type.Arity == 0 ? name : $"{name.Substring(0, name.LastIndexOf('<'))}<{new string(',', type.Arity - 1)}>";
    }

    private static string Constraint(ITypeParameterSymbol parameter)
    {
        var parts = new List<string>();
        if (parameter.HasUnmanagedTypeConstraint) parts.Add("unmanaged");
        else if (parameter.HasValueTypeConstraint) parts.Add("struct");
        else if (parameter.HasReferenceTypeConstraint) parts.Add("class");
        else if (parameter.HasNotNullConstraint) parts.Add("notnull");
        parts.AddRange(parameter.ConstraintTypes.Select(Names.InCode));
        if (parameter.HasConstructorConstraint) parts.Add("new()");
        return parts.Count == 0 ? "" : $" where {parameter.Name} : {string.Join(", ", parts)}";
    }
}
