using System.Diagnostics;

namespace FteAgent.Testing;

/// <summary>Clients and servers of others, as node packages: scripts/interop installs them, tests/interop holds what drives them.</summary>
internal static class Interop
{
    /// <summary>Set it to anything, as make test-interop does, and a missing package fails instead of skipping.</summary>
    private const string Asked = "FTE_INTEROP";

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    /// <summary>Where the packages are.</summary>
    public static string Folder { get; } = Path.Combine(Tree.Root, "artifacts", "interop");

    /// <summary>Why a test that needs a package is not run; null when it can be.</summary>
    public static string? Missing(string package) =>
        Directory.Exists(Path.Combine(Folder, "node_modules", package)) || Environment.GetEnvironmentVariable(Asked) is { Length: > 0 }
            ? null
            : $"The npm package {package} is not installed; scripts/interop installs it, and make test-interop runs this.";

    /// <summary>Runs one of tests/interop with the folder of packages and more arguments, feeds it, and gives what it printed.</summary>
    public static async Task<string> Run(string script, string input, params string[] arguments)
    {
        using var limit = new CancellationTokenSource(Patience);
        using var node = Process.Start(new ProcessStartInfo("node", [Path.Combine(Tree.Root, "tests", "interop", script), Folder, .. arguments])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        try
        {
            var (printed, complained) = (node.StandardOutput.ReadToEndAsync(limit.Token), node.StandardError.ReadToEndAsync(limit.Token));
            await node.StandardInput.WriteAsync(input.AsMemory(), limit.Token);
            node.StandardInput.Close();
            await node.WaitForExitAsync(limit.Token);
            return node.ExitCode == 0 ? await printed : throw new InvalidOperationException($"{script} failed: {await complained}");
        }
        finally
        {
            if (!node.HasExited)
                node.Kill();
        }
    }
}

/// <summary>A test that needs an npm package. (Skipped without it, with the reason.)</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class InteropFactAttribute : FactAttribute
{
    public InteropFactAttribute(string package) => Skip = Interop.Missing(package)!;
}
