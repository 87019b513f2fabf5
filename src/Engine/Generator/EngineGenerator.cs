using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace FteAgent.Engine.Generator;

/// <summary>
/// Makes what the grain engine would else need reflection for: references to grains, the requests they send, copiers of
/// what crosses, and a manifest by which the engine finds them all.
/// </summary>
[Generator(LanguageNames.CSharp)]
public sealed class EngineGenerator : IIncrementalGenerator
{
    private const string GeneratedSpace = "FteAgent.Engine.Generated";

    /// <inheritdoc/>
    public void Initialize(IncrementalGeneratorInitializationContext context)
    {
        var interfaces = context.SyntaxProvider.CreateSyntaxProvider(
                static (node, _) => node is InterfaceDeclarationSyntax,
                static (syntax, cancelled) => syntax.SemanticModel.GetDeclaredSymbol((InterfaceDeclarationSyntax)syntax.Node, cancelled) is { } type
                    && InterfaceReader.IsGrainInterface(type) && IsFirstPart(type, syntax.Node) ? InterfaceReader.Read(type) : null)
            .Where(static found => found is not null).Select(static (found, _) => found!);

        var classes = context.SyntaxProvider.CreateSyntaxProvider(
                // Any part may be the first one, also one that names no base.
                static (node, _) => node is ClassDeclarationSyntax,
                static (syntax, cancelled) => syntax.SemanticModel.GetDeclaredSymbol((ClassDeclarationSyntax)syntax.Node, cancelled) is { } type
                    ? ReadGrainClass(type, syntax.Node) : null)
            .Where(static found => found is not null).Select(static (found, _) => found!);

        var serializables = context.SyntaxProvider.ForAttributeWithMetadataName(
            Names.GenerateSerializer, static (_, _) => true, static (syntax, _) => SerializableReader.Read((INamedTypeSymbol)syntax.TargetSymbol));

        var enums = context.SyntaxProvider.ForAttributeWithMetadataName(
                Names.GenerateSerializer, static (node, _) => node is EnumDeclarationSyntax,
                static (syntax, _) => SerializableReader.ReadEnum((INamedTypeSymbol)syntax.TargetSymbol))
            .Where(static found => found is not null).Select(static (found, _) => found!);

        var aliases = context.SyntaxProvider.ForAttributeWithMetadataName(
                Names.Alias, static (node, _) => node is BaseTypeDeclarationSyntax,
                static (syntax, _) => SerializableReader.ReadAlias((INamedTypeSymbol)syntax.TargetSymbol))
            .Where(static found => found is not null).Select(static (found, _) => found!);

        var assembly = context.CompilationProvider.Select(static (compilation, _) => new AssemblyModel(
            compilation.AssemblyName ?? "", new(PartsOf(compilation))));

        Report(context, interfaces);
        Report(context, classes);
        Report(context, serializables);

        context.RegisterSourceOutput(interfaces.Combine(assembly), static (output, pair) =>
        {
            if (pair.Left.Model is { } model) output.AddSource($"{model.Identifier}.Reference.g.cs", Emitter.Reference(model, pair.Right.Space));
        });
        context.RegisterSourceOutput(serializables.Combine(assembly), static (output, pair) =>
        {
            if (pair.Left.Model is { } model && Emitter.NeedsCopier(model)) output.AddSource($"{model.Identifier}.Copier.g.cs", Emitter.Copier(model, pair.Right.Space));
        });
        context.RegisterSourceOutput(aliases.Collect(), static (output, all) =>
        {
            foreach (var same in all.GroupBy(static model => model.Alias).Where(static same => same.Count() > 1))
                foreach (var model in same.Skip(1))
                    output.ReportDiagnostic((model.Duplicate with { Arguments = new([model.Type, same.First().Type, model.Alias]) }).ToDiagnostic());
        });
        context.RegisterSourceOutput(serializables.Combine(assembly), static (output, pair) =>
        {
            if (pair.Left.Model is { IsAbstract: false } model) output.AddSource($"{model.Identifier}.Codec.g.cs", CodecEmitter.Codec(model, pair.Right.Space));
        });
        context.RegisterSourceOutput(
            assembly.Combine(interfaces.Collect()).Combine(classes.Collect()).Combine(serializables.Collect()).Combine(enums.Collect()),
            static (output, all) =>
            {
                var ((((named, foundInterfaces), foundClasses), foundSerializables), foundEnums) = all;
                output.AddSource("Manifest.g.cs", Emitter.Manifest(
                    named.Name, named.Space, named.Parts, Models(foundInterfaces), Models(foundClasses), Models(foundSerializables), foundEnums));
            });
    }

    private static IEnumerable<T> Models<T>(ImmutableArray<Found<T>> found) where T : class, IEquatable<T> =>
        found.Where(static one => one.Model is not null).Select(static one => one.Model!);

    private static void Report<T>(IncrementalGeneratorInitializationContext context, IncrementalValuesProvider<Found<T>> found) where T : class, IEquatable<T> =>
        context.RegisterSourceOutput(found, static (output, one) =>
        {
            foreach (var problem in one.Problems) output.ReportDiagnostic(problem.ToDiagnostic());
        });

    private static Found<GrainClassModel>? ReadGrainClass(INamedTypeSymbol type, SyntaxNode part)
    {
        if (type.IsAbstract || !Names.Implements(type, Names.IGrainBase) || !type.AllInterfaces.Any(InterfaceReader.IsGrainInterface) || !IsFirstPart(type, part))
            return null;

        return Names.IsReachable(type) && !type.IsGenericType
            ? new(new(Names.InCode(type)), new([]))
            : new(null, new([Problem.At(type, Faults.NotAccessible, type.Name)]));
    }

    /// <summary>A partial type is met once for each of its parts, and read once.</summary>
    private static bool IsFirstPart(INamedTypeSymbol type, SyntaxNode part) =>
        type.DeclaringSyntaxReferences.FirstOrDefault() is { } first && first.SyntaxTree == part.SyntaxTree && first.Span == part.Span;

    private static IEnumerable<string> PartsOf(Compilation compilation) =>
        compilation.SourceModule.ReferencedAssemblySymbols
            .Where(static reference => Names.Has(reference, Names.ApplicationPart))
            .Select(static reference => reference.Name)
            .OrderBy(static name => name, StringComparer.Ordinal);

    private sealed record AssemblyModel(string Name, EquatableArray<string> Parts)
    {
        /// <summary>A namespace of its own, since assemblies may see each other's internals.</summary>
        public string Space { get; } = $"{GeneratedSpace}.{Names.AsIdentifier(Name)}";
    }
}
