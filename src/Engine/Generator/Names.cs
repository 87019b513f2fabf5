using System.Text;
using Microsoft.CodeAnalysis;

namespace FteAgent.Engine.Generator;

/// <summary>Names of types, as code and as identifiers.</summary>
internal static class Names
{
    public const string IAddressable = "Orleans.Runtime.IAddressable";
    public const string IGrainBase = "Orleans.IGrainBase";
    public const string GenerateSerializer = "Orleans.GenerateSerializerAttribute";
    public const string Immutable = "Orleans.ImmutableAttribute";
    public const string Id = "Orleans.IdAttribute";
    public const string Alias = "Orleans.AliasAttribute";
    public const string ApplicationPart = "Orleans.ApplicationPartAttribute";
    public const string ResponseTimeout = "Orleans.ResponseTimeoutAttribute";
    public const string CancellationToken = "System.Threading.CancellationToken";

    private static readonly SymbolDisplayFormat Plain = new(
        typeQualificationStyle: SymbolDisplayTypeQualificationStyle.NameAndContainingTypesAndNamespaces);

    public static string InCode(ITypeSymbol type) => type.ToDisplayString(SymbolDisplayFormat.FullyQualifiedFormat);

    /// <summary>Namespace and name without type arguments: what a type is looked up by.</summary>
    public static string Of(ITypeSymbol type) => type.ToDisplayString(Plain);

    public static bool Is(AttributeData attribute, string name) => attribute.AttributeClass is { } type && Of(type) == name;

    public static bool Has(ISymbol symbol, string attribute) => symbol.GetAttributes().Any(candidate => Is(candidate, attribute));

    public static bool Implements(ITypeSymbol type, string interfaceName) => type.AllInterfaces.Any(candidate => Of(candidate) == interfaceName);

    public static object? ArgumentOf(ISymbol symbol, string attribute) =>
        symbol.GetAttributes().FirstOrDefault(candidate => Is(candidate, attribute))?.ConstructorArguments.FirstOrDefault().Value;

    public static string AsIdentifier(string name)
    {
        var identifier = new StringBuilder(name.Length);
        foreach (var character in name.Replace("global::", "")) identifier.Append(char.IsLetterOrDigit(character) ? character : '_');
        return identifier.ToString();
    }

    public static string Identifier(INamedTypeSymbol type) =>
        AsIdentifier(Of(type)) + (type.Arity == 0 ? "" : $"_{type.Arity}");

    public static bool IsReachable(INamedTypeSymbol type)
    {
        for (var current = type; current is not null; current = current.ContainingType)
        {
            if (current.DeclaredAccessibility is not (Accessibility.Public or Accessibility.Internal or Accessibility.ProtectedOrInternal)) return false;
            if (!ReferenceEquals(current, type) && current.IsGenericType) return false;
            if (current.IsFileLocal) return false;
        }

        return true;
    }
}
