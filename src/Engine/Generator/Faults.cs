using Microsoft.CodeAnalysis;

namespace FteAgent.Engine.Generator;

/// <summary>What the generator complains of.</summary>
internal static class Faults
{
    public static readonly DiagnosticDescriptor NoCodec = Fault(
        "FTE0001", "A type that crosses a grain call has no codec", "'{0}' of '{1}' cannot cross a grain call: give it [GenerateSerializer] and its members [Id]");

    public static readonly DiagnosticDescriptor MethodShape = Fault(
        "FTE0002", "A grain method has a shape that cannot be called", "'{0}' cannot be a grain method: {1}");

    public static readonly DiagnosticDescriptor NotAccessible = Fault(
        "FTE0003", "Generated code cannot reach a type", "'{0}' must be public or internal, and not nested in a private or generic type, for generated code to reach it");

    public static readonly DiagnosticDescriptor DuplicateId = Fault(
        "FTE0004", "Two members have one id", "'{0}' and '{1}' both have [Id({2})]");

    public static readonly DiagnosticDescriptor NotSettable = Fault(
        "FTE0005", "A member with an id cannot be set", "'{0}' has an [Id] but neither a field behind it nor a setter");

    public static readonly DiagnosticDescriptor MemberWithoutId = Fault(
        "FTE0006", "A serializable type keeps a member that does not cross", "'{0}' is kept by '{1}' but has no [Id], so that it would be lost on the way: give it an [Id] or [field: NonSerialized]");

    public static readonly DiagnosticDescriptor NoAlias = Fault(
        "FTE0007", "What crosses between silos has no name there", "'{0}' needs an [Alias]: silos of other versions and stored states know it by that name, never by its name in code");

    public static readonly DiagnosticDescriptor DuplicateAlias = Fault(
        "FTE0008", "Two have one alias", "'{0}' and '{1}' both have [Alias(\"{2}\")]");

    public static readonly DiagnosticDescriptor IdTooLarge = Fault(
        "FTE0009", "An id is too large", "'{0}' has [Id({1})]: ids end at {2}");

    private static DiagnosticDescriptor Fault(string id, string title, string message) =>
        new(id, title, message, "Grains", DiagnosticSeverity.Error, isEnabledByDefault: true);
}
