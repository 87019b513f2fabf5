using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Text;

namespace FteAgent.Engine.Generator;

/// <summary>What was found, or what is wrong with it.</summary>
internal sealed record Found<T>(T? Model, EquatableArray<Problem> Problems) where T : class, IEquatable<T>;

/// <summary>A grain interface.</summary>
/// <param name="Type">Its full name in code.</param>
/// <param name="Name">Its name in identities: its alias, or its full name.</param>
/// <param name="Identifier">Its name as an identifier.</param>
/// <param name="Methods">Its methods and those it inherits.</param>
internal sealed record InterfaceModel(string Type, string Name, string Identifier, EquatableArray<MethodModel> Methods);

/// <summary>A method of a grain interface.</summary>
/// <param name="DeclaringType">The interface that declares it.</param>
/// <param name="DeclaringAlias">That interface's name on the wire.</param>
/// <param name="Name">Its name.</param>
/// <param name="Alias">Its name on the wire.</param>
/// <param name="Returns">What its return type is a kind of.</param>
/// <param name="ReturnType">Its return type.</param>
/// <param name="Result">The type of its result, if it has one.</param>
/// <param name="ResultIsCopied">Whether the result must be copied.</param>
/// <param name="Parameters">Its parameters.</param>
/// <param name="Options">The value of InvokeMethodOptions.</param>
/// <param name="ResponseTimeout">How long its callers wait, when it says so itself.</param>
internal sealed record MethodModel(
    string DeclaringType, string DeclaringAlias, string Name, string Alias, ReturnKind Returns, string ReturnType, string? Result, bool ResultIsCopied,
    EquatableArray<ParameterModel> Parameters, int Options, string? ResponseTimeout);

/// <summary>A parameter.</summary>
internal sealed record ParameterModel(string Type, bool IsToken, bool IsCopied);

/// <summary>The kinds of return type.</summary>
internal enum ReturnKind
{
    Void,
    Task,
    TaskOfResult,
    ValueTask,
    ValueTaskOfResult,
}

/// <summary>A grain class.</summary>
internal sealed record GrainClassModel(string Type);

/// <summary>A type with [GenerateSerializer].</summary>
/// <param name="Type">Its full name in code.</param>
/// <param name="OpenType">The same for typeof, without type arguments.</param>
/// <param name="Identifier">Its name as an identifier.</param>
/// <param name="Arity">How many type parameters it has.</param>
/// <param name="TypeParameters">Those as written in a declaration, such as &lt;T&gt;.</param>
/// <param name="Constraints">Their constraints as written in a declaration.</param>
/// <param name="IsImmutable">Whether it need not be copied.</param>
/// <param name="IsAbstract">Whether there are only values of derived types.</param>
/// <param name="IsValueType">Whether it is a struct.</param>
/// <param name="HasConstructor">Whether a constructor without parameters can make one.</param>
/// <param name="IsException">Whether it is one: those have more members than can be seen.</param>
/// <param name="Alias">Its name on the wire.</param>
/// <param name="Levels">How many types of its line have members that cross, or might have.</param>
/// <param name="Members">What crosses.</param>
internal sealed record SerializableModel(
    string Type, string OpenType, string Identifier, int Arity, string TypeParameters, string Constraints,
    bool IsImmutable, bool IsAbstract, bool IsValueType, bool HasConstructor, bool IsException, string Alias, int Levels, EquatableArray<MemberModel> Members);

/// <summary>An enumeration with an alias.</summary>
internal sealed record EnumModel(string Type, string Alias);

/// <summary>An alias and where it is given, to find one that is given twice.</summary>
internal sealed record AliasModel(string Alias, string Type, Problem Duplicate);

/// <summary>A member that crosses.</summary>
/// <param name="Level">How far above the type itself it is declared.</param>
/// <param name="Id">Its id among the members declared there.</param>
/// <param name="DeclaringType">The type that declares it.</param>
/// <param name="DeclaredInValueType">Whether that is a struct.</param>
/// <param name="Field">The field behind it, or null where it is a property with code of its own.</param>
/// <param name="Property">The property's name, where there is no field.</param>
/// <param name="Type">Its type.</param>
/// <param name="IsCopied">Whether its value must be copied.</param>
internal sealed record MemberModel(int Level, uint Id, string DeclaringType, bool DeclaredInValueType, string? Field, string? Property, string Type, bool IsCopied);

/// <summary>A fault in what was found.</summary>
internal sealed record Problem(DiagnosticDescriptor Descriptor, string File, TextSpan Span, LinePositionSpan Lines, EquatableArray<string> Arguments)
{
    public static Problem At(ISymbol symbol, DiagnosticDescriptor descriptor, params string[] arguments)
    {
        var location = symbol.Locations.FirstOrDefault(place => place.IsInSource);
        return new(
            descriptor, location?.SourceTree?.FilePath ?? "", location?.SourceSpan ?? default, location?.GetLineSpan().Span ?? default, new(arguments));
    }

    public Diagnostic ToDiagnostic() => Diagnostic.Create(
        Descriptor, File.Length == 0 ? Location.None : Location.Create(File, Span, Lines), [.. Arguments]);
}
