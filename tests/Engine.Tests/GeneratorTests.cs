using FteAgent.Engine.Generator;
using FteAgent.Engine.Tests.Support;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace FteAgent.Engine.Tests;

public sealed class GeneratorTests
{
    [Theory]
    [InlineData("public class Plain { } public interface IG : IGrainWithStringKey { Task M(Plain plain); }", "FTE0001")]
    [InlineData("public class Plain { } public interface IG : IGrainWithStringKey { Task<List<Plain>> M(); }", "FTE0001")]
    [InlineData("public class Plain { } [GenerateSerializer] public class Dto { [Id(0)] public Plain P { get; set; } }", "FTE0001")]
    [InlineData("public interface IG : IGrainWithStringKey { int M(); }", "FTE0002")]
    [InlineData("public interface IG : IGrainWithStringKey { Task M(ref int n); }", "FTE0002")]
    [InlineData("public interface IG : IGrainWithStringKey { Task M<T>(T n); }", "FTE0002")]
    [InlineData("public interface IG : IGrainWithStringKey { Task M(CancellationToken a, CancellationToken b); }", "FTE0002")]
    [InlineData("public interface IG : IGrainWithStringKey { [OneWay] Task<int> M(); }", "FTE0002")]
    [InlineData("public interface IG : IGrainWithStringKey { int P { get; } }", "FTE0002")]
    [InlineData("public class Outer { [GenerateSerializer] private class Dto { [Id(0)] public int N { get; set; } } }", "FTE0003")]
    [InlineData("[GenerateSerializer] public class Dto { [Id(0)] public int A { get; set; } [Id(0)] public int B { get; set; } }", "FTE0004")]
    [InlineData("[GenerateSerializer] public class Dto { [Id(0)] public int A => 1; }", "FTE0005")]
    [InlineData("[GenerateSerializer] public class Dto { public int Forgotten { get; set; } }", "FTE0006")]
    [InlineData("[GenerateSerializer] public class Dto { [Id(0)] public int N { get; set; } }", "FTE0007")]
    [InlineData("[GenerateSerializer] public abstract class Dto { [Id(0)] public int N { get; set; } }", "FTE0007")]
    [InlineData("public interface IG : IGrainWithStringKey { [Alias(\"m\")] Task M(); }", "FTE0007")]
    [InlineData("[Alias(\"g\")] public interface IG : IGrainWithStringKey { Task M(); }", "FTE0007")]
    [InlineData("[Alias(\"g\")] public interface IG : IGrainWithStringKey { [Alias(\"m\")] Task M(); [Alias(\"m\")] Task M(int n); }", "FTE0008")]
    [InlineData("[GenerateSerializer, Alias(\"a\")] public class A { } [GenerateSerializer, Alias(\"a\")] public class B { }", "FTE0008")]
    [InlineData("[GenerateSerializer, Alias(\"a\")] public class A { } [Alias(\"a\")] public interface IG : IGrainWithStringKey { }", "FTE0008")]
    [InlineData("[GenerateSerializer, Alias(\"a\")] public class A { [Id(1024)] public int N { get; set; } }", "FTE0009")]
    public void A_fault_is_reported_where_it_is_made(string code, string fault)
    {
        var (diagnostics, _) = SampleAssembly.Generate(code);

        Assert.Contains(diagnostics, diagnostic => diagnostic.Id == fault && diagnostic.Location != Location.None);
    }

    [Fact]
    public void What_is_generated_compiles()
    {
        var (diagnostics, compilation) = SampleAssembly.Generate("""
            namespace A.B;
            [GenerateSerializer, Alias("r")] public sealed record R<T>([property: Id(0)] T Value, [property: Id(1)] R<T>? Next) where T : notnull;
            [GenerateSerializer, Immutable, Alias("i")] public sealed record I([property: Id(0)] int? N);
            [GenerateSerializer, Alias("s")] public struct S { [Id(0)] public int[] Numbers; }
            public enum E { One }
            [Alias("ib")] public interface IBase : IGrainWithStringKey { [Alias("base")] Task Base(E e); }
            [Alias("ig")]
            public interface IG : IBase
            {
                [Alias("m")] Task<R<int>> M(R<string> r, I i, S? s, CancellationToken c, int @class = 3);
                [Alias("v")] ValueTask V();
                [Alias("w")] ValueTask<int> W(params int[] n);
                [Alias("z")] void Z();
                [OneWay, Alias("o")] Task O();
            }
            public class G : Grain, IG
            {
                public Task Base(E e) => Task.CompletedTask;
                public Task<R<int>> M(R<string> r, I i, S? s, CancellationToken c, int @class) => throw new NotImplementedException();
                public ValueTask V() => default;
                public ValueTask<int> W(params int[] n) => default;
                public void Z() { }
                public Task O() => Task.CompletedTask;
            }
            """);

        Assert.Empty(diagnostics);
        Assert.Empty(compilation.GetDiagnostics().Where(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error));
    }

    [Fact]
    public void What_has_not_changed_is_not_made_again()
    {
        var compilation = SampleAssembly.Compile("[GenerateSerializer] public class Dto { [Id(0)] public int N { get; set; } } public interface IG : IGrainWithStringKey { Task M(Dto d); }");
        var options = new GeneratorDriverOptions(IncrementalGeneratorOutputKind.None, trackIncrementalGeneratorSteps: true);
        GeneratorDriver driver = CSharpGeneratorDriver.Create([new EngineGenerator().AsSourceGenerator()], driverOptions: options);
        driver = driver.RunGenerators(compilation);
        driver = driver.RunGenerators(compilation.AddSyntaxTrees(CSharpSyntaxTree.ParseText("class Other { }")));

        var outputs = driver.GetRunResult().Results.Single().TrackedOutputSteps.SelectMany(step => step.Value).SelectMany(step => step.Outputs);
        Assert.All(outputs, output => Assert.Contains(output.Reason, new[] { IncrementalStepRunReason.Cached, IncrementalStepRunReason.Unchanged }));
    }
}
