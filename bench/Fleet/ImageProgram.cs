using System.Diagnostics;
using System.Text.RegularExpressions;

namespace FteAgent.Bench.Fleets;

/// <summary>Programs compiled ahead of time, as an image has them (<c>scripts/image-publish</c>).</summary>
internal static partial class ImageProgram
{
    /// <summary>Publishes for this machine, by steps of the script's, and returns the folder.</summary>
    /// <param name="name">The folder's name.</param>
    /// <param name="steps">The script's first arguments; none publishes the product.</param>
    public static async Task<string> Publish(string name, params string[] steps)
    {
        var folder = Path.Combine(Figures.Root(), "artifacts", "image", $"{name}-{ThisBuild.Engine}");
        using var process = Process.Start(Path.Combine(Figures.Root(), "scripts", "image-publish"), [.. steps, "linux-x64", ThisBuild.Engine, folder]);
        await process.WaitForExitAsync();
        return process.ExitCode == 0 ? folder : throw new InvalidOperationException($"scripts/image-publish ended with {process.ExitCode}.");
    }

    /// <summary>What the Dockerfile sets for the runtime.</summary>
    public static IEnumerable<(string Name, string Value)> RuntimeSettings() =>
        DotnetLine().Matches(File.ReadAllText(Path.Combine(Figures.Root(), "Dockerfile"))).Select(line => (line.Groups[1].Value, line.Groups[2].Value));

    [GeneratedRegex(@"^(?:ENV |\s+)(DOTNET_\w+)=(\S+)", RegexOptions.Multiline)]
    private static partial Regex DotnetLine();
}
