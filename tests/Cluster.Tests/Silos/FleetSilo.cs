using System.Net;
using System.Net.Sockets;
using FteAgent.Testing;

namespace FteAgent.Cluster.Silos;

/// <summary>How a silo's process stands.</summary>
internal enum SiloState
{
    /// <summary>There is no process.</summary>
    Down,

    /// <summary>It was started and is not ready.</summary>
    Starting,

    /// <summary>It runs.</summary>
    Running,

    /// <summary>It is frozen.</summary>
    Frozen,

    /// <summary>It was asked to go.</summary>
    Leaving,
}

/// <summary>One place in the fleet: an address of its own, and the process that has it now.</summary>
internal sealed class FleetSilo : IAsyncDisposable
{
    // What a container host gives between SIGTERM and SIGKILL, with a little over for a busy machine.
    private static readonly TimeSpan LeaveWithin = TimeSpan.FromSeconds(40);

    // The last words of a silo on Orleans.
    private const string ToldItIsDead = "I have been told I am dead";

    private readonly Func<FleetSilo, Task<SiloProcess>> start;
    private SiloProcess? process;

    public FleetSilo(int number, Func<FleetSilo, Task<SiloProcess>> start)
    {
        this.start = start;
        Number = number;
        Http = new($"http://{Host}:{FreePort(Host)}");
        Metrics = new($"http://{Host}:{FreePort(Host)}/metrics");
    }

    /// <summary>1, 2, 3 …</summary>
    public int Number { get; }

    public string Name => $"silo-{Number}";

    /// <summary>The loopback address that is this silo's alone: 127.0.0.11, .12, …</summary>
    public IPAddress Host => IPAddress.Parse($"127.0.0.{10 + Number}");

    /// <summary>Where it listens for others when a link has its address.</summary>
    public IPAddress HiddenHost => IPAddress.Parse($"127.0.0.{110 + Number}");

    /// <summary>Where pages and API are.</summary>
    public Uri Http { get; }

    /// <summary>Where its metrics are.</summary>
    public Uri Metrics { get; }

    public SiloState State { get; private set; } = SiloState.Down;

    /// <summary>The process, while there is one.</summary>
    public int? ProcessId { get; private set; }

    /// <summary>The latest that it wrote.</summary>
    public string Output => process?.Output ?? "";

    /// <summary>Whether its process ended by itself.</summary>
    public bool HasFallen => State is SiloState.Running && process is { HasExited: true };

    /// <summary>
    /// Whether its process ended because the others had declared it dead, which is how Orleans keeps two silos from holding one grain.
    /// Whoever runs a silo starts it again then. A silo of the built-in engine goes on as a new incarnation and never ends like this.
    /// </summary>
    public bool WasDeclaredDead => HasFallen && Output.Contains(ToldItIsDead, StringComparison.Ordinal);

    public async Task Start()
    {
        State = SiloState.Starting;
        // One that ended by itself.
        if (process is not null)
            await process.DisposeAsync();
        try
        {
            process = await start(this);
            State = SiloState.Running;
        }
        catch
        {
            (State, ProcessId) = (SiloState.Down, null);
            throw;
        }
    }

    /// <summary>Known from the first moment on, because it calls others before it is ready.</summary>
    public void Began(int id) => ProcessId = id;

    public async Task Kill()
    {
        await process!.Kill();
        await End();
    }

    public void Freeze()
    {
        process!.Freeze();
        State = SiloState.Frozen;
    }

    public void Thaw()
    {
        process!.Thaw();
        State = SiloState.Running;
    }

    /// <summary>Asks it to leave, and returns its exit code and how long it took.</summary>
    public async Task<(int ExitCode, TimeSpan Took)> Terminate()
    {
        State = SiloState.Leaving;
        var since = TimeProvider.System.GetTimestamp();
        var code = await process!.Terminate(LeaveWithin);
        var took = TimeProvider.System.GetElapsedTime(since);
        await End();
        return (code, took);
    }

    public async ValueTask DisposeAsync()
    {
        if (State is not SiloState.Down && process is not null)
            await Kill();
    }

    private async Task End()
    {
        (State, ProcessId) = (SiloState.Down, null);
        await process!.DisposeAsync();
        process = null;
    }

    public static int FreePort(IPAddress host)
    {
        using var listener = new TcpListener(host, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
