using System.Net;
using System.Net.Sockets;
using System.Threading.Channels;

namespace FteAgent.Cluster.Links;

/// <summary>One connection that leads through a gate, both ways.</summary>
internal sealed class Road : IDisposable
{
    private const int PieceSize = 64 * 1024;

    /// <summary>How many pieces may be under way in one direction; a sender beyond that waits, as TCP makes it.</summary>
    private const int UnderWayLimit = 64;

    private readonly Socket caller;
    private readonly Socket callee = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
    private readonly Gate gate;
    private readonly CancellationTokenSource ending;
    private readonly CancellationToken ended;

    public Road(Socket caller, Gate gate, CancellationToken cancellationToken)
    {
        this.caller = caller;
        this.gate = gate;
        ending = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        ended = ending.Token;
        gate.Add(this);
    }

    /// <summary>Carries until both directions have ended, or one has failed.</summary>
    public async Task Run(IPEndPoint target)
    {
        try
        {
            await gate.WhenOpen(ended);
            await callee.ConnectAsync(target, ended);
            await Task.WhenAll(Carry(caller, callee), Carry(callee, caller));
        }
        catch (Exception lost) when (lost is SocketException or OperationCanceledException or ObjectDisposedException)
        {
        }
    }

    /// <summary>Ends it with a reset, so that neither end takes it for an orderly goodbye.</summary>
    public void Dispose()
    {
        gate.Remove(this);
        ending.Cancel();
        caller.Close(0);
        callee.Close(0);
    }

    private async Task Carry(Socket from, Socket to)
    {
        try
        {
            var underWay = Channel.CreateBounded<(byte[] Data, long Due)>(UnderWayLimit);
            var reading = Read(from, underWay.Writer);
            await foreach (var (data, due) in underWay.Reader.ReadAllAsync(ended))
            {
                if (due - Environment.TickCount64 is > 0 and var early)
                    await Task.Delay((int)early, ended);
                await gate.WhenOpen(ended);
                for (var sent = 0; sent < data.Length;)
                    sent += await to.SendAsync(data.AsMemory(sent), SocketFlags.None, ended);
            }

            await reading;
            await gate.WhenOpen(ended);
            to.Shutdown(SocketShutdown.Send);
        }
        catch (SocketException)
        {
            // The end of a connection is news too, and passes the gate like all other.
            await gate.WhenOpen(ended);
            await ending.CancelAsync();
            throw;
        }
    }

    private async Task Read(Socket from, ChannelWriter<(byte[] Data, long Due)> underWay)
    {
        var buffer = new byte[PieceSize];
        var due = 0L;
        try
        {
            while (await from.ReceiveAsync(buffer, SocketFlags.None, ended) is > 0 and var length)
            {
                // Never before the piece ahead of it: TCP keeps order.
                due = Math.Max(due, Environment.TickCount64 + gate.NextDelay());
                await underWay.WriteAsync((buffer[..length], due), ended);
            }

            underWay.Complete();
        }
        catch (Exception lost)
        {
            // Told to the writing side, behind all that was read before.
            underWay.Complete(lost);
        }
    }
}
