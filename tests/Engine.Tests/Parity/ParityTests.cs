using FteAgent.Engine.CodeGeneration;
using Orleans.TestingHost;

namespace FteAgent.Engine.Tests.Parity;

/// <summary>Code written against the stand-in must compile against Orleans: every public type of ours is Orleans' or a part of it.</summary>
public sealed class ParityTests
{
    private static readonly Dictionary<string, ApiType> Ours =
        Read([typeof(Grain).Assembly.Location, typeof(TestCluster).Assembly.Location, typeof(AdoNetHostingExtensions).Assembly.Location]);

    private static readonly Dictionary<string, ApiType> Theirs = Read(Directory.GetFiles(Path.Combine(AppContext.BaseDirectory, "orleans"), "*.dll"));

    [Fact]
    public void No_public_type_of_ours_differs_from_the_Orleans_type_of_its_name()
    {
        var compared = Ours.Values.Where(type => Theirs.ContainsKey(type.Name)).ToList();

        Assert.True(compared.Count > 100, $"Only {compared.Count} types were compared.");
        Assert.Empty(compared.SelectMany(type => Comparison.Differences(type, Theirs[type.Name])));
    }

    [Fact]
    public void Every_other_public_type_of_ours_is_in_a_namespace_of_our_own()
    {
        const string Own = "FteAgent.Engine.";

        Assert.DoesNotContain(Ours.Keys, static name => !Theirs.ContainsKey(name) && !name.StartsWith(Own, StringComparison.Ordinal));
    }

    [Fact]
    public void Support_for_generated_code_is_hidden_from_people()
    {
        var visible = typeof(EngineManifest).Assembly.GetExportedTypes()
            .Where(type => type.Namespace == typeof(EngineManifest).Namespace)
            .Where(type => !type.IsDefined(typeof(System.ComponentModel.EditorBrowsableAttribute), inherit: false));

        Assert.Empty(visible);
    }

    [Fact]
    public void A_type_that_differs_is_found_out()
    {
        var sample = PublicApi.Read(typeof(ParityTests).Assembly.Location);
        var theirs = sample[typeof(Samples.Original).FullName!];

        Assert.Empty(Comparison.Differences(theirs, theirs));
        var differences = Comparison.Differences(sample[typeof(Samples.Wrong).FullName!], theirs).ToList();
        Assert.Contains(differences, text => text.Contains("is a class; Orleans' is a sealed class"));
        Assert.Contains(differences, text => text.Contains("derives from System.IO.StringWriter; Orleans' from System.Object"));
        Assert.Contains(differences, text => text.Contains("implements System.ICloneable"));
        Assert.Contains(differences, text => text.Contains("has 'Int64 Count(String text)'; Orleans' has 'Int32 Count(String text)'"));
        Assert.Contains(differences, text => text.Contains("has 'Void More()'; Orleans' has none of that name"));
        Assert.Contains(differences, text => text.Contains("has 'Void set_Name(String value)'"));
        Assert.Contains(differences, text => text.Contains("has 'Void Hook(Boolean on)'; Orleans' has 'Void Hook(Boolean off)'"));
    }

    private static Dictionary<string, ApiType> Read(string[] paths) => paths.SelectMany(PublicApi.Read).ToDictionary();
}
