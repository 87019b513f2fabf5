using System.Collections.Concurrent;
using System.Diagnostics;
using System.Runtime.InteropServices;

namespace FteAgent.Testing;

/// <summary>A silo as its users run it: a process of its own, that can be killed, frozen and asked to go.</summary>
internal sealed class SiloProcess : IAsyncDisposable
{
    /// <summary>How a silo says that it takes messages.</summary>
    public const string Ready = "fte: ready at ";

    private const int OutputLimit = 5_000;
    private static readonly TimeSpan StartWithin = TimeSpan.FromSeconds(60);

    private readonly Process process;
    private readonly ConcurrentQueue<string> output;

    private SiloProcess(Process process, ConcurrentQueue<string> output, Uri address)
    {
        this.process = process;
        this.output = output;
        Address = address;
    }

    public Uri Address { get; }

    public int Id => process.Id;

    public bool HasExited => process.HasExited;

    /// <summary>The latest that it wrote.</summary>
    public string Output => string.Join('\n', output);

    /// <summary>Starts a program and waits until it says that it is ready.</summary>
    /// <param name="program">The program, or the dll that dotnet is to run, and its arguments.</param>
    /// <param name="folder">Where it runs.</param>
    /// <param name="settings">Its environment.</param>
    /// <param name="heard">Told each line that it writes.</param>
    /// <param name="began">Told its process id as soon as it has one.</param>
    public static async Task<SiloProcess> Start(
        IReadOnlyList<string> program, string folder, IReadOnlyDictionary<string, string> settings, Action<string>? heard = null, Action<int>? began = null)
    {
        var start = new ProcessStartInfo(program[0].EndsWith(".dll", StringComparison.Ordinal) ? "dotnet" : program[0]) { RedirectStandardOutput = true, RedirectStandardError = true, RedirectStandardInput = true, WorkingDirectory = folder };
        foreach (var argument in program.Skip(start.FileName == program[0] ? 1 : 0))
            start.ArgumentList.Add(argument);
        // What this process is told about testing is no setting of a silo, which would say so in its log.
        foreach (var ours in start.Environment.Keys.Where(name => name.StartsWith("FTE_", StringComparison.Ordinal)).ToList())
            start.Environment.Remove(ours);
        // Many run beside each other.
        start.Environment["METRICS_PORT"] = "0";
        if (TestLogs.AreKept)
            start.Environment["Logging__LogLevel__FteAgent"] = "Debug";
        foreach (var (name, value) in settings)
            start.Environment[name] = value;

        var ready = new TaskCompletionSource<Uri>(TaskCreationOptions.RunContinuationsAsynchronously);
        var output = new ConcurrentQueue<string>();
        var process = new Process { StartInfo = start, EnableRaisingEvents = true };
        process.OutputDataReceived += (_, line) => Read(line.Data);
        process.ErrorDataReceived += (_, line) => Read(line.Data);
        process.Exited += (_, _) => ready.TrySetException(new InvalidOperationException($"The silo ended before it was ready:\n{string.Join('\n', output)}"));
        process.Start();
        began?.Invoke(process.Id);
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        try
        {
            return new(process, output, await ready.Task.WaitAsync(StartWithin));
        }
        catch (Exception failure)
        {
            if (!process.HasExited)
                process.Kill();
            throw failure is TimeoutException ? new TimeoutException($"The silo was not ready within {StartWithin}:\n{string.Join('\n', output)}", failure) : failure;
        }

        void Read(string? line)
        {
            if (line is null)
                return;
            output.Enqueue(line);
            if (output.Count > OutputLimit)
                output.TryDequeue(out _);
            TestLogs.Write(line);
            heard?.Invoke(line);
            if (line.StartsWith(Ready, StringComparison.Ordinal))
                ready.TrySetResult(new(line[Ready.Length..]));
        }
    }

    /// <summary>Runs a command of a program to its end and returns what it wrote.</summary>
    public static async Task<(int ExitCode, string Output, string Error)> Command(
        IReadOnlyList<string> program, string folder, IReadOnlyDictionary<string, string> settings)
    {
        var start = new ProcessStartInfo("dotnet") { RedirectStandardOutput = true, RedirectStandardError = true, WorkingDirectory = folder };
        foreach (var argument in program)
            start.ArgumentList.Add(argument);
        foreach (var (name, value) in settings)
            start.Environment[name] = value;
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

    /// <summary>Stops it between two instructions (SIGSTOP), as a host that is moved or swaps does.</summary>
    public void Freeze() => Send(Signal.Stop);

    /// <summary>Lets it go on as if nothing had happened (SIGCONT).</summary>
    public void Thaw() => Send(Signal.Continue);

    /// <summary>Asks it to end (SIGTERM) and waits until it has; returns its exit code.</summary>
    public async Task<int> Terminate(TimeSpan within)
    {
        Send(Signal.Terminate);
        await process.WaitForExitAsync().WaitAsync(within);
        return process.ExitCode;
    }

    public async ValueTask DisposeAsync()
    {
        if (!process.HasExited)
            await Kill();
        process.Dispose();
    }

    private void Send(Signal signal)
    {
        if (SendSignal(process.Id, (int)signal) != 0)
            throw new InvalidOperationException($"Signal {signal} could not be sent to process {process.Id} (errno {Marshal.GetLastPInvokeError()}).");
    }

    // Linux' numbers, see signal(7).
    private enum Signal
    {
        Terminate = 15,
        Continue = 18,
        Stop = 19,
    }

    [DllImport("libc", EntryPoint = "kill", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.System32)]
    private static extern int SendSignal(int process, int signal);
}
