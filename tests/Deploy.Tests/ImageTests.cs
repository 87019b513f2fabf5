using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace FteAgent.Deploy.Tests;

/// <summary>The Dockerfile and what must agree with it. That its language is right is the lint's to say (scripts/linters/dockerfiles.mjs).</summary>
public sealed partial class ImageTests
{
    private static readonly string Dockerfile = Tree.Read("Dockerfile");
    private static readonly string Silo = Dockerfile[Dockerfile.IndexOf(" AS silo\n", StringComparison.Ordinal)..];

    [Theory]
    [InlineData("BuiltIn")]
    [InlineData("Orleans")]
    public void Packages_are_restored_from_every_project_file_that_the_silo_needs(string engine)
    {
        var needed = new HashSet<string>();
        Follow("src/Silo/Silo.csproj", engine, needed);

        Assert.Contains("src/Grains/Grains.csproj", needed);
        Assert.All(needed, project => Assert.Contains($"COPY {project} {Path.GetDirectoryName(project)}/\n", Dockerfile, StringComparison.Ordinal));
    }

    [Fact]
    public void Packages_are_a_layer_before_the_sources()
    {
        var restore = Dockerfile.IndexOf("image-publish restore", StringComparison.Ordinal);

        Assert.InRange(restore, 0, Dockerfile.IndexOf("COPY src/ src/", StringComparison.Ordinal));
        Assert.InRange(Dockerfile.IndexOf("COPY src/ src/", StringComparison.Ordinal), restore, Dockerfile.IndexOf("image-publish publish", StringComparison.Ordinal));
    }

    [Fact]
    public void What_is_copied_is_in_the_build_context_and_nothing_secret_is()
    {
        var kept = Tree.Read(".dockerignore").Split('\n');
        var copied = Tree.Files("deploy/fly/frontend", "Dockerfile").Append("Dockerfile").SelectMany(file => CopiedFromContext().Matches(Tree.Read(file)))
            .SelectMany(copy => copy.Groups["words"].Value.Split(' ')[..^1]);

        Assert.Equal("*", kept.First(line => !line.StartsWith('#')));
        Assert.All(copied, path => Assert.True(kept.Any(line => line.StartsWith('!') && $"{path}/".StartsWith($"{line[1..]}/", StringComparison.Ordinal)), path));
        Assert.Contains("**/.env", kept);
        Assert.Contains("**/data", kept);
    }

    [Fact]
    public void It_runs_as_a_number_that_is_not_root_and_writes_only_where_its_data_is()
    {
        Assert.Contains("\nUSER $APP_UID\n", Silo, StringComparison.Ordinal);
        Assert.Contains("FTE_DATA=/data", Silo, StringComparison.Ordinal);
        Assert.Contains("install -d -o \"$APP_UID\" -g \"$APP_UID\" -m 700 /data", Silo, StringComparison.Ordinal);
    }

    [Fact]
    public void It_stops_by_the_sign_that_a_silo_drains_at() => Assert.Contains("\nSTOPSIGNAL SIGTERM\n", Silo, StringComparison.Ordinal);

    [Fact]
    public void It_knows_time_zones_and_no_cultures()
    {
        Assert.Contains("apk add --no-cache tzdata", Silo, StringComparison.Ordinal);
        Assert.Contains("DOTNET_SYSTEM_GLOBALIZATION_INVARIANT=1", Silo, StringComparison.Ordinal);
        Assert.Contains("<InvariantGlobalization>true</InvariantGlobalization>", Tree.Read("Directory.Build.props"), StringComparison.Ordinal);
    }

    [Fact]
    public void The_dry_run_publishes_by_the_same_script_and_reads_the_same_settings()
    {
        var dryRun = Tree.Read("scripts/image-dry-run");

        Assert.Contains("scripts/image-publish \"$rid\" \"$engine\" \"$out\"", dryRun, StringComparison.Ordinal);
        // The dry run reads lines of this form from the final stage.
        Assert.Equal(
            ["DOTNET_SYSTEM_GLOBALIZATION_INVARIANT", "DOTNET_gcServer", "DOTNET_GCHeapHardLimitPercent", "DOTNET_GCConserveMemory", "DOTNET_TieredPGO", "DOTNET_ThreadPool_UnfairSemaphoreSpinLimit", "DOTNET_EnableDiagnostics", "DOTNET_hostBuilder__reloadConfigOnChange", "FTE_URL", "FTE_DATA"],
            Setting().Matches(Silo).Select(setting => setting.Groups["name"].Value));
        Assert.Contains(@"sed -nE 's/^(ENV |    )([A-Za-z_]+=[^ ]*)( \\)?$/\2/p'", dryRun, StringComparison.Ordinal);
    }

    private static void Follow(string project, string engine, HashSet<string> found)
    {
        if (!found.Add(project))
            return;
        var xml = XDocument.Parse(Tree.Read(project));
        var here = Path.GetDirectoryName(project)!;
        foreach (var reference in xml.Descendants("ProjectReference"))
            Follow(Path.GetRelativePath(Tree.PathOf(""), Path.GetFullPath(Path.Combine(Tree.PathOf(here), reference.Attribute("Include")!.Value))), engine, found);
        // What Directory.Build.targets adds for the built-in engine.
        if (engine == "BuiltIn" && xml.Descendants("UsesGrains").Any(uses => uses.Value == "true"))
        {
            Follow("src/Engine/Core/Engine.csproj", engine, found);
            Follow("src/Engine/Generator/Engine.Generator.csproj", engine, found);
        }

        if (engine == "BuiltIn" && xml.Descendants("HostsGrains").Any(hosts => hosts.Value == "true"))
            Follow("src/Engine/Postgres/Engine.Postgres.csproj", engine, found);
    }

    [GeneratedRegex(@"^COPY (?!--from)(--\S+ )*(?<words>.+)$", RegexOptions.Multiline | RegexOptions.ExplicitCapture)]
    private static partial Regex CopiedFromContext();

    [GeneratedRegex(@"^(ENV |    )(?<name>[A-Za-z_]+)=[^ ]*( \\)?$", RegexOptions.Multiline | RegexOptions.ExplicitCapture)]
    private static partial Regex Setting();
}
