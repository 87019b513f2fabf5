using System.Reflection;
using FteAgent.Engine.Generator;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace FteAgent.Engine.Tests.Support;

/// <summary>Code that a test compiles: what another version of the program would hold, or what nobody should write.</summary>
internal static class SampleAssembly
{
    private const string Usings = "using Orleans; using Orleans.Concurrency; using System; using System.Collections.Generic; using System.Threading; using System.Threading.Tasks;\n";

    // Each names itself as a part, and is asked for by that name whenever something looks through all assemblies.
    static SampleAssembly() => AppDomain.CurrentDomain.AssemblyResolve += static (_, wanted) =>
        AppDomain.CurrentDomain.GetAssemblies().FirstOrDefault(assembly => assembly.Location.Length == 0 && assembly.GetName().Name == new AssemblyName(wanted.Name).Name);

    public static (IEnumerable<Diagnostic> Diagnostics, Compilation Output) Generate(string code, string name = "Sample")
    {
        CSharpGeneratorDriver.Create(new EngineGenerator()).RunGeneratorsAndUpdateCompilation(Compile(code, name), out var output, out var diagnostics);
        return (diagnostics, output);
    }

    /// <summary>Compiles and loads an assembly. It must hold no grain class, for those are known to every silo of this process.</summary>
    public static Assembly Load(string code, string name)
    {
        var (diagnostics, output) = Generate(code, name);
        Assert.Empty(diagnostics);
        using var stream = new MemoryStream();
        var result = output.Emit(stream);
        Assert.Empty(result.Diagnostics.Where(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error));
        return Assembly.Load(stream.ToArray());
    }

    public static CSharpCompilation Compile(string code, string name = "Sample")
    {
        var references = AppDomain.CurrentDomain.GetAssemblies()
            .Where(assembly => !assembly.IsDynamic && assembly.Location.Length > 0 && assembly != typeof(SampleAssembly).Assembly)
            .Select(assembly => (MetadataReference)MetadataReference.CreateFromFile(assembly.Location));
        return CSharpCompilation.Create(
            name, [CSharpSyntaxTree.ParseText(Usings + code, path: "Sample.cs")], references,
            new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary, nullableContextOptions: NullableContextOptions.Enable));
    }
}
