using System.Diagnostics;

namespace FteAgent.Testing;

/// <summary>Clients and servers of others, most of them node packages: scripts/interop installs them, tests/interop holds what drives them.</summary>
internal static class Interop
{
    /// <summary>The trait of all tests that such clients take part in: what make test-interop runs.</summary>
    public const string Category = "Interop";

    // Set to anything, as make test-interop and build servers do, what is missing fails instead of being skipped.
    private static readonly string[] Asked = ["FTE_INTEROP", "CI"];

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    /// <summary>Where the packages are.</summary>
    public static string Folder { get; } = Path.Combine(Tree.Root, "artifacts", "interop");

    /// <summary>Why a test that needs a client is not run; null when it can be, or must.</summary>
    public static string? Missing(string client) =>
        Has(client) || Asked.Any(name => Environment.GetEnvironmentVariable(name) is { Length: > 0 })
            ? null
            : $"{client} is not here; scripts/interop brings it, and make test-interop runs this.";

    /// <summary>Whether a client is here.</summary>
    public static bool Has(string client) => client == "kcat"
        ? Environment.GetEnvironmentVariable("PATH")?.Split(Path.PathSeparator).Any(folder => File.Exists(Path.Combine(folder, client))) is true
        : Directory.Exists(Path.Combine(Folder, "node_modules", client));

    /// <summary>Runs one of tests/interop with the folder of packages and more arguments, feeds it, and gives what it printed.</summary>
    public static Task<string> Run(string script, string input, params string[] arguments) =>
        Run(new("node", [Path.Combine(Tree.Root, "tests", "interop", script), Folder, .. arguments]), script, input, Patience);

    /// <summary>Runs a shell script of tests/interop with variables of its own, and gives what it printed.</summary>
    public static Task<string> Shell(string script, TimeSpan patience, params (string Name, string Value)[] variables)
    {
        var start = new ProcessStartInfo("bash", [Path.Combine(Tree.Root, "tests", "interop", script)]);
        foreach (var (name, value) in variables)
            start.Environment[name] = value;
        return Run(start, script, "", patience);
    }

    private static async Task<string> Run(ProcessStartInfo start, string script, string input, TimeSpan patience)
    {
        using var limit = new CancellationTokenSource(patience);
        (start.RedirectStandardInput, start.RedirectStandardOutput, start.RedirectStandardError) = (true, true, true);
        using var node = Process.Start(start)!;
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
                node.Kill(entireProcessTree: true);
        }
    }
}

/// <summary>A test that needs a client that is none of ours: kcat, or an npm package. (Skipped without it, with the reason.)</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class InteropFactAttribute : FactAttribute
{
    public InteropFactAttribute(params string[] clients) => Skip = clients.Select(Interop.Missing).FirstOrDefault(missing => missing is not null)!;
}
