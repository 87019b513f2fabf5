using System.Collections.Concurrent;
using System.Diagnostics;
using System.Reflection;

namespace FteAgent.EndToEnd.Silos;

/// <summary>The silo as its users run it: a process of its own, on a folder of its own, that can be killed.</summary>
internal sealed class SiloProcess : IAsyncDisposable
{
    private static readonly TimeSpan StartWithin = TimeSpan.FromSeconds(60);

    private readonly Process process;
    private readonly ConcurrentQueue<string> output;

    private SiloProcess(Process process, ConcurrentQueue<string> output, Uri address)
    {
        this.process = process;
        this.output = output;
        Address = address;
    }

    /// <summary>The program as it was built with these tests.</summary>
    public static string Program { get; } = typeof(SiloProcess).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(a => a.Key == "SiloPath").Value!;

    public Uri Address { get; }

    public int Id => process.Id;

    /// <summary>Everything it wrote so far.</summary>
    public string Output => string.Join('\n', output);

    /// <summary>Starts it on a free port and waits until it says that it is ready.</summary>
    public static async Task<SiloProcess> Start(string dataFolder, IReadOnlyDictionary<string, string>? settings = null)
    {
        var start = new ProcessStartInfo("dotnet") { RedirectStandardOutput = true, RedirectStandardError = true, RedirectStandardInput = true, WorkingDirectory = dataFolder };
        start.ArgumentList.Add(Program);
        start.ArgumentList.Add("run");
        start.Environment["FTE_DATA"] = dataFolder;
        start.Environment["FTE_URL"] = "http://127.0.0.1:0";
        foreach (var (name, value) in settings ?? new Dictionary<string, string>())
            start.Environment[name] = value;

        var ready = new TaskCompletionSource<Uri>(TaskCreationOptions.RunContinuationsAsynchronously);
        var output = new ConcurrentQueue<string>();
        var process = new Process { StartInfo = start, EnableRaisingEvents = true };
        process.OutputDataReceived += (_, line) => Read(line.Data);
        process.ErrorDataReceived += (_, line) => Read(line.Data);
        process.Exited += (_, _) => ready.TrySetException(new InvalidOperationException($"The silo ended before it was ready:\n{string.Join('\n', output)}"));
        process.Start();
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        return new(process, output, await ready.Task.WaitAsync(StartWithin));

        void Read(string? line)
        {
            if (line is null)
                return;
            output.Enqueue(line);
            const string Said = "fte: ready at ";
            if (line.StartsWith(Said, StringComparison.Ordinal))
                ready.TrySetResult(new(line[Said.Length..]));
        }
    }

    /// <summary>Runs a command on the same data and returns what it wrote to standard output.</summary>
    public static async Task<(int ExitCode, string Output, string Error)> Command(string dataFolder, params string[] arguments)
    {
        var start = new ProcessStartInfo("dotnet") { RedirectStandardOutput = true, RedirectStandardError = true, WorkingDirectory = dataFolder };
        start.ArgumentList.Add(Program);
        foreach (var argument in arguments)
            start.ArgumentList.Add(argument);
        start.Environment["FTE_DATA"] = dataFolder;
        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEndAsync();
        var error = process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync().WaitAsync(StartWithin);
        return (process.ExitCode, await output, await error);
    }

    /// <summary>Ends it as a power cut would: no signal that it could handle, no last words.</summary>
    public async Task Kill()
    {
        process.Kill();
        await process.WaitForExitAsync();
    }

    public async ValueTask DisposeAsync()
    {
        if (!process.HasExited)
            await Kill();
        process.Dispose();
    }
}
