using System.Reflection;
using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;

namespace FteAgent.Engine.Tests.Parity;

/// <summary>A public type as its metadata tells of it.</summary>
/// <param name="Name">Its full name.</param>
/// <param name="Kind">Class, struct, interface or enum, with what limits it.</param>
/// <param name="Base">The type it derives from.</param>
/// <param name="Interfaces">The interfaces it implements.</param>
/// <param name="Usage">For an attribute, where it may stand.</param>
/// <param name="Members">The signatures of what others can see of it.</param>
internal sealed record ApiType(string Name, string Kind, string Base, HashSet<string> Interfaces, string Usage, HashSet<string> Members);

/// <summary>Reads the public types of an assembly from its metadata, without loading it.</summary>
internal static class PublicApi
{
    private static readonly HashSet<string> ObjectMembers = ["ToString", "Equals", "GetHashCode", "Finalize"];

    public static Dictionary<string, ApiType> Read(string path)
    {
        using var stream = File.OpenRead(path);
        using var file = new PEReader(stream);
        var metadata = file.GetMetadataReader();
        return metadata.TypeDefinitions
            .Where(handle => IsVisible(metadata, metadata.GetTypeDefinition(handle)))
            .Select(handle => Read(metadata, metadata.GetTypeDefinition(handle)))
            .ToDictionary(type => type.Name);
    }

    private static bool IsVisible(MetadataReader metadata, TypeDefinition type) => (type.Attributes & TypeAttributes.VisibilityMask) switch
    {
        TypeAttributes.Public => true,
        TypeAttributes.NestedPublic or TypeAttributes.NestedFamily or TypeAttributes.NestedFamORAssem =>
            IsVisible(metadata, metadata.GetTypeDefinition(type.GetDeclaringType())),
        _ => false,
    };

    private static ApiType Read(MetadataReader metadata, TypeDefinition type)
    {
        var names = new SignatureNames();
        var name = names.FullName(metadata, type);
        var baseType = type.BaseType.IsNil ? "" : names.Name(metadata, type.BaseType);
        return new(
            name, KindOf(type, baseType), baseType,
            [.. type.GetInterfaceImplementations().Select(handle => names.Name(metadata, metadata.GetInterfaceImplementation(handle).Interface))],
            UsageOf(metadata, type, names),
            [.. Methods(metadata, type, names), .. Fields(metadata, type, names)]);
    }

    private static string KindOf(TypeDefinition type, string baseType)
    {
        var isInterface = (type.Attributes & TypeAttributes.Interface) != 0;
        var kind = isInterface ? "interface" : baseType switch
        {
            "System.Enum" => "enum",
            "System.ValueType" => "struct",
            "System.MulticastDelegate" => "delegate",
            _ => "class",
        };
        if (kind != "class") return kind;

        var isAbstract = (type.Attributes & TypeAttributes.Abstract) != 0;
        var isSealed = (type.Attributes & TypeAttributes.Sealed) != 0;
        return (isAbstract, isSealed) switch
        {
            (true, true) => "static class",
            (true, false) => "abstract class",
            (false, true) => "sealed class",
            _ => "class",
        };
    }

    private static string UsageOf(MetadataReader metadata, TypeDefinition type, SignatureNames names)
    {
        foreach (var attribute in type.GetCustomAttributes().Select(metadata.GetCustomAttribute))
        {
            if (attribute.Constructor.Kind != HandleKind.MemberReference) continue;

            var parent = metadata.GetMemberReference((MemberReferenceHandle)attribute.Constructor).Parent;
            if (names.Name(metadata, parent) == "System.AttributeUsageAttribute") return Convert.ToHexString(metadata.GetBlobBytes(attribute.Value));
        }

        return "";
    }

    private static IEnumerable<string> Methods(MetadataReader metadata, TypeDefinition type, SignatureNames names)
    {
        foreach (var method in type.GetMethods().Select(metadata.GetMethodDefinition))
        {
            var name = metadata.GetString(method.Name);
            if (!IsVisible(method.Attributes) || IsObjectOverride(method, name)) continue;

            var signature = method.DecodeSignature(names, null);
            var parameters = method.GetParameters().Select(metadata.GetParameter).Where(parameter => parameter.SequenceNumber > 0)
                .ToDictionary(parameter => parameter.SequenceNumber - 1);
            var arguments = signature.ParameterTypes.Select((parameterType, place) => parameters.TryGetValue(place, out var parameter)
                ? $"{parameterType} {metadata.GetString(parameter.Name)}{((parameter.Attributes & ParameterAttributes.Optional) != 0 ? " = …" : "")}"
                : parameterType);
            var arity = signature.GenericParameterCount > 0 ? $"`{signature.GenericParameterCount}" : "";
            yield return $"{Access(method.Attributes)}{((method.Attributes & MethodAttributes.Static) != 0 ? "static " : "")}{signature.ReturnType} {name}{arity}({string.Join(", ", arguments)})";
        }
    }

    private static IEnumerable<string> Fields(MetadataReader metadata, TypeDefinition type, SignatureNames names) =>
        from field in type.GetFields().Select(metadata.GetFieldDefinition)
        let access = field.Attributes & FieldAttributes.FieldAccessMask
        where access is FieldAttributes.Public or FieldAttributes.Family or FieldAttributes.FamORAssem
        let constant = field.GetDefaultValue().IsNil ? "" : " = " + Convert.ToHexString(metadata.GetBlobBytes(metadata.GetConstant(field.GetDefaultValue()).Value))
        select $"{((field.Attributes & FieldAttributes.Static) != 0 ? "static " : "")}{field.DecodeSignature(names, null)} {metadata.GetString(field.Name)}{constant}";

    private static bool IsVisible(MethodAttributes attributes) =>
        (attributes & MethodAttributes.MemberAccessMask) is MethodAttributes.Public or MethodAttributes.Family or MethodAttributes.FamORAssem;

    /// <summary>To override what every object has adds nothing that can be called.</summary>
    private static bool IsObjectOverride(MethodDefinition method, string name) =>
        ObjectMembers.Contains(name) && (method.Attributes & (MethodAttributes.Virtual | MethodAttributes.NewSlot)) == MethodAttributes.Virtual;

    private static string Access(MethodAttributes attributes) =>
        (attributes & MethodAttributes.MemberAccessMask) == MethodAttributes.Public ? "" : "protected ";
}
