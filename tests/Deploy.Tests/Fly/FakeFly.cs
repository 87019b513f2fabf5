using System.Diagnostics;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace FteAgent.Deploy.Tests.Fly;

/// <summary>One call that the deployment made: the command, all its words, and what stood on its standard input.</summary>
internal sealed record FlyCall(string Name, string[] Given, string Input)
{
    /// <summary>Whether it only asks.</summary>
    public bool Reads => Name is "version" or "auth whoami" or "apps list" or "secrets list" or "machine list" or "status" or "mpg list" or "mpg databases extensions list";
}

/// <summary>What a run of the deployment left.</summary>
internal sealed record FlyRun(int ExitCode, string Output, IReadOnlyList<FlyCall> Calls)
{
    /// <summary>The calls that change something, each as one text.</summary>
    public IEnumerable<string> Changes => Calls.Where(call => !call.Reads).Select(call => string.Join(' ', call.Given));
}

/// <summary>
/// A repository of its own with what is deployed, and a <c>fly</c> and a <c>curl</c> before the real ones that only pretend.
/// <see cref="Run"/> runs the script as a person would.
/// </summary>
internal sealed class FakeFly : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("fte-fly-");

    public FakeFly()
    {
        string[] deployed =
        [
            "scripts/deploy-fly.sh", "scripts/version", "scripts/frontend", "scripts/image-publish", "Directory.Build.props", ".dockerignore", "fly.toml", "Dockerfile",
            "deploy/fly/kafka/fly.toml", "deploy/fly/kafka/Dockerfile", "deploy/fly/frontend/fly.toml", "deploy/fly/frontend/Dockerfile",
        ];
        foreach (var file in deployed)
        {
            var copy = Path.Combine(Repository, file);
            Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
            File.Copy(Tree.PathOf(file), copy);
        }

        Write("repository/frontend/page", "page");
        Write("repository/.gitignore", "data/");
        Write("bin/fly", $"#!/bin/sh\nexec node '{Path.Combine(AppContext.BaseDirectory, "Fly/Fake/fly.mjs")}' \"$@\"\n");
        Write("bin/curl", "#!/bin/sh\nexit ${FAKE_CURL:-0}\n");
        foreach (var program in Directory.GetFiles(Bin))
            File.SetUnixFileMode(program, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        Git("init", "--quiet");
        Commit();
    }

    public string Repository => Path.Combine(folder.FullName, "repository");

    /// <summary>Settings of the shell that the script is run from.</summary>
    public Dictionary<string, string> Environment { get; } = [];

    private string Bin => Path.Combine(folder.FullName, "bin");

    private string Calls => Path.Combine(folder.FullName, "calls.jsonl");

    private string State => Path.Combine(folder.FullName, "state.json");

    /// <summary>What Fly has of an app.</summary>
    public JsonNode App(string name) => JsonNode.Parse(File.ReadAllText(State))!["apps"]![name] ?? throw new InvalidOperationException($"There is no app {name}.");

    public string Secret(string app, string name) => App(app)["secrets"]![name]!.GetValue<string>();

    public void SignOut() => File.WriteAllText(State, """{"signedIn": false, "apps": {}}""");

    /// <summary>Runs the deployment, and gives the calls of this run.</summary>
    public FlyRun Run(params string[] arguments)
    {
        File.Delete(Calls);
        var (exitCode, output) = Start(Path.Combine(Repository, "scripts/deploy-fly.sh"), arguments);
        var calls = File.Exists(Calls) ? File.ReadAllLines(Calls).Select(line => JsonSerializer.Deserialize<FlyCall>(line, JsonSerializerOptions.Web)!) : [];
        return new(exitCode, output, [.. calls]);
    }

    /// <summary>The same at a terminal, where programs may ask questions.</summary>
    public (int ExitCode, string Output) RunAtTerminal(params string[] arguments) =>
        Start("script", ["--quiet", "--return", "--command", string.Join(' ', ["scripts/deploy-fly.sh", .. arguments]), "/dev/null"]);

    /// <summary>Makes a Managed Postgres cluster that the script did not make.</summary>
    public void MakeCluster(string name) => Fly("mpg", "create", "--name", name, "--org", "personal", "--region", "fra");

    /// <summary>Runs the stand-in itself.</summary>
    public (int ExitCode, string Output) Fly(params string[] arguments) => Start(Path.Combine(Bin, "fly"), arguments);

    /// <summary>Whether Fly would understand a line of a shell; nothing is done.</summary>
    public (int ExitCode, string Output) Parse(string line)
    {
        Environment["FAKE_FLY_ONLY_PARSE"] = "yes";
        return Start("bash", ["-euc", line]);
    }

    /// <summary>Changes something in the tree and commits it.</summary>
    public void ChangeTree(string file = "frontend/page")
    {
        File.AppendAllText(Path.Combine(Repository, file), "\n");
        Commit();
    }

    public void Dispose() => folder.Delete(recursive: true);

    private void Commit()
    {
        Git("add", "--all");
        Git("-c", "user.name=Test", "-c", "user.email=test@example.com", "-c", "commit.gpgsign=false", "commit", "--quiet", "--message", "Test");
    }

    private void Git(params string[] arguments)
    {
        var (exitCode, output) = Start("git", arguments);
        Assert.True(exitCode == 0, output);
    }

    private void Write(string path, string text)
    {
        var whole = Path.Combine(folder.FullName, path);
        Directory.CreateDirectory(Path.GetDirectoryName(whole)!);
        File.WriteAllText(whole, text);
    }

    private (int ExitCode, string Output) Start(string program, string[] arguments)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            WorkingDirectory = Repository,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            RedirectStandardInput = true,
        };
        // Nothing of the tester's own: it may have a real database or a real token.
        foreach (var name in start.Environment.Keys.Where(name => name is not ("HOME" or "LANG" or "TMPDIR")).ToList())
            start.Environment.Remove(name);
        start.Environment["PATH"] = $"{Bin}:{System.Environment.GetEnvironmentVariable("PATH")}";
        start.Environment["FAKE_FLY"] = folder.FullName;
        foreach (var (name, value) in Environment)
            start.Environment[name] = value;

        using var process = Process.Start(start)!;
        process.StandardInput.Close();
        var output = process.StandardOutput.ReadToEndAsync();
        var errors = process.StandardError.ReadToEndAsync();
        if (!process.WaitForExit(Patience))
        {
            process.Kill(entireProcessTree: true);
            throw new TimeoutException($"{program} did not end.");
        }

        return (process.ExitCode, output.GetAwaiter().GetResult() + errors.GetAwaiter().GetResult());
    }
}
