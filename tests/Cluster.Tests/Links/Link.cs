using System.Net;
using System.Net.Sockets;

namespace FteAgent.Cluster.Links;

/// <summary>
/// A small TCP proxy: listens where the other side is thought to be, and leads each connection there through the gate that stands
/// between the two ends.
/// </summary>
internal sealed class Link : IAsyncDisposable
{
    private readonly Socket listener = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
    private readonly CancellationTokenSource ending = new();
    private readonly IPEndPoint target;
    private readonly Func<Socket, Gate?> gateOf;
    private readonly Task accepting;

    private Link(IPEndPoint at, IPEndPoint target, Func<Socket, Gate?> gateOf)
    {
        this.target = target;
        this.gateOf = gateOf;
        listener.Bind(at);
        listener.Listen();
        Address = (IPEndPoint)listener.LocalEndPoint!;
        accepting = Task.Run(Accept);
    }

    /// <summary>Where it listens.</summary>
    public IPEndPoint Address { get; }

    /// <summary>A link whose every connection passes one gate.</summary>
    public static Link Open(IPEndPoint at, IPEndPoint target, Gate gate) => new(at, target, _ => gate);

    /// <summary>A link whose gate depends on who calls; where there is none the call is refused.</summary>
    public static Link Open(IPEndPoint at, IPEndPoint target, Func<Socket, Gate?> gateOf) => new(at, target, gateOf);

    public async ValueTask DisposeAsync()
    {
        await ending.CancelAsync();
        listener.Dispose();
        await accepting.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        ending.Dispose();
    }

    private async Task Accept()
    {
        while (!ending.IsCancellationRequested)
        {
            var caller = await listener.AcceptAsync(ending.Token);
            caller.NoDelay = true;
            _ = Task.Run(() => Lead(caller), CancellationToken.None);
        }
    }

    private async Task Lead(Socket caller)
    {
        if (gateOf(caller) is not { } gate)
        {
            caller.Close(0);
            return;
        }

        using var road = new Road(caller, gate, ending.Token);
        await road.Run(target);
    }
}
